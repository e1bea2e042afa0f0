import type { EventBridge } from '@aws-sdk/client-eventbridge';
import type { Send } from './send';

/** One event on a bus, the payload its detail; what PutEvents says of the entry is an error here. */
export const sendToBus: Send = async ({ target, input }, caller, call) => {
  const { Source, DetailType } = target.EventBridgeParameters ?? {};
  const { Entries: [entry] = [] } = await call
    .client<EventBridge>('eventbridge', caller)
    .putEvents({ Entries: [{ EventBusName: target.Arn, Source, DetailType, Detail: input }] });
  if (entry?.ErrorCode === undefined) return;
  throw Object.assign(new Error(entry.ErrorMessage), {
    name: entry.ErrorCode,
    $fault: 'client',
    $metadata: {},
  });
};
