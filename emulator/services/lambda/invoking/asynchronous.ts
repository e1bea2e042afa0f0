import type { Found } from '../find-function';
import type { LambdaCall, QueuedEvent } from '../state';
import { perform } from './perform';

/** Takes an event in; the handler runs after the caller was answered. */
export function acceptEvent(
  { fn, qualifier, reference }: Found,
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
  call.background(async () => {
    await perform({ fn, qualifier, reference }, { requestId: id, payload }, call);
    call.state.events.delete(id);
  });
}
