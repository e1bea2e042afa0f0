import { tagList, tagRecord } from '../../tags';
import { notFound } from './errors';
import { byArn } from './find';
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
  const [, name = '', last] = (arn ?? '').split(':').at(5)?.split('/') ?? [];
  throw notFound(
    arn?.includes(':rule/')
      ? `Rule ${last ?? name} does not exist on EventBus ${last ? name : 'default'}.`
      : `Event bus ${name} does not exist.`,
  );
}
