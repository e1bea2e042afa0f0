import type { Target } from '@aws-sdk/client-scheduler';
import type { Caller } from '../../../principal';
import type { SchedulerCall } from '../state';

/** A target and what it is to get. */
interface Sent {
  target: Target;
  input: string;
}

/** Throws what the target's service answers. */
export type Send = (sent: Sent, caller: Caller, call: SchedulerCall) => Promise<void>;
