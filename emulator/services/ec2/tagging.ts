import type { ResourceType, Tag, TagSpecification } from '@aws-sdk/client-ec2';
import { awsError } from '../../errors';
import { isRefusedTag, isSystemTag } from '../../reserved-tags';
import { announce, invalid, kindOf } from './kinds';
import type { Ec2Call } from './state';

const limits = { tags: 50, key: 127, value: 255 };

function checkTag({ Key: key = '', Value: value = '' }: Tag) {
  if (key === '') throw invalid('Tag key cannot be null or empty.'); // text not verified
  if (isRefusedTag(key)) {
    throw invalid("Tag keys starting with 'aws:' are reserved for internal use");
  }
  if (key.length > limits.key)
    throw invalid(`Tag key exceeds the maximum length of 127 characters`);
  if (value.length > limits.value) {
    throw invalid(`Tag value exceeds the maximum length of 255 characters`);
  }
}

/** Adds tags to something that exists, within AWS's limits. */
export function addTags(call: Ec2Call, id: string, tags: Tag[]) {
  tags.forEach(checkTag);
  const all = { ...call.state.tags.get(id) };
  for (const { Key = '', Value = '' } of tags) all[Key] = Value;
  if (Object.keys(all).filter((key) => !isSystemTag(key)).length > limits.tags) {
    throw awsError('TagLimitExceeded', `More than 50 tags specified for ${id}`); // text not verified
  }
  if (tags.length) call.state.tags.set(id, all);
}

/** The tags that a creation's TagSpecifications give to the thing of that type. */
export function specifiedTags(
  type: ResourceType,
  specifications: TagSpecification[] | undefined,
): Tag[] {
  const other = specifications?.find(({ ResourceType }) => ResourceType !== type);
  if (other) {
    throw invalid(
      `'${other.ResourceType}' is not a valid taggable resource type for this operation.`,
    );
  }
  const tags = specifications?.flatMap(({ Tags = [] }) => Tags) ?? [];
  tags.forEach(checkTag);
  return tags;
}

/** The tags that a creation gives to things of several types. */
export function tagsByType<T extends ResourceType>(
  types: readonly T[],
  specifications: TagSpecification[] = [],
): Record<T, Tag[]> {
  const own = types.map((type): [T, TagSpecification[]] => [
    type,
    specifications.filter(({ ResourceType }) => ResourceType === type),
  ]);
  const others = specifications.filter(
    ({ ResourceType }) => !types.some((type) => type === ResourceType),
  );
  const [first = 'instance'] = types;
  specifiedTags(first, others);
  return Object.fromEntries(own.map(([type, each]) => [type, specifiedTags(type, each)])) as Record<
    T,
    Tag[]
  >;
}

/** Tags of AWS's own, which no request may write. */
export function putSystemTags(call: Ec2Call, id: string, tags: Record<string, string>) {
  if (!Object.keys(tags).length) return;
  call.state.tags.set(id, { ...call.state.tags.get(id), ...tags });
}

/** The tags as answers carry them. */
export const tagList = (call: Ec2Call, id: string): Tag[] =>
  Object.entries(call.state.tags.get(id) ?? {}).map(([Key, Value]) => ({ Key, Value }));

/** Announces that the tags of something changed: a rule's tags belong to no resource of Config. */
export function announceTags(call: Ec2Call, id: string) {
  const kind = kindOf(id);
  if (kind) announce(call, 'UPDATE', [kind, id]);
}
