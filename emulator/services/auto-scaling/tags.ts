import type { Tag, TagDescription } from '@aws-sdk/client-auto-scaling';
import { isRefusedTag } from '../../reserved-tags';
import { tagsOf } from './describe-group';
import { groupBy, invalid } from './find';
import { pageOf } from './pages';
import { type AutoScalingCall, type AutoScalingHandlers, changed, type Group } from './state';
import { table } from '../../table';

/** The group that a tag is of. */
const taggedBy = (call: AutoScalingCall, { ResourceId: name }: Tag): Group =>
  groupBy(call, name, `AutoScalingGroup not found - AutoScaling Group ${name} not found`);

/** Puts tags on a group; instances that are there already do not get them. */
export function addTags(group: Group, tags: Tag[] = []): void {
  for (const { Key = '', Value = '', PropagateAtLaunch = false } of tags) {
    if (isRefusedTag(Key))
      throw invalid("Tag keys starting with 'aws:' are reserved for internal use");
    group.tags.set(Key, { value: Value, isPropagated: PropagateAtLaunch });
  }
}

const filters: Record<string, (tag: TagDescription) => string | boolean | undefined> = table({
  'auto-scaling-group': ({ ResourceId }) => ResourceId,
  key: ({ Key }) => Key,
  value: ({ Value }) => Value,
  'propagate-at-launch': ({ PropagateAtLaunch }) => PropagateAtLaunch,
});

function filterBy(name = '') {
  const found = Object.hasOwn(filters, name) ? filters[name] : undefined;
  if (found) return found;
  throw invalid(
    `Filter type ${name} is not correct. Allowed Filter types are: ${Object.keys(filters).join(' ')}`, // text unverified
  );
}

export const tags = {
  CreateOrUpdateTags({ Tags = [] }, call) {
    for (const tag of Tags) {
      const group = taggedBy(call, tag);
      addTags(group, [tag]);
      changed(call, group);
    }
  },

  DeleteTags({ Tags = [] }, call) {
    for (const tag of Tags) {
      const group = taggedBy(call, tag);
      group.tags.delete(tag.Key ?? '');
      changed(call, group);
    }
  },

  DescribeTags({ Filters = [], ...input }, call) {
    const wanted = Filters.map(({ Name, Values = [] }) => ({ valueOf: filterBy(Name), Values }));
    const found = [...call.state.groups.values()]
      .flatMap(tagsOf)
      .filter((tag) =>
        wanted.every(({ valueOf, Values }) => Values.includes(String(valueOf(tag)))),
      );
    const { page, next } = pageOf(found, input);
    return { Tags: page, NextToken: next };
  },
} satisfies AutoScalingHandlers;
