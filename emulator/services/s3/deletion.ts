import type { DeletedObject, ObjectIdentifier } from '@aws-sdk/client-s3';
import { checkWrite } from './conditions';
import { errors } from './errors';
import { findBucket } from './lookup';
import type { Bucket, S3Call, S3Handlers } from './state';
import { currentObject, removeCurrent, removeVersion } from './store';

interface Deletion {
  DeleteMarker?: boolean;
  VersionId?: string;
}

function remove(call: S3Call, bucket: Bucket, { Key: key = '', VersionId: id }: ObjectIdentifier) {
  if (id !== undefined) {
    const removed = removeVersion(bucket, key, id);
    return { VersionId: id, ...(removed?.kind === 'marker' ? { DeleteMarker: true } : {}) };
  }
  const marker = removeCurrent(call, bucket, key);
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

export const deletion = {
  DeleteObject(input, call) {
    const bucket = findBucket(call, input);
    const { Key: key = '', IfMatch } = input;
    if (IfMatch !== undefined) checkWrite(currentObject(bucket, key), key, { IfMatch });
    return remove(call, bucket, input);
  },

  DeleteObjects(input, call) {
    const bucket = findBucket(call, input);
    const { Objects: wanted = [], Quiet = false } = input.Delete ?? {};
    if (!wanted.length || wanted.length > 1000) throw errors.MalformedXML();
    const done = wanted.map((each) => deleted(each, remove(call, bucket, each)));
    return Quiet ? {} : { Deleted: done };
  },
} satisfies S3Handlers;
