import type { Call } from '../../call';
import type { CloudFormationState } from '../state';

type StackCall = Call<CloudFormationState>;

/** What was sent to an address that CloudFormation has handed out. */
export interface Callback {
  signature: string;
  /** Oldest first. */
  bodies: string[];
}

const nameOf = (stackId: string, logicalId: string, requestId?: string): string =>
  [stackId, logicalId, requestId].filter((part) => part !== undefined).join('|');

interface Address {
  /** `custom-resource-response-useast1`, as AWS's buckets are called. */
  bucket: string;
  stackId: string;
  logicalId: string;
  requestId?: string;
}

/** An address in the form of a presigned S3 URL that takes answers by PUT, on the emulator itself. */
export function openCallback(call: StackCall, address: Address): { url: string; name: string } {
  const { stackId, logicalId, requestId, bucket } = address;
  const name = nameOf(stackId, logicalId, requestId);
  const signature = call.random.hex(40);
  callbacksOf(call).set(name, { signature, bodies: [] });
  const expires = Math.floor(call.now().getTime() / 1000) + 24 * 3600;
  const query = `Expires=${expires}&Signature=${signature}`;
  const path = `cloudformation-${bucket}/${encodeURIComponent(name)}`;
  return { name, url: `${call.endpoint}/${path}?${query}` };
}

const callbacksOf = ({ state }: StackCall): Map<string, Callback> =>
  (state.callbacks ??= new Map());

/** What has arrived so far. */
export const receivedAt = (call: StackCall, name: string): string[] =>
  state(call, name)?.bodies ?? [];

const state = (call: StackCall, name: string): Callback | undefined =>
  call.state.callbacks?.get(name);

export const closeCallback = (call: StackCall, name: string): void =>
  void call.state.callbacks?.delete(name);

/** What a resource that waits for an answer is parked under. */
export const wakeKey = (name: string): string => `callback:${name}`;

/** Takes a body that was PUT to an address; false when there is no such address. */
export function takeBody(
  call: StackCall,
  { name, signature, body }: { name: string; signature: string; body: string },
): boolean {
  const callback = state(call, name);
  if (callback?.signature !== signature) return false;
  callback.bodies.push(body);
  call.touch();
  call.wake(wakeKey(name));
  return true;
}
