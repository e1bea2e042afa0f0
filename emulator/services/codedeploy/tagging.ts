import { InvalidArnException } from '@aws-sdk/client-codedeploy';
import { parseArn } from '../../arn';
import { refuse } from '../../refuse';
import { tagList, tagRecord } from '../../tags';
import { findApplication, findGroup } from './find';
import type { CodeDeployCall, CodeDeployHandlers } from './state';

export const tagging = {
  TagResource({ ResourceArn, Tags }, call) {
    Object.assign(tagsOf(ResourceArn, call), tagRecord(Tags));
    return {};
  },

  UntagResource({ ResourceArn, TagKeys = [] }, call) {
    const tags = tagsOf(ResourceArn, call);
    for (const key of TagKeys) delete tags[key];
    return {};
  },

  ListTagsForResource({ ResourceArn }, call) {
    return { Tags: tagList(tagsOf(ResourceArn, call)) };
  },
} satisfies CodeDeployHandlers;

function tagsOf(arn: string | undefined, call: CodeDeployCall): Record<string, string> {
  const [kind, name = ''] = (parseArn(arn ?? '')?.resource ?? '').split(':');
  const [applicationName, deploymentGroupName] = name.split('/');
  if (kind === 'application') return findApplication(name, call).tags;
  if (kind === 'deploymentgroup')
    return findGroup({ applicationName, deploymentGroupName }, call).tags;
  // text unverified
  throw refuse(InvalidArnException, `The ARN ${arn ?? ''} is not valid`);
}
