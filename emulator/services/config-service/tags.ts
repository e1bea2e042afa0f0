import { ResourceNotFoundException } from '@aws-sdk/client-config-service';
import { refuse } from '../../refuse';
import { tagList, tagRecord } from '../../tags';
import { pageOf } from './pages';
import type { ConfigCall, ConfigHandlers } from './state';

/** The recorder or rule that an ARN names, with what the feed calls it. */
function find(arn: string, { state }: ConfigCall) {
  const { recorder, rules } = state;
  if (recorder?.configuration.arn === arn) {
    const id = recorder.configuration.name;
    return { tagged: recorder, type: 'AWS::Config::ConfigurationRecorder', id };
  }
  const rule = [...rules.values()].find(({ configuration }) => configuration.ConfigRuleArn === arn);
  if (rule) {
    return { tagged: rule, type: 'AWS::Config::ConfigRule', id: rule.configuration.ConfigRuleName };
  }
  throw refuse(ResourceNotFoundException, `ResourceArn '${arn}' does not exist`);
}

export const tags = {
  TagResource({ ResourceArn = '', Tags }, call) {
    const { tagged, type, id } = find(ResourceArn, call);
    Object.assign(tagged.tags, tagRecord(Tags));
    call.announce({ kind: 'UPDATE', type, id });
  },

  UntagResource({ ResourceArn = '', TagKeys = [] }, call) {
    const { tagged, type, id } = find(ResourceArn, call);
    for (const key of TagKeys) delete tagged.tags[key];
    call.announce({ kind: 'UPDATE', type, id });
  },

  ListTagsForResource({ ResourceArn = '', Limit, NextToken }, call) {
    const all = tagList(find(ResourceArn, call).tagged.tags);
    const { page, next } = pageOf(all, { token: NextToken, limit: Limit, usual: 50 });
    return { Tags: page, NextToken: next };
  },
} satisfies ConfigHandlers;
