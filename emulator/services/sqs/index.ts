import { SQS } from '@aws-sdk/client-sqs';
import { defineService } from '../../service';
import { access } from './access';
import { appear } from './appearing';
import { onQueue, queueByArn } from './find-queue';
import { endMinute } from './minute';
import { moveOn, moveTasks } from './move-tasks';
import { onMove, onTask } from './move-permissions';
import { queueAttributes } from './queue-attributes';
import { queueTags } from './queue-tags';
import { queues } from './queues';
import { receipts } from './receipts';
import { receiving } from './receiving';
import { sending } from './sending';
import { createState, type SqsCall } from './state';
import { view } from './view';

export default defineService({
  client: SQS,
  createState,
  handlers: {
    ...queues,
    ...queueAttributes,
    ...queueTags,
    ...access,
    ...sending,
    ...receiving,
    ...receipts,
    ...moveTasks,
  },
  permissions: {
    CancelMessageMoveTask: onTask,
    AddPermission: onQueue('AddPermission'),
    ChangeMessageVisibility: onQueue('ChangeMessageVisibility'),
    ChangeMessageVisibilityBatch: onQueue('ChangeMessageVisibility'),
    CreateQueue: ({ QueueName = '' }, { arn }: SqsCall) => ({
      action: 'sqs:CreateQueue',
      resources: [arn(QueueName)],
    }),
    DeleteMessage: onQueue('DeleteMessage'),
    DeleteMessageBatch: onQueue('DeleteMessage'),
    DeleteQueue: onQueue('DeleteQueue'),
    GetQueueAttributes: onQueue('GetQueueAttributes'),
    GetQueueUrl: ({ QueueName = '' }, { arn }: SqsCall) => ({
      action: 'sqs:GetQueueUrl',
      resources: [arn(QueueName)],
    }),
    ListMessageMoveTasks: ({ SourceArn = '' }) => ({
      action: 'sqs:ListMessageMoveTasks',
      resources: [SourceArn],
    }),
    ListDeadLetterSourceQueues: onQueue('ListDeadLetterSourceQueues'),
    ListQueueTags: onQueue('ListQueueTags'),
    PurgeQueue: onQueue('PurgeQueue'),
    ReceiveMessage: onQueue('ReceiveMessage'),
    RemovePermission: onQueue('RemovePermission'),
    SendMessage: onQueue('SendMessage'),
    SendMessageBatch: onQueue('SendMessage'),
    SetQueueAttributes: onQueue('SetQueueAttributes'),
    StartMessageMoveTask: onMove,
    TagQueue: onQueue('TagQueue'),
    UntagQueue: onQueue('UntagQueue'),
  },
  resourcePolicy: (arn, call) => queueByArn(arn, call)?.attributes['Policy'],
  view,
  timers: { appear, publish: endMinute, move: moveOn },
});
