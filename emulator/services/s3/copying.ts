import type { CopyObjectCommandInput } from '@aws-sdk/client-s3';
import { checkCopySource, checkWrite } from './conditions';
import { invalidArgument, invalidRequest } from './errors';
import { seal, unseal } from './kms';
import { findBucket, findObject, findVersion, versionHeader } from './lookup';
import { encryptionFor, headersIn, metadataIn, storageClassIn } from './object-properties';
import type { Bucket, S3Call, S3Handlers, StoredObject } from './state';
import { currentObject, store } from './store';
import { tagsInHeader } from './tag-sets';

/** `bucket/key?versionId=…`, with or without a slash in front, percent-encoded. */
export function parseCopySource(header = ''): { Bucket: string; Key: string; VersionId?: string } {
  const [path = '', version] = header.split('?versionId=');
  const [, bucket, key] = /^\/?([^/]+)\/(.+)$/s.exec(decode(path, header)) ?? [];
  if (bucket === undefined || key === undefined) throw badSource(header);
  return { Bucket: bucket, Key: key, ...(version === undefined ? {} : { VersionId: version }) };
}

function decode(text: string, header: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw badSource(header);
  }
}

const badSource = (header: string) =>
  invalidArgument('Invalid copy source object key', 'x-amz-copy-source', header);

/** The object that a copy starts from, its conditions met. */
export function copySource(
  call: S3Call,
  input: Parameters<typeof checkCopySource>[1] & {
    CopySource?: string | undefined;
  },
): { bucket: Bucket; key: string; source: StoredObject } {
  const wanted = parseCopySource(input.CopySource);
  const bucket = findBucket(call, wanted);
  const source = findSource(bucket, wanted);
  checkCopySource(source, input);
  return { bucket, key: wanted.Key, source };
}

function findSource(bucket: Bucket, wanted: ReturnType<typeof parseCopySource>): StoredObject {
  if (wanted.VersionId !== undefined && findVersion(bucket, wanted).kind === 'marker')
    throw invalidRequest(
      'The source of a copy request may not specifically refer to a delete marker by version id.',
    );
  return findObject(bucket, wanted);
}

/** What makes a copy of an object onto itself more than nothing. */
const changes = (input: CopyObjectCommandInput) =>
  input.MetadataDirective === 'REPLACE' ||
  input.StorageClass !== undefined ||
  input.ServerSideEncryption !== undefined ||
  input.WebsiteRedirectLocation !== undefined;

function described(input: CopyObjectCommandInput, source: StoredObject) {
  const replaces = input.MetadataDirective === 'REPLACE';
  return {
    headers: replaces ? headersIn(input) : source.headers,
    metadata: replaces ? metadataIn(input.Metadata) : source.metadata,
    tags: input.TaggingDirective === 'REPLACE' ? tagsInHeader(input.Tagging) : source.tags,
  };
}

/** What a copy has in common with its source; a data key is never shared. */
function copied({
  kind: _kind,
  versionId: _id,
  lastModified: _date,
  dataKey: _key,
  ...content
}: StoredObject) {
  return { content };
}

export const copying = {
  async CopyObject(input, call) {
    const from = copySource(call, input);
    const bucket = findBucket(call, input);
    const { Key: key = '' } = input;
    checkWrite(currentObject(bucket, key), key, input);
    if (from.bucket === bucket && from.key === key && !changes(input)) {
      throw invalidRequest(
        "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
      );
    }
    await unseal(from, from.source, call);
    const sealing = await seal({ bucket, key }, encryptionFor(bucket, input), call);
    const { content } = copied(from.source);
    const { object } = store(call, bucket, {
      key,
      content: {
        ...content,
        ...described(input, from.source),
        storageClass: storageClassIn(input.StorageClass),
        ...sealing,
      },
      acl: input.ACL,
    });
    return {
      CopyObjectResult: {
        ETag: object.etag,
        LastModified: object.lastModified,
        ...object.checksums,
      },
      ...object.encryption,
      ...versionHeader(bucket, object),
      ...(from.bucket.versioning ? { CopySourceVersionId: from.source.versionId } : {}),
    };
  },
} satisfies S3Handlers;
