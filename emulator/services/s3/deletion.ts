import type { DeletedObject, ObjectIdentifier } from '@aws-sdk/client-s3';
import { checkWrite } from './conditions';
import { errors } from './errors';
import { checkVersionId, findBucket, isVersionId } from './lookup';
import { objectDeleted } from './object-events';
import type { Bucket, S3Call, S3Handlers } from './state';
import { currentObject, removeCurrent, removeVersion } from './store';

interface Deletion {
  DeleteMarker?: boolean;
  VersionId?: string;
}

function remove(call: S3Call, bucket: Bucket, { Key: key = '', VersionId: id }: ObjectIdentifier) {
  return id === undefined
    ? coverOrRemove(call, bucket, key)
    : removeForGood(call, bucket, [key, id]);
}

function removeForGood(call: S3Call, bucket: Bucket, [key, id]: [string, string]) {
  const removed = removeVersion(bucket, key, id);
  if (removed) objectDeleted(call, bucket, { key, version: removed, removed: id });
  return { VersionId: id, ...(removed?.kind === 'marker' ? { DeleteMarker: true } : {}) };
}

function coverOrRemove(call: S3Call, bucket: Bucket, key: string) {
  const before = currentObject(bucket, key);
  const marker = removeCurrent(call, bucket, key);
  if (marker ?? before) objectDeleted(call, bucket, { key, version: marker ?? before });
  return marker ? { DeleteMarker: true, VersionId: marker.versionId } : {};
}

function deleted(wanted: ObjectIdentifier, { DeleteMarker, VersionId }: Deletion): DeletedObject {
  const marker = DeleteMarker
    ? { DeleteMarker, ...(VersionId && { DeleteMarkerVersionId: VersionId }) }
    : {};
  return {
    Key: wanted.Key,
    ...(wanted.VersionId === undefined ? {} : { VersionId: wanted.VersionId }),
    ...marker,
  };
}

const isKnown = ({ VersionId: id }: ObjectIdentifier) => id === undefined || isVersionId(id);

/** A request for many objects goes on where one of them cannot be. */
function unknownVersion({ Key, VersionId }: ObjectIdentifier) {
  const { name: Code, message: Message } = errors.NoSuchVersion();
  return { Key, VersionId, Code, Message };
}

export const deletion = {
  DeleteObject(input, call) {
    const bucket = findBucket(call, input);
    const { Key: key = '', IfMatch } = input;
    checkVersionId(input.VersionId);
    if (IfMatch !== undefined) checkWrite(currentObject(bucket, key), key, { IfMatch });
    return remove(call, bucket, input);
  },

  DeleteObjects(input, call) {
    const bucket = findBucket(call, input);
    const { Objects: wanted = [], Quiet = false } = input.Delete ?? {};
    if (!wanted.length || wanted.length > 1000) throw errors.MalformedXML();
    const known = wanted.filter(isKnown);
    const done = known.map((each) => deleted(each, remove(call, bucket, each)));
    const failed = wanted.filter((each) => !isKnown(each)).map(unknownVersion);
    return { ...(Quiet ? {} : { Deleted: done }), ...(failed.length ? { Errors: failed } : {}) };
  },
} satisfies S3Handlers;
