import { limit } from '../order';

/** A call as a check makes it. */
export interface Request {
  /** `config:DescribeConfigRules` */
  call: string;
  input: unknown;
}

/** What the account answered. */
export interface Told {
  /** Place among all calls that the run sent. */
  order: number;
  /** On the target's clock. */
  time: string;
  output?: unknown;
  error?: Error;
}

/** Where in a run something is asked: the same scope and question, the same answer. */
interface Place {
  scope: string;
  /** What a drill writes is answered as it came; what a look reads may have its secrets removed. */
  mode: 'read' | 'write';
}

/**
 * Everything that a run learns from the world goes through a tape, so that it can be kept and told
 * again: answers, times, and whether waiting changed anything.
 */
export interface Tape {
  /** What the world says at this moment; one scope asks in the same order each time. */
  value: <T extends number | boolean>(scope: string, live: () => T) => T;
  /** As `value`, of something that takes its time. */
  wait: (scope: string, live: () => Promise<boolean>) => Promise<boolean>;
  call: (place: Place, request: Request, send: () => Promise<unknown>) => Promise<Told>;
}

/** Calls that are under way at the same time: an account throttles who asks for everything at once. */
const atOnce = 8;

/** The world itself: asks, and keeps nothing. */
export function liveTape(now: () => Date): Tape {
  const gate = limit(atOnce);
  let sent = 0;
  return {
    value: (_scope, live) => live(),
    wait: (_scope, live) => live(),
    async call(_place, _request, send) {
      sent += 1;
      const told = { order: sent, time: now().toISOString() };
      try {
        return { ...told, output: await gate(send) };
      } catch (error) {
        return { ...told, error: error instanceof Error ? error : new Error(String(error)) };
      }
    },
  };
}
