import { awsError } from '../../errors';
import { paginate } from '../../paginate';
import { isSystemTag } from '../../reserved-tags';
import type { Filter, Tag, TagDescription } from '@aws-sdk/client-ec2';
import { filtered, type Filters } from './filters';
import { find, kindOf, missing } from './kinds';
import { findRule } from './rules';
import type { Ec2Call, Ec2Handlers } from './state';
import { addTags, announceTags } from './tagging';

function mustExist(call: Ec2Call, id: string) {
  const kind = kindOf(id);
  if (kind) find(call, kind, id);
  else if (id.startsWith('sgr-')) findRule(call, id);
  else throw awsError('InvalidID', `The ID '${id}' is not valid`);
}

function without(present: Record<string, string>, tags: Tag[] | undefined) {
  const goes = ([key, value]: [string, string]) =>
    tags?.length
      ? tags.some(({ Key, Value }) => Key === key && (Value === undefined || Value === value))
      : !isSystemTag(key);
  return Object.fromEntries(Object.entries(present).filter((entry) => !goes(entry)));
}

type Described = TagDescription & { id: string };

const filters: Filters<Described> = {
  key: ({ Key }) => [Key],
  value: ({ Value }) => [Value],
  'resource-id': ({ id }) => [id],
  'resource-type': ({ ResourceType }) => [ResourceType],
};

const describe = (id: string, tags: Record<string, string>): Described[] =>
  Object.entries(tags).map(([Key, Value]) => ({
    id,
    Key,
    Value,
    ResourceId: id,
    ResourceType: kindOf(id) ?? 'security-group-rule',
  }));

/** `tag:team` is a key and its values. */
const keyAndValue = (filter: Filter): Filter[] =>
  filter.Name?.startsWith('tag:')
    ? [
        { Name: 'key', Values: [filter.Name.slice('tag:'.length)] },
        { Name: 'value', Values: filter.Values },
      ]
    : [filter];

export const tags = {
  CreateTags({ Resources: ids = [], Tags = [] }, call) {
    if (!ids.length) throw missing('resourceIdSet');
    if (!Tags.length) throw missing('tagSet');
    ids.forEach((id) => mustExist(call, id));
    ids.forEach((id) => addTags(call, id, Tags));
    ids.forEach((id) => announceTags(call, id));
  },

  DeleteTags({ Resources: ids = [], Tags }, call) {
    if (!ids.length) throw missing('resourceIdSet');
    ids.forEach((id) => mustExist(call, id));
    for (const id of ids) {
      call.state.tags.set(id, without(call.state.tags.get(id) ?? {}, Tags));
      announceTags(call, id);
    }
  },

  DescribeTags({ Filters = [], NextToken, MaxResults }, call) {
    const wanted = Filters.flatMap(keyAndValue);
    const all = [...call.state.tags].flatMap(([id, own]) => describe(id, own));
    const chosen = filtered(call, all, { filters: wanted, table: filters });
    const { page, next } = paginate(chosen, NextToken, MaxResults ?? 1000);
    return { Tags: page.map(({ id: _id, ...tag }) => tag), NextToken: next };
  },
} satisfies Ec2Handlers;
