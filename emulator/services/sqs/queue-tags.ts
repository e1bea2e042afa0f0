import { awsError } from '../../errors';
import { findQueue } from './find-queue';
import { announce } from './place';
import type { SqsHandlers } from './state';

const mostTags = 50;

export const queueTags = {
  TagQueue({ QueueUrl, Tags: tags = {} }, call) {
    const queue = findQueue(QueueUrl, call);
    if (Object.keys(tags).length === 0)
      throw awsError('MissingParameter', 'The request must contain the parameter Tags.');
    const all = { ...queue.tags, ...tags };
    if (Object.keys(all).length > mostTags)
      throw awsError('InvalidParameterValue', `Too many tags added for queue ${queue.name}.`);
    queue.tags = all;
    announce('UPDATE', queue, call);
  },

  UntagQueue({ QueueUrl, TagKeys: keys = [] }, call) {
    const queue = findQueue(QueueUrl, call);
    if (keys.length === 0)
      throw awsError(
        'InvalidParameterValue',
        'Tag keys must be between 1 and 128 characters in length.',
      );
    for (const key of keys) delete queue.tags[key];
    announce('UPDATE', queue, call);
  },

  ListQueueTags({ QueueUrl }, call) {
    const { tags } = findQueue(QueueUrl, call);
    return Object.keys(tags).length > 0 ? { Tags: tags } : {};
  },
} satisfies SqsHandlers;
