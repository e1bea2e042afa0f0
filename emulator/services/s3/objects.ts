import type {
  GetObjectCommandInput,
  GetObjectCommandOutput,
  HeadObjectCommandInput,
  PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { bytesOf, contentOf, md5, quote, toBody } from './bodies';
import { checkRead, checkWrite } from './conditions';
import { seal, unseal } from './kms';
import { findBucket, findObject, versionHeader } from './lookup';
import {
  checksumsIn,
  encryptionFor,
  headersIn,
  metadataIn,
  storageClassIn,
} from './object-properties';
import { rangeOf, type Range } from './ranges';
import type { Bucket, S3Call, S3Handlers, StoredObject } from './state';
import { currentObject, store } from './store';
import { tagsInHeader } from './tag-sets';

/** Answer members that GetObject and HeadObject share. */
function described(bucket: Bucket, object: StoredObject, checksumMode: string | undefined) {
  const tagCount = Object.keys(object.tags).length;
  return {
    AcceptRanges: 'bytes',
    LastModified: object.lastModified,
    ETag: object.etag,
    Metadata: object.metadata,
    ...object.headers,
    ContentType: object.headers.ContentType ?? 'binary/octet-stream',
    ...object.encryption,
    ...versionHeader(bucket, object),
    ...(object.storageClass === 'STANDARD' ? {} : { StorageClass: object.storageClass }),
    ...(tagCount ? { TagCount: tagCount } : {}),
    ...(checksumMode === 'ENABLED' ? checksumMembers(object) : {}),
  };
}

const checksumMembers = ({ checksums, partSizes }: StoredObject) =>
  Object.keys(checksums).length
    ? { ...checksums, ChecksumType: partSizes ? ('COMPOSITE' as const) : ('FULL_OBJECT' as const) }
    : {};

/** `response-content-type` and its like, which a presigned URL may ask for. */
const overrides = (input: GetObjectCommandInput | HeadObjectCommandInput) => ({
  ...(input.ResponseCacheControl && { CacheControl: input.ResponseCacheControl }),
  ...(input.ResponseContentDisposition && { ContentDisposition: input.ResponseContentDisposition }),
  ...(input.ResponseContentEncoding && { ContentEncoding: input.ResponseContentEncoding }),
  ...(input.ResponseContentLanguage && { ContentLanguage: input.ResponseContentLanguage }),
  ...(input.ResponseContentType && { ContentType: input.ResponseContentType }),
  ...(input.ResponseExpires && { Expires: input.ResponseExpires }),
});

function read(call: S3Call, input: GetObjectCommandInput | HeadObjectCommandInput) {
  const bucket = findBucket(call, input);
  const object = findObject(bucket, input);
  checkRead(object, input);
  const range = rangeOf(object, input);
  // A checksum of the whole proves nothing about a part of it.
  const mode = range && range.last - range.first + 1 < object.size ? undefined : input.ChecksumMode;
  const parts = input.PartNumber && object.partSizes ? { PartsCount: object.partSizes.length } : {};
  const output = { ...described(bucket, object, mode), ...overrides(input), ...parts };
  return { bucket, object, range, output: { ...output, ...sized(object, range) } };
}

const sized = ({ size }: StoredObject, range: Range | undefined) =>
  range
    ? {
        ContentLength: range.last - range.first + 1,
        ContentRange: `bytes ${range.first}-${range.last}/${size}`,
      }
    : { ContentLength: size };

type Got = Omit<GetObjectCommandOutput, '$metadata'>;

async function put(call: S3Call, input: PutObjectCommandInput) {
  const bucket = findBucket(call, input);
  const { Key: key = '' } = input;
  const body = bytesOf(input.Body);
  checkWrite(currentObject(bucket, key), key, input);
  const sealing = await seal({ bucket, key }, encryptionFor(bucket, input), call);
  return store(call, bucket, {
    key,
    content: {
      blobs: [call.blobs.put(body)],
      size: body.length,
      etag: quote(md5(body).toString('hex')),
      headers: headersIn(input),
      metadata: metadataIn(input.Metadata),
      tags: tagsInHeader(input.Tagging),
      storageClass: storageClassIn(input.StorageClass),
      checksums: checksumsIn(input),
      ...sealing,
    },
    acl: input.ACL,
  });
}

export const objects = {
  async PutObject(input, call) {
    const { bucket, object } = await put(call, input);
    return {
      ETag: object.etag,
      ...object.encryption,
      ...checksumMembers(object),
      ...versionHeader(bucket, object),
    };
  },

  async GetObject(input, call): Promise<Got> {
    const { bucket, object, range, output } = read(call, input);
    await unseal({ bucket, key: input.Key ?? '' }, object, call);
    const content = contentOf(call, object);
    const body = range ? content.subarray(range.first, range.last + 1) : content;
    return { ...output, Body: toBody(body) };
  },

  HeadObject: (input, call) => read(call, input).output,
} satisfies S3Handlers;
