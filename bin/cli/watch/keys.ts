/** Calls back for every key, also for letters that come through a pipe; answers how to stop. */
export function onKeys(press: (key: string) => void): () => void {
  const { stdin } = process;
  const listen = (chunk: Buffer) => {
    for (const key of chunk.toString()) if (key.trim() !== '' || key === ctrlC) press(key);
  };
  if (stdin.isTTY) stdin.setRawMode(true);
  stdin.on('data', listen);
  return () => {
    stdin.off('data', listen);
    if (stdin.isTTY) stdin.setRawMode(false);
    stdin.pause();
  };
}

/** A terminal in raw mode hands it over instead of ending the program. */
export const ctrlC = '\u0003';
