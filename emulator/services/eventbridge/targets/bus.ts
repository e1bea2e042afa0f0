import { parseArn } from '../../../arn';
import type { Failure } from '../../../targets';
import { invalid } from '../errors';
import { inSeconds } from '../event';
import { send } from '../parcels';
import type { EventBridgeCall, Hops } from '../state';
import type { Delivery, TargetKind } from './kind';

/** Another event bus: of this account, of another account, or of another Region. */
export const bus: TargetKind = {
  service: 'eventbridge',
  needsRole: true,
  roleFailure: 'NO_PERMISSIONS',
  check({ Id: id, Input: input, InputPath: path, InputTransformer: transformer }) {
    return [input, path, transformer].some((one) => one !== undefined)
      ? invalid(`Modifying the input for target ${id} is not supported.`)
      : undefined;
  },
  hinder(delivery, call) {
    const { hops } = delivery;
    if (isRegional(delivery, call)) return hops.regional ? tooFar('REGION') : undefined;
    return hops.local ? tooFar('ACCOUNT') : undefined;
  },
  async send(delivery, caller, call) {
    const regional = isRegional(delivery, call);
    const hops: Hops = { ...delivery.hops, ...(regional ? { regional } : { local: true }) };
    // An event gets a new id and time when it crosses Regions; account and Region stay its own.
    const event = regional
      ? { ...delivery.event, id: call.random.uuid(), time: inSeconds(call.now()) }
      : delivery.event;
    await send({ event, hops }, { busArn: delivery.target.Arn ?? '', caller }, call);
  },
};

const isRegional = ({ target }: Delivery, call: EventBridgeCall): boolean =>
  parseArn(target.Arn ?? '')?.region !== call.region;

/** An event that came from another bus is not handed on to a third one. */
const tooFar = (place: 'ACCOUNT' | 'REGION'): Failure => ({
  code: `THIRD_${place}_HOP_DETECTED`,
  name: `THIRD_${place}_HOP_DETECTED`,
  message: 'Events received from another event bus cannot be forwarded to this event bus.',
  isRetryable: false,
});
