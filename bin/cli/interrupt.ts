const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs something that must tidy up when the learner presses Ctrl-C or closes the terminal. */
export async function interruptible<T>(work: Promise<T>, onSignal: () => void): Promise<T> {
  for (const signal of signals) process.once(signal, onSignal);
  try {
    return await work;
  } finally {
    for (const signal of signals) process.off(signal, onSignal);
  }
}
