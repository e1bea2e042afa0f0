import type { Change } from '../../changes/change';
import { queueUrlAt } from '../../queue-address';
import type { Queue, SqsCall } from './state';

export const urlOf = (queue: Queue, call: SqsCall): string => queueUrlAt(call.endpoint, queue);

/** The queue's own account, where its polls, its timer and its listeners are, whoever calls. */
export const placeOf = (queue: Queue, call: SqsCall): SqsCall =>
  call.elsewhere(queue.accountId, queue.region);

export const announce = (kind: Change['kind'], queue: Queue, call: SqsCall): void =>
  placeOf(queue, call).announce({ kind, type: 'AWS::SQS::Queue', id: urlOf(queue, call) });
