import { announce, findRule } from './find';
import type { NotificationsHandlers } from './state';

export const tagging = {
  TagResource({ Arn, Tags = {} }, call) {
    const rule = findRule(Arn, call);
    rule.tags = { ...rule.tags, ...Tags };
    announce('UPDATE', rule, call);
    return { Tags: rule.tags };
  },

  UntagResource({ Arn, TagKeys = [] }, call) {
    const rule = findRule(Arn, call);
    for (const key of TagKeys) delete rule.tags[key];
    announce('UPDATE', rule, call);
    return {};
  },

  ListTagsForResource({ Arn }, call) {
    return { Tags: findRule(Arn, call).tags };
  },
} satisfies NotificationsHandlers;
