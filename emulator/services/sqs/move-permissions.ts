import type {
  CancelMessageMoveTaskRequest,
  StartMessageMoveTaskRequest,
} from '@aws-sdk/client-sqs';
import { parseObject } from '../../json';
import type { Permission } from '../../service';

/**
 * Moving takes messages out of one queue and sends them to another.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
 */
export function onMove({ SourceArn = '', DestinationArn }: StartMessageMoveTaskRequest) {
  const actions = ['StartMessageMoveTask', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'];
  return [
    ...actions.map((action) => ({ action: `sqs:${action}`, resources: [SourceArn] })),
    ...(DestinationArn === undefined
      ? []
      : [{ action: 'sqs:SendMessage', resources: [DestinationArn] }]),
  ];
}

/** A handle names the queue that its task moves from; of one that does not, SQS says so itself. */
export function onTask({ TaskHandle = '' }: CancelMessageMoveTaskRequest): Permission[] {
  const arn = parseObject(Buffer.from(TaskHandle, 'base64').toString())?.['sourceArn'];
  return typeof arn === 'string' ? [{ action: 'sqs:CancelMessageMoveTask', resources: [arn] }] : [];
}
