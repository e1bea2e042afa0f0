import { tagList, tagRecord } from '../../tags';
import { notFound } from './errors';
import { byArn, namesIn } from './find';
import type { Bus, EventBridgeCall, EventBridgeHandlers, Rule } from './state';

export const tagging = {
  TagResource({ ResourceARN, Tags }, call) {
    Object.assign(find(ResourceARN, call).tags, tagRecord(Tags));
  },

  UntagResource({ ResourceARN, TagKeys = [] }, call) {
    const { tags } = find(ResourceARN, call);
    for (const key of TagKeys) delete tags[key];
  },

  ListTagsForResource({ ResourceARN }, call) {
    return { Tags: tagList(find(ResourceARN, call).tags) };
  },
} satisfies EventBridgeHandlers;

function find(arn: string | undefined, call: EventBridgeCall): Bus | Rule {
  const found = byArn(arn ?? '', call);
  if (found) return found;
  const { kind, bus, rule } = namesIn(arn ?? '');
  throw notFound(
    kind === 'rule'
      ? `Rule ${rule} does not exist on EventBus ${bus}.`
      : `Event bus ${bus} does not exist.`,
  );
}
