import { InvalidAddress, QueueDoesNotExist } from '@aws-sdk/client-sqs';
import { readQueueUrl, type QueueAddress } from '../../queue-address';
import { refuse } from '../../refuse';
import type { Permission } from '../../service';
import { type Queue, queueArn, type SqsCall } from './state';

/** The queue of a URL, in whatever account it names. */
export function findQueue(url: string | undefined, call: SqsCall): Queue {
  const queue = queueAt(addressOf(url ?? ''), call);
  if (!queue) throw noSuchQueue();
  return queue;
}

export const noSuchQueue = (): Error =>
  refuse(QueueDoesNotExist, 'The specified queue does not exist.');

/** The policy that stands on a queue's Policy attribute. */
export function queueByArn(arn: string, call: SqsCall): Queue | undefined {
  const [, , service, region = '', accountId = '', name = ''] = arn.split(':');
  return service === 'sqs' && accountId
    ? call.stateOf(accountId, region).queues.get(name)
    : undefined;
}

/**
 * One action on the queue that the input names. Of a queue that does not exist AWS says so, even
 * to somebody who may do nothing.
 */
export const onQueue =
  (action: string) =>
  ({ QueueUrl = '' }: { QueueUrl?: string | undefined }, call: SqsCall): Permission[] => {
    const address = readQueueUrl(QueueUrl);
    const queue = address && queueAt(address, call);
    return queue ? [{ action: `sqs:${action}`, resources: [queueArn(queue)] }] : [];
  };

const queueAt = ({ accountId, name }: QueueAddress, call: SqsCall): Queue | undefined =>
  call.stateOf(accountId, call.region).queues.get(name);

function addressOf(url: string): QueueAddress {
  const address = readQueueUrl(url);
  // The text was not verified.
  if (!address) throw refuse(InvalidAddress, `The address ${url} is not valid for this endpoint.`);
  return address;
}
