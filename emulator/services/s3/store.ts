import { errors } from './errors';
import { objectCreated } from './object-events';
import type { Bucket, DeleteMarker, S3Call, StoredObject, Version } from './state';

interface NewObject {
  key: string;
  content: Omit<StoredObject, 'kind' | 'versionId' | 'lastModified'>;
  acl: string | undefined;
}

const maxKeyBytes = 1024;
const harmlessAcls = ['private', 'bucket-owner-full-control'];

/** The newest version, when it is an object. */
export function currentObject({ objects }: Bucket, key: string): StoredObject | undefined {
  const newest = objects.get(key)?.[0];
  return newest?.kind === 'object' ? newest : undefined;
}

const newVersionId = (call: S3Call, bucket: Bucket) =>
  bucket.versioning === 'Enabled' ? call.random.upper(32) : 'null';

/** Puts a version on top; one with the same id (`null` while not versioning) goes. */
function push(bucket: Bucket, key: string, version: Version) {
  const older = (bucket.objects.get(key) ?? []).filter(
    ({ versionId }) => versionId !== version.versionId,
  );
  bucket.objects.set(key, [version, ...older]);
}

/** Stores an object as the newest version of its key. */
export function store(call: S3Call, bucket: Bucket, { key, content, acl }: NewObject) {
  if (Buffer.byteLength(key) > maxKeyBytes) {
    throw errors.KeyTooLongError({ Size: Buffer.byteLength(key), MaxSizeAllowed: maxKeyBytes });
  }
  if (acl !== undefined && !harmlessAcls.includes(acl))
    throw errors.AccessControlListNotSupported();
  const object: StoredObject = {
    kind: 'object',
    versionId: newVersionId(call, bucket),
    lastModified: call.now(),
    ...content,
  };
  push(bucket, key, object);
  objectCreated(call, bucket, { key, version: object });
  return { bucket, object };
}

/** Removes one version for good; whether it was there, and as what. */
export function removeVersion(bucket: Bucket, key: string, versionId: string): Version | undefined {
  const versions = bucket.objects.get(key) ?? [];
  const removed = versions.find((each) => each.versionId === versionId);
  const rest = versions.filter((each) => each !== removed);
  if (rest.length) bucket.objects.set(key, rest);
  else bucket.objects.delete(key);
  return removed;
}

/** Deletes as S3 does without a version: for good, or under a delete marker. */
export function removeCurrent(call: S3Call, bucket: Bucket, key: string): DeleteMarker | undefined {
  if (!bucket.versioning) {
    bucket.objects.delete(key);
    return undefined;
  }
  const marker: DeleteMarker = {
    kind: 'marker',
    versionId: newVersionId(call, bucket),
    lastModified: call.now(),
  };
  push(bucket, key, marker);
  return marker;
}
