import type { Tag } from '@aws-sdk/client-auto-scaling';
import { paginate } from '../../paginate';
import { isRefusedTag } from '../../reserved-tags';
import { tagsOf } from './describe-group';
import { groupBy, invalid } from './find';
import { invalidToken } from './pages';
import { type AutoScalingHandlers, changed, type Group } from './state';

/** Puts tags on a group; instances that are there already do not get them. */
export function addTags(group: Group, tags: Tag[] = []): void {
  for (const { Key = '', Value = '', PropagateAtLaunch = false } of tags) {
    if (isRefusedTag(Key))
      throw invalid("Tag keys starting with 'aws:' are reserved for internal use");
    group.tags.set(Key, { value: Value, isPropagated: PropagateAtLaunch });
  }
}

export const tags = {
  CreateOrUpdateTags({ Tags = [] }, call) {
    for (const tag of Tags) {
      const group = groupBy(call, tag.ResourceId);
      addTags(group, [tag]);
      changed(call, group);
    }
  },

  DeleteTags({ Tags = [] }, call) {
    for (const { ResourceId, Key = '' } of Tags) {
      const group = groupBy(call, ResourceId);
      group.tags.delete(Key);
      changed(call, group);
    }
  },

  DescribeTags({ Filters = [], NextToken, MaxRecords }, call) {
    const found = [...call.state.groups.values()].flatMap(tagsOf).filter((tag) =>
      Filters.every(({ Name, Values = [] }) => {
        const value: Record<string, string | undefined> = {
          'auto-scaling-group': tag.ResourceId,
          key: tag.Key,
          value: tag.Value,
          'propagate-at-launch': String(tag.PropagateAtLaunch),
        };
        return Values.includes(value[Name ?? ''] ?? '');
      }),
    );
    const size = { max: MaxRecords ?? 50, invalid: invalidToken };
    const { page, next } = paginate(found, NextToken, size);
    return { Tags: page, NextToken: next };
  },
} satisfies AutoScalingHandlers;
