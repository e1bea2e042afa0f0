import { request } from 'node:http';
import { hasCode } from '../files';

/** What `/_lab/health` answers; whatever else listens on the port answers something else. */
export interface Health {
  product: 'dop-labs';
  version: string;
  pid: number;
  clock: { now: string; offsetMs: number };
  /** `enforce` when every caller has to have permissions. */
  iam?: string;
}

export const endpointOf = (port: number): string => `http://127.0.0.1:${port}`;

/** `nothing` listens, something `else` does, or the emulator says how it is. */
export async function healthOf(port: number): Promise<Health | 'nothing' | 'else'> {
  try {
    const answer = await call(port, '/_lab/health');
    return isHealth(answer) ? answer : 'else';
  } catch (error) {
    return hasCode(error, 'ECONNREFUSED') ? 'nothing' : 'else';
  }
}

/** Moves the emulator's clock on and waits until everything that was due has happened. */
export const advanceClock = (port: number, duration: string | number): Promise<unknown> =>
  call(port, '/_lab/clock', { advance: duration });

/** Jumps to the next timer that is due within so many milliseconds. */
export async function jumpClock(
  port: number,
  withinMs: number,
): Promise<{ now: Date; moved: boolean }> {
  const answer = await call(port, '/_lab/clock', { jump: { withinMs } });
  if (!isRecord(answer) || typeof answer['now'] !== 'string') {
    throw new Error(`the emulator's clock answered ${JSON.stringify(answer)}`);
  }
  return { now: new Date(answer['now']), moved: answer['moved'] === true };
}

/** A GET, or with a body a POST. */
function call(port: number, path: string, body?: unknown): Promise<unknown> {
  const method = body === undefined ? 'GET' : 'POST';
  const headers = body === undefined ? {} : { 'content-type': 'application/json' };
  return new Promise((done, failed) => {
    const outgoing = request({ host: '127.0.0.1', port, method, path, headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', failed);
      incoming.on('end', () => done(parsed(Buffer.concat(chunks).toString())));
    });
    outgoing.on('error', failed);
    // A program that takes the connection and never answers is not the emulator.
    if (method === 'GET') outgoing.setTimeout(3000, () => outgoing.destroy(new Error('no answer')));
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function isHealth(answer: unknown): answer is Health {
  if (!isRecord(answer) || answer['product'] !== 'dop-labs') return false;
  return typeof answer['pid'] === 'number' && isRecord(answer['clock']);
}
