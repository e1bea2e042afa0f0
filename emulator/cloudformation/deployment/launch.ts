import type { StackStatus } from '@aws-sdk/client-cloudformation';
import type { Call } from '../../call';
import { builtIn } from '../built-in';
import type { Caller } from '../../principal';
import type { Stack } from '../stack';
import type { CloudFormationState } from '../state';
import { setResource, setStatus } from './events';
import { callOff, createHold, type Hold } from './hold';
import type { Run } from './run';

type StackCall = Call<CloudFormationState>;

// Which operations this process is at work on: what the state calls busy beyond that was
// interrupted by the end of another process. Keyed by state, so that emulators stay apart.
const underway = new WeakMap<CloudFormationState, Map<string, Underway>>();

interface Underway {
  finished: Promise<void>;
  hold: Hold;
}

const underwayIn = (state: CloudFormationState): Map<string, Underway> => {
  const known = underway.get(state) ?? new Map<string, Underway>();
  underway.set(state, known);
  return known;
};

interface Operation {
  stack: Stack;
  caller: Caller;
  token: string | undefined;
  work: (run: Run) => Promise<void>;
}

/**
 * Starts an operation and waits for its end, so that who polls finds it done at the first look.
 * As soon as a resource waits for simulated time the call answers, and the work goes on behind it.
 */
export async function launch(call: StackCall, operation: Operation): Promise<void> {
  const { stack, caller, token, work } = operation;
  const { state } = call;
  if (token === undefined) delete stack.token;
  else stack.token = token;
  let release = () => {};
  const released = new Promise<'released'>((resolve) => (release = () => resolve('released')));
  state.busy.add(stack.id);
  stack.operator = caller;
  const hold = createHold();
  const run = { call, stack, caller, release, hold, builtIn };
  const finished = new Promise<void>((resolve, reject) => {
    // Work of its own: it may outlive the request, and the clock stands still for as long as it is on.
    call.background(() => {
      const done = guarded(run, work);
      done.then(resolve, reject);
      return done;
    });
  }).finally(() => {
    state.busy.delete(stack.id);
    underwayIn(state).delete(stack.id);
    call.touch();
  });
  underwayIn(state).set(stack.id, { finished, hold });
  await Promise.race([finished, released]);
}

/** A mistake of ours must not leave the stack in progress for ever. */
async function guarded(run: Run, work: Operation['work']): Promise<void> {
  try {
    await work(run);
  } catch (error) {
    giveUp(run.call, run.stack, `Internal Failure: ${String(error)}`);
    throw error;
  }
}

/** Waits for whatever is being done to a stack. */
export const settled = async (call: StackCall, stack: Stack): Promise<void> =>
  underwayIn(call.state).get(stack.id)?.finished;

/** Has whatever is being done to a stack stop before its next resource, and what waits fail. */
export function cancel(call: StackCall, stack: Stack): void {
  stack.isCancelled = true;
  const operation = underwayIn(call.state).get(stack.id);
  if (operation) callOff({ call, hold: operation.hold });
}

/** Stacks that the state calls busy although nobody in this process is at work on them. */
export const interruptedStacks = ({ state }: StackCall): Stack[] =>
  [...state.busy]
    .filter((id) => !underwayIn(state).has(id))
    .flatMap((id) => state.stacks.get(id) ?? []);

const ends: Partial<Record<StackStatus, StackStatus>> = {
  CREATE_IN_PROGRESS: 'CREATE_FAILED',
  ROLLBACK_IN_PROGRESS: 'ROLLBACK_FAILED',
  UPDATE_IN_PROGRESS: 'UPDATE_FAILED',
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: 'UPDATE_COMPLETE',
  UPDATE_ROLLBACK_IN_PROGRESS: 'UPDATE_ROLLBACK_FAILED',
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: 'UPDATE_ROLLBACK_COMPLETE',
  DELETE_IN_PROGRESS: 'DELETE_FAILED',
};

function giveUp(call: StackCall, stack: Stack, reason: string): void {
  const end = ends[stack.status];
  if (!end) return;
  failResources(call, stack, reason);
  // What the clean-up had no time for stays in the list of leftovers, for the next one.
  if (end.endsWith('_COMPLETE')) delete stack.checkpoint;
  setStatus({ call, stack }, end, reason);
}

/** Whatever was being done to a resource has failed. */
export function failResources(call: StackCall, stack: Stack, reason: string): void {
  for (const resource of stack.resources.values()) {
    if (!resource.status.endsWith('_IN_PROGRESS')) continue;
    const status = resource.status.replace('_IN_PROGRESS', '_FAILED') as 'CREATE_FAILED';
    setResource({ call, stack }, { ...resource, status }, reason);
  }
}
