import { AsyncLocalStorage } from 'node:async_hooks';
import { isRead } from './reads';
import { settled } from './tape/codec';
import { shownInput } from './tape/secrets';
import type { Request, Tape, Told } from './tape/tape';
import { withinDeadline } from './bounds';

/** One API call that a verdict rests on. */
export interface Evidence {
  /** Place among all calls that the run sent; checks that share a fact share its place. */
  order: number;
  /** `config:DescribeConfigRules` */
  call: string;
  parameters: unknown;
  /** When the account was asked, on the target's clock. */
  time: string;
  /** `ok`, or the name of the error it was answered with. */
  answer: string;
}

/** Answers by call and parameters: looks that share them send the same read once. */
export type Facts = Map<string, Promise<Told>>;

/** One look at the account: what it may do, what it already knows and what it rests on. */
export interface Look {
  /** Where in the run it is; looks that share facts share it. */
  scope: string;
  mode: 'read' | 'write';
  facts: Facts;
  evidence: Evidence[];
  /** Calls that it may make although they are no reads; `undefined` says nothing of a call. */
  allows: (request: Request) => boolean;
  tape: Tape;
  /** The time of the look: it does not pass while it lasts. */
  moment: Date;
  /** Wall milliseconds that a call may take. */
  callTimeout: number;
}

/** Runs one look; calls made outside of any are neither recorded nor held to reading. */
export const during = <T>(look: Look, work: () => Promise<T>): Promise<T> =>
  current.run(look, work);

/** The time of the look that is on. */
export const momentOfLook = (): Date | undefined => current.getStore()?.moment;

/** Puts a client under the rules of the look that is on at the time of each call. */
export function watch(stack: Stack, prefix: string): void {
  stack.add(
    (next, context) => async (request) => {
      const operation = String(context['commandName']).replace(/Command$/, '');
      const look = current.getStore();
      if (!look) return next(request);
      const send = async () => settled((await next(request)).output);
      const asked = { call: `${prefix}:${operation}`, input: request.input };
      return { output: await observe(look, asked, send) };
    },
    { step: 'initialize', name: 'dopLabsLook', priority: 'high' },
  );
}

/** A call that a look has no right to: the author's mistake, stopped before it leaves. */
class CallRefused extends Error {
  override name = 'CallRefused';
}

// --- internal ---

// The part of every SDK client's middleware stack that is used here, whatever the client's types.
interface Stack {
  add(
    middleware: Middleware,
    options: { step: 'initialize'; name: string; priority: 'high' },
  ): void;
}

type Handler = (request: { input: unknown }) => Promise<{ output: unknown }>;
type Middleware = (next: Handler, context: Record<string, unknown>) => Handler;

const current = new AsyncLocalStorage<Look>();

async function observe(look: Look, request: Request, send: () => Promise<unknown>) {
  refuseWrite(look, request);
  const told = await (isRead(request.call) ? once : ask)(look, request, send);
  look.evidence.push({
    order: told.order,
    call: request.call,
    parameters: shownInput(request.input),
    time: told.time,
    answer: told.error ? told.error.name : 'ok',
  });
  if (told.error) throw told.error;
  return told.output;
}

const ask = (look: Look, request: Request, send: () => Promise<unknown>): Promise<Told> =>
  look.tape.call(look, request, () =>
    withinDeadline(send, look.callTimeout, `${request.call} was not answered`),
  );

function once(look: Look, request: Request, send: () => Promise<unknown>): Promise<Told> {
  const key = `${request.call} ${JSON.stringify(request.input)}`;
  const known = look.facts.get(key);
  if (known) return known;
  const answer = ask(look, request, send);
  look.facts.set(key, answer);
  return answer;
}

function refuseWrite(look: Look, request: Request): void {
  if (isRead(request.call) || look.allows(request)) return;
  const why =
    look.mode === 'read'
      ? 'a look reads and never writes'
      : 'the drill does not declare it among its writes';
  throw new CallRefused(`${request.call} was not sent: ${why}`);
}
