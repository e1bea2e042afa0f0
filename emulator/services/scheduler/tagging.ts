import { tagList, tagRecord } from '../../tags';
import { invalid, notFound } from './errors';
import { defaultGroup, findGroup } from './find';
import { announceGroup } from './groups';
import type { Group, SchedulerCall, SchedulerHandlers } from './state';

export const tagging = {
  TagResource({ ResourceArn, Tags }, call) {
    const group = groupByArn(ResourceArn, call);
    Object.assign(group.tags, tagRecord(Tags));
    announceGroup('UPDATE', group.name, call);
    return {};
  },

  UntagResource({ ResourceArn, TagKeys = [] }, call) {
    const group = groupByArn(ResourceArn, call);
    for (const key of TagKeys) delete group.tags[key];
    announceGroup('UPDATE', group.name, call);
    return {};
  },

  ListTagsForResource({ ResourceArn }, call) {
    return { Tags: tagList(groupByArn(ResourceArn, call).tags) };
  },
} satisfies SchedulerHandlers;

/** Only groups have tags. */
function groupByArn(arn: string | undefined, call: SchedulerCall): Group {
  const name = /:schedule-group\/(.+)$/.exec(arn ?? '')?.[1];
  // These two texts were not verified.
  if (name === undefined) throw invalid(`${arn} is not the ARN of a schedule group.`);
  if (name === defaultGroup) return findGroup(name, call);
  const group = call.state.groups.get(name);
  if (!group) throw notFound(`Schedule group ${name} does not exist.`);
  return group;
}
