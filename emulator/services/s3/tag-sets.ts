import type { Tag } from '@aws-sdk/client-s3';
import { awsError } from '../../errors';
import { isRefusedTag, isSystemTag } from '../../reserved-tags';
import { invalidArgument } from './errors';
import type { Bucket } from './state';

const invalidTag = (message: string, TagKey: string) =>
  awsError('InvalidTag', message, { members: { TagKey } });

const characters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

function checkTag({ Key: key = '', Value: value = '' }: Tag) {
  if (key === '' || key.length > 128 || !characters.test(key)) {
    throw invalidTag('The TagKey you have provided is invalid', key);
  }
  if (value.length > 256 || !characters.test(value)) {
    throw invalidTag('The TagValue you have provided is invalid', key);
  }
}

/** A tag set as a record, once S3 has nothing against it. */
function checkedTags(tags: Tag[], { max, what }: { max: number; what: string }) {
  tags.forEach(checkTag);
  const record = Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
  const [twice] = tags.filter(({ Key }, index) => tags.findIndex((tag) => tag.Key === Key) < index);
  if (twice) throw invalidTag('Cannot provide multiple Tags with the same key', twice.Key ?? '');
  if (tags.length > max) {
    throw awsError('BadRequest', `${what} tags cannot be greater than ${max}`);
  }
  return record;
}

export function objectTags(tags: Tag[]) {
  const wanted = checkedTags(tags, { max: 10, what: 'Object' });
  refuseSystemTags(wanted, 'Your TagKey cannot be prefixed with aws:');
  return wanted;
}

function refuseSystemTags(tags: Record<string, string>, complaint: string): void {
  const refused = Object.keys(tags).find(isRefusedTag);
  if (refused !== undefined) throw invalidTag(complaint, refused);
}

/** The `x-amz-tagging` header: `key=value&other=value`. */
export function tagsInHeader(header: string | undefined): Record<string, string> {
  if (!header) return {};
  const pairs = [...new URLSearchParams(header)];
  const isWellFormed = header.split('&').every((pair) => /^[^=]+(=[^=]*)?$/.test(pair));
  if (!isWellFormed || new Set(pairs.map(([key]) => key)).size < pairs.length) {
    throw invalidArgument(
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
      'x-amz-tagging',
      header,
    );
  }
  return objectTags(pairs.map(([Key, Value]) => ({ Key, Value })));
}

const maxBucketTags = 50;

/** The system tags, which stay when a user deletes or replaces the tag set. */
export const systemTags = ({ tags }: Bucket) =>
  Object.fromEntries(Object.entries(tags).filter(([key]) => isSystemTag(key)));

/** A bucket's new tag set. */
export function bucketTags(bucket: Bucket, tags: Tag[]) {
  const wanted = checkedTags(tags, { max: maxBucketTags, what: 'Bucket' });
  refuseSystemTags(wanted, 'System tags cannot be added/updated by requester');
  return { ...systemTags(bucket), ...wanted };
}

/** The tags that a bucket is made with. */
export function firstTags(tags: Tag[] = []) {
  const wanted = checkedTags(tags, { max: maxBucketTags, what: 'Bucket' });
  refuseSystemTags(
    wanted,
    'User-defined tag keys can\'t start with "aws:". This prefix is reserved for system tags. Remove "aws:" from your tag keys and try again.',
  );
  return wanted;
}
