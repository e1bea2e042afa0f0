import { announce } from './announce';
import { notFound } from './errors';
import { findGroup } from './find';
import type { LogsCall, LogsHandlers } from './state';

export const tagging = {
  TagResource({ resourceArn, tags }, call) {
    change(taggedBy(resourceArn, call), { add: tags }, call);
  },

  UntagResource({ resourceArn, tagKeys }, call) {
    change(taggedBy(resourceArn, call), { remove: tagKeys }, call);
  },

  ListTagsForResource({ resourceArn }, call) {
    return { tags: taggedBy(resourceArn, call).tags };
  },

  TagLogGroup({ logGroupName, tags }, call) {
    change(findGroup(logGroupName, call), { add: tags }, call);
  },

  UntagLogGroup({ logGroupName, tags }, call) {
    change(findGroup(logGroupName, call), { remove: tags }, call);
  },

  ListTagsLogGroup({ logGroupName }, call) {
    return { tags: findGroup(logGroupName, call).tags };
  },
} satisfies LogsHandlers;

interface Tagged {
  name: string;
  tags: Record<string, string>;
}

interface TagChange {
  add?: Record<string, string> | undefined;
  remove?: string[] | undefined;
}

function change({ name, tags }: Tagged, { add = {}, remove = [] }: TagChange, call: LogsCall) {
  Object.assign(tags, add);
  for (const key of remove) delete tags[key];
  announce('UPDATE', name, call);
}

function taggedBy(arn = '', call: LogsCall): Tagged {
  const [, kind, name = ''] = /^arn:aws:logs:[^:]*:\d{12}:([^:]+):([^:]+)/.exec(arn) ?? [];
  const destination = kind === 'destination' && call.state.destinations.get(name);
  if (destination) return destination;
  // The text was not verified.
  if (kind !== 'log-group') throw notFound('The specified resource does not exist.');
  return findGroup(name, call);
}
