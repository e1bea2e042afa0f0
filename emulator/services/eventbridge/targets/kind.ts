import type { Target } from '@aws-sdk/client-eventbridge';
import type { Caller } from '../../../principal';
import type { EventBridgeCall } from '../state';

/** One service as a target. `send` throws what that service answers. */
export interface TargetKind {
  send(input: string, to: { target: Target; caller: Caller; call: EventBridgeCall }): Promise<void>;
}
