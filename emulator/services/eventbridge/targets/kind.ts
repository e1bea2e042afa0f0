import type { Target } from '@aws-sdk/client-eventbridge';
import type { Caller } from '../../../principal';
import type { Failure, TargetService, Tries } from '../../../targets';
import type { Event, EventBridgeCall, Hops, RuleName } from '../state';

/** An event under way from a rule to one of its targets; kept as it is between two attempts. */
export interface Delivery extends Tries {
  rule: RuleName;
  target: Target;
  event: Event;
  hops: Hops;
  /** What the target gets of the event. */
  input: string;
}

/** One sort of target. `send` throws what the target's service answers. */
export interface TargetKind {
  /** Folder of the service; without it the target is refused by name. */
  service: string;
  /** It has no resource policy that could let EventBridge in. */
  needsRole?: boolean;
  /** What a dead letter says of a role that cannot be assumed, where it differs. */
  roleFailure?: string;
  /** What AWS refuses of such a target when it is put. */
  check?(target: Target): Error | undefined;
  /** What AWS does not even try to deliver. */
  hinder?(delivery: Delivery, call: EventBridgeCall): Failure | undefined;
  send(delivery: Delivery, caller: Caller, call: EventBridgeCall): Promise<void>;
}

/** Is the input a text of the target's own, and not the event? */
export const hasOwnInput = ({ Input, InputTransformer }: Target): boolean =>
  Input !== undefined || InputTransformer !== undefined;

/** A target that schedules know, too. */
export const shared = (
  target: TargetService,
  more: Pick<TargetKind, 'needsRole' | 'check'> = {},
): TargetKind => ({
  service: target.service,
  ...more,
  async send({ target: put, input }, caller, call) {
    const shipment = {
      arn: put.Arn ?? '',
      input,
      isOwn: hasOwnInput(put),
      messageGroupId: put.SqsParameters?.MessageGroupId,
    };
    await target.send(shipment, caller, call);
  },
});
