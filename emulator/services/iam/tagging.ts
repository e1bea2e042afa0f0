import { InvalidInputException, LimitExceededException, type Tag } from '@aws-sdk/client-iam';
import { refuse } from '../../refuse';
import { tagRecord } from '../../tags';

const mostTags = 50;

/** Tags of a new entity, checked. */
export function newTags(tags: readonly Tag[] = []): Record<string, string> {
  const keys = tags.map(({ Key: key = '' }) => key.toLowerCase());
  if (new Set(keys).size < keys.length)
    throw refuse(
      InvalidInputException,
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    );
  if (keys.some((key) => key.startsWith('aws:')))
    // Text not verified.
    throw refuse(InvalidInputException, 'Tag keys that start with aws: are reserved for AWS use.');
  if (keys.length > mostTags)
    throw refuse(LimitExceededException, 'Cannot exceed quota for TagsPerResource: 50');
  return tagRecord(tags);
}

/** IAM keeps one tag for keys that differ in letter case only; the new spelling wins. */
export function addTags(entity: { tags: Record<string, string> }, tags: readonly Tag[] = []): void {
  const added = newTags(tags);
  removeTags(entity, Object.keys(added));
  entity.tags = newTags(
    Object.entries({ ...entity.tags, ...added }).map(([Key, Value]) => ({ Key, Value })),
  );
}

export function removeTags(
  entity: { tags: Record<string, string> },
  keys: readonly string[] = [],
): void {
  const gone = new Set(keys.map((key) => key.toLowerCase()));
  entity.tags = Object.fromEntries(
    Object.entries(entity.tags).filter(([key]) => !gone.has(key.toLowerCase())),
  );
}
