import { InvalidArnException } from '@aws-sdk/client-codepipeline';
import { parseArn } from '../../arn';
import { refuse } from '../../refuse';
import { notIncluded } from './find';
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

function tagsOf(arn: string | undefined, call: CodePipelineCall): Record<string, string> {
  const name = parseArn(arn ?? '')?.resource;
  // text unverified
  if (name === undefined) throw refuse(InvalidArnException, `Invalid ARN: ${arn ?? ''}`);
  const found = call.state.pipelines.get(name);
  if (!found) throw notIncluded(name, call);
  return found.tags;
}
