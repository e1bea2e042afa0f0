import { eventInvokeOf } from '../event-invoke';
import { findFunction, type Found } from '../find-function';
import type { LambdaCall, QueuedEvent } from '../state';
import { count, publishForFunction } from './metrics';
import { type Condition, report } from './outcomes';
import { perform } from './perform';

const minute = 60_000;
const longestAge = 6 * 3600;
/** Until the first and the second retry after an error of the code. */
const retryAfter = [minute, 2 * minute];

/** After a throttle: from a second to five minutes, for as long as the event may live. */
const throttleDelay = (throttles: number): number => Math.min(1000 * 2 ** throttles, 5 * minute);

/** An event on its way to the function. */
interface Delivery {
  found: Found;
  event: QueuedEvent;
}

/** Takes an event in; the handler runs after the caller was answered. */
export function acceptEvent(
  { fn, qualifier }: Found,
  { id, payload }: { id: string; payload: string },
  call: LambdaCall,
): void {
  const event: QueuedEvent = {
    id,
    functionName: fn.name,
    qualifier,
    payload,
    acceptedAt: call.now(),
    attempts: 0,
    throttles: 0,
  };
  call.state.events.set(id, event);
  publishForFunction(fn, { AsyncEventsReceived: count(1) }, call);
  call.background(() => attempt(id, call));
}

/** The timer of a retry, or of an attempt that was cut off when the emulator was killed. */
export async function retryEvent({ id }: { id: string }, call: LambdaCall): Promise<void> {
  if (underWay(call).ids.has(id)) lease(id, call);
  else await attempt(id, call);
}

/** Events that are being handled at this moment; nothing of it outlives a restart. */
class UnderWay {
  readonly ids = new Set<string>();

  close(): void {
    this.ids.clear();
  }
}

const underWay = ({ runtime }: LambdaCall): UnderWay =>
  runtime.keep('lambda-events', () => new UnderWay());

/** Should the emulator end meanwhile, the event is tried again after it has started anew. */
const lease = (id: string, call: LambdaCall): void => retryAt(id, minute, call);

function retryAt(id: string, delay: number, call: LambdaCall): void {
  const at = new Date(call.now().getTime() + delay);
  call.timers.set({ name: 'retryEvent', id: `event/${id}`, at, payload: { id } });
}

async function attempt(id: string, call: LambdaCall): Promise<void> {
  lease(id, call);
  const { ids } = underWay(call);
  ids.add(id);
  try {
    await attemptOnce(id, call);
  } finally {
    ids.delete(id);
    if (!call.state.events.has(id)) call.timers.cancel(`event/${id}`);
  }
}

async function attemptOnce(id: string, call: LambdaCall): Promise<void> {
  const event = call.state.events.get(id);
  const found = event && functionOf(event, call);
  if (!found) {
    call.state.events.delete(id);
    return;
  }
  const delivery = { found, event };
  const dropped = dropReason(delivery, call);
  if (dropped) await finish(delivery, dropped, call);
  else await run(delivery, call);
}

async function run(delivery: Delivery, call: LambdaCall): Promise<void> {
  const { found, event } = delivery;
  const age = call.now().getTime() - event.acceptedAt.getTime();
  publishForFunction(found.fn, { AsyncEventAge: { value: age, unit: 'Milliseconds' } }, call);
  try {
    const request = { requestId: event.id, payload: event.payload };
    const { version, result } = await perform(found, request, call);
    event.attempts += 1;
    const { payload, functionError } = result;
    event.last = { version, payload, functionError };
    if (functionError === undefined) await finish(delivery, 'Success', call);
    else if (event.attempts > retriesOf(found)) await finish(delivery, 'RetriesExhausted', call);
    else later(delivery, retryAfter[event.attempts - 1] ?? 2 * minute, call);
  } catch (error) {
    // Throttled, or the role cannot be assumed: both may pass.
    if (!(error instanceof Error && '$fault' in error)) throw error;
    event.throttles += 1;
    later(delivery, throttleDelay(event.throttles - 1), call);
  }
}

function functionOf(event: QueuedEvent, call: LambdaCall): Found | undefined {
  const { functionName: FunctionName, qualifier: Qualifier } = event;
  if (!call.state.functions.has(FunctionName)) return undefined;
  return findFunction({ FunctionName, Qualifier }, call);
}

const retriesOf = (found: Found): number => eventInvokeOf(found)?.maximumRetryAttempts ?? 2;

const expiryOf = ({ found, event }: Delivery): number =>
  event.acceptedAt.getTime() +
  1000 * (eventInvokeOf(found)?.maximumEventAgeInSeconds ?? longestAge);

/** A function with no concurrency at all handles nothing, and its events do not wait. */
function dropReason(delivery: Delivery, call: LambdaCall): Condition | undefined {
  if (delivery.found.fn.reservedConcurrency === 0) return 'ZeroReservedConcurrency';
  const isFresh = delivery.event.attempts + delivery.event.throttles === 0;
  if (!isFresh && call.now().getTime() >= expiryOf(delivery)) return 'EventAgeExceeded';
  return undefined;
}

/** Tries again after a while, or finds it too old at the moment it gets so. */
function later(delivery: Delivery, delay: number, call: LambdaCall): void {
  call.touch();
  retryAt(delivery.event.id, Math.min(delay, expiryOf(delivery) - call.now().getTime()), call);
}

async function finish(
  { found, event }: Delivery,
  condition: Condition,
  call: LambdaCall,
): Promise<void> {
  call.state.events.delete(event.id);
  call.touch();
  if (condition !== 'Success') publishForFunction(found.fn, { AsyncEventsDropped: count(1) }, call);
  await report(found, { event, condition }, call);
}
