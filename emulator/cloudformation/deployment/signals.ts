import type { Signal, Stack } from '../stack';
import { waitOutside } from './hold';
import type { Run } from './run';

interface Awaited {
  /** Logical id of what the signals are sent to. */
  source: string;
  count: number;
  deadline: Date;
  /** Why it failed: a FAILURE came, or too few signals before the deadline. */
  onFailure: (signal: Signal) => string;
  onTimeout: (received: number) => string;
}

/** What has waiting resources look again. */
export const signalKey = (stack: Stack, source: string): string => `signal:${stack.id}:${source}`;

/** Waits until enough signals of distinct senders have come; a failure ends it at once. */
export async function awaitSignals(run: Run, awaited: Awaited): Promise<Signal[]> {
  const { source, count, deadline } = awaited;
  for (;;) {
    const signals = run.stack.signals?.get(source) ?? [];
    const failed = signals.find(({ status }) => status === 'FAILURE');
    if (failed) throw new Error(awaited.onFailure(failed));
    if (signals.length >= count) return signals;
    const outcome = await waitOutside(run, signalKey(run.stack, source), deadline);
    if (outcome === 'timeout') throw new Error(awaited.onTimeout(signals.length));
  }
}

/** Files a signal; a sender's second one is a repetition. */
export function fileSignal(stack: Stack, source: string, signal: Signal): boolean {
  const signals = (stack.signals ??= new Map());
  const known = signals.get(source) ?? [];
  if (known.some(({ uniqueId }) => uniqueId === signal.uniqueId)) return false;
  signals.set(source, [...known, signal]);
  return true;
}
