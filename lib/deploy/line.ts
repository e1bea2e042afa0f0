import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** Messages of JSON over a socket, one a line. */
export interface Line<Out extends object, In> {
  tell(message: Out): void;
  /** Names who hears what comes from now on. */
  hear(listener: (message: In) => void): void;
  /** Resolves when either side has hung up, or has ended. */
  ended: Promise<void>;
  hangUp(): void;
}

/** Whoever sends something else than objects in JSON is hung up on. */
export function lineOver<Out extends object, In>(socket: Socket): Line<Out, In> {
  let listener: (message: In) => void = () => undefined;
  const ended = new Promise<void>((done) => socket.once('close', () => done()));
  const lines = createInterface({ input: socket });
  // The end is all there is to say of a connection that broke; both tell of it.
  for (const each of [socket, lines]) each.on('error', () => undefined);
  lines.on('line', (line) => {
    const message = parsed(line);
    if (message === undefined) socket.destroy();
    else listener(message as In);
  });
  return {
    tell: (message) => void socket.write(`${JSON.stringify(message)}\n`),
    hear: (next) => void (listener = next),
    ended,
    hangUp: () => void socket.destroy(),
  };
}

function parsed(line: string): object | undefined {
  try {
    const message: unknown = JSON.parse(line);
    return typeof message === 'object' && message !== null ? message : undefined;
  } catch {
    return undefined;
  }
}
