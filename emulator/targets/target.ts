import type { Call } from '../call';
import type { Caller } from '../principal';

/** What a target gets, and what else the rule or schedule says of it. */
interface Shipment {
  arn: string;
  input: string;
  /** The input is a text of the owner's own, not the whole event. */
  isOwn: boolean;
  messageGroupId?: string | undefined;
}

/** What sending needs of a call. */
export type TargetCall = Pick<Call, 'client' | 'endpoint' | 'region'>;

/** One AWS service as a target of rules and schedules. */
export interface Target {
  /** Folder of the service; without it the target is refused. */
  service: string;
  /** Throws what that service answers. */
  send(shipment: Shipment, caller: Caller, call: TargetCall): Promise<void>;
}
