import { ResourceNotFoundException } from '@aws-sdk/client-codepipeline';
import { parseArn } from '../../arn';
import { refuse } from '../../refuse';
import type { CodePipelineCall, CodePipelineHandlers } from './state';

export const tagging = {
  TagResource({ resourceArn, tags = [] }, call) {
    const all = tagsOf(resourceArn, call);
    for (const { key = '', value = '' } of tags) all[key] = value;
    return {};
  },

  UntagResource({ resourceArn, tagKeys = [] }, call) {
    const all = tagsOf(resourceArn, call);
    for (const key of tagKeys) delete all[key];
    return {};
  },

  ListTagsForResource({ resourceArn }, call) {
    const all = Object.entries(tagsOf(resourceArn, call));
    return { tags: all.map(([key, value]) => ({ key, value })) };
  },
} satisfies CodePipelineHandlers;

function tagsOf(arn: string | undefined, { state }: CodePipelineCall): Record<string, string> {
  const found = state.pipelines.get(parseArn(arn ?? '')?.resource ?? '');
  // text unverified
  if (!found) throw refuse(ResourceNotFoundException, `The resource ${arn ?? ''} does not exist`);
  return found.tags;
}
