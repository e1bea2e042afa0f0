import {
  InvalidParameterException,
  ResourceNotFoundException,
  TagLimitExceededException,
} from '@aws-sdk/client-sns';
import { refuse } from '../../refuse';
import { tagList, tagRecord } from '../../tags';
import { topicByArn } from './find-topic';
import type { SnsCall, SnsHandlers, Topic } from './state';
import { announce } from './topics';

const mostTags = 50;

export const tagging = {
  TagResource({ ResourceArn, Tags = [] }, call) {
    const topic = find(ResourceArn, call);
    if (new Set(Tags.map(({ Key }) => Key)).size < Tags.length)
      throw refuse(
        InvalidParameterException,
        'Invalid parameter: Duplicated keys are not allowed.',
      );
    const tags = { ...topic.tags, ...tagRecord(Tags) };
    if (Object.keys(tags).length > mostTags)
      throw refuse(
        TagLimitExceededException,
        'Could not complete request: tag quota of per resource exceeded',
      );
    topic.tags = tags;
    announce('UPDATE', topic, call);
  },

  UntagResource({ ResourceArn, TagKeys = [] }, call) {
    const topic = find(ResourceArn, call);
    for (const key of TagKeys) delete topic.tags[key];
    announce('UPDATE', topic, call);
  },

  ListTagsForResource({ ResourceArn }, call) {
    return { Tags: tagList(find(ResourceArn, call).tags) };
  },
} satisfies SnsHandlers;

function find(arn: string | undefined, call: SnsCall): Topic {
  const topic = topicByArn(arn ?? '', call);
  if (!topic) throw refuse(ResourceNotFoundException, 'Resource does not exist');
  return topic;
}
