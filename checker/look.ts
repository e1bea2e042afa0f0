import { AsyncLocalStorage } from 'node:async_hooks';
import { isRead } from './reads';

/** One API call that a verdict rests on. */
export interface Evidence {
  /** `config:DescribeConfigRules` */
  call: string;
  parameters: unknown;
  /** On the target's clock. */
  time: string;
  /** `ok`, or the name of the error it was answered with. */
  answer: string;
}

/** One look at the account: what it may do, what it already knows and what it rests on. */
export interface Look {
  mode: 'read' | 'write';
  /** Answers by call and parameters: looks that share this map send the same read once. */
  facts: Map<string, Promise<unknown>>;
  evidence: Evidence[];
  /** Queue URLs that a look may receive from. */
  inboxes: string[];
  now: () => Date;
}

/** Runs one look; calls made outside of any are neither recorded nor held to reading. */
export const during = <T>(look: Look, work: () => Promise<T>): Promise<T> =>
  current.run(look, work);

/** Puts a client under the rules of the look that is on at the time of each call. */
export function watch(stack: Stack, prefix: string): void {
  stack.add(
    (next, context) => async (request) => {
      const operation = String(context['commandName']).replace(/Command$/, '');
      const call = `${prefix}:${operation}`;
      const look = current.getStore();
      return look
        ? observe(look, { call, input: request.input }, () => next(request))
        : next(request);
    },
    { step: 'initialize', name: 'dopLabsLook', priority: 'high' },
  );
}

// --- internal ---

// The part of every SDK client's middleware stack that is used here, whatever the client's types.
interface Stack {
  add(
    middleware: Middleware,
    options: { step: 'initialize'; name: string; priority: 'high' },
  ): void;
}

type Middleware = (
  next: (request: { input: unknown }) => Promise<unknown>,
  context: Record<string, unknown>,
) => (request: { input: unknown }) => Promise<unknown>;

const current = new AsyncLocalStorage<Look>();

interface Request {
  call: string;
  input: unknown;
}

async function observe<T>(look: Look, request: Request, send: () => Promise<T>): Promise<T> {
  refuseWrite(look, request);
  const entry = { call: request.call, parameters: request.input, time: look.now().toISOString() };
  const answered = isRead(request.call) ? once(look, request, send) : send();
  await answered.then(
    () => look.evidence.push({ ...entry, answer: 'ok' }),
    (error: unknown) => look.evidence.push({ ...entry, answer: nameOf(error) }),
  );
  return answered;
}

function once<T>(look: Look, { call, input }: Request, send: () => Promise<T>): Promise<T> {
  const key = `${call} ${JSON.stringify(input)}`;
  const known = look.facts.get(key) as Promise<T> | undefined;
  if (known) return known;
  const answer = send();
  look.facts.set(key, answer);
  return answer;
}

function refuseWrite(look: Look, { call, input }: Request): void {
  if (look.mode === 'write' || isRead(call) || receivesFromInbox(look, call, input)) return;
  throw new Error(`${call} was not sent: a look reads and never writes`);
}

const receivesFromInbox = (look: Look, call: string, input: unknown) =>
  call === 'sqs:ReceiveMessage' && look.inboxes.includes((input as { QueueUrl: string }).QueueUrl);

const nameOf = (error: unknown) => (error instanceof Error ? error.name : String(error));
