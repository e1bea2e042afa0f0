import type { _Object as Listed } from '@aws-sdk/client-s3';
import { canonicalId } from './buckets';
import { invalidArgument } from './errors';
import { encoderFor, entriesOf, limitOf, textOf, type Entry, type Walk } from './listing-walk';
import { findBucket } from './lookup';
import type { Bucket, S3Handlers } from './state';
import { currentObject } from './store';

interface Page {
  entries: Entry[];
  truncated: boolean;
}

function pageOf(bucket: Bucket, walk: Walk, limit: number): Page {
  const live = [...bucket.objects.keys()].filter((key) => currentObject(bucket, key));
  const all = entriesOf(live, walk);
  return { entries: all.slice(0, limit), truncated: limit > 0 && all.length > limit };
}

function listed(bucket: Bucket, key: string, encode: (text: string) => string): Listed {
  const object = currentObject(bucket, key);
  return {
    Key: encode(key),
    LastModified: object?.lastModified,
    ETag: object?.etag,
    Size: object?.size,
    StorageClass: object?.storageClass,
  };
}

function parts(bucket: Bucket, { entries }: Page, encode: (text: string) => string) {
  const contents = entries.flatMap((entry) =>
    'key' in entry ? [listed(bucket, entry.key, encode)] : [],
  );
  const prefixes = entries.flatMap((entry) =>
    'prefix' in entry ? [{ Prefix: encode(entry.prefix) }] : [],
  );
  return {
    ...(contents.length ? { Contents: contents } : {}),
    ...(prefixes.length ? { CommonPrefixes: prefixes } : {}),
  };
}

const owned = ({ Contents }: { Contents?: Listed[] }, ID: string) =>
  Contents ? { Contents: Contents.map((each) => ({ ...each, Owner: { ID } })) } : {};

const toToken = (text: string) => Buffer.from(text).toString('base64');

function fromToken(token: string | undefined): string | undefined {
  if (token === undefined) return undefined;
  const text = Buffer.from(token, 'base64').toString();
  if (text !== '' && toToken(text) === token) return text;
  throw invalidArgument(
    'The continuation token provided is incorrect',
    'continuation-token',
    token,
  );
}

interface Asked {
  Prefix?: string | undefined;
  Delimiter?: string | undefined;
  EncodingType?: 'url' | undefined;
}

/** What a listing says back of how it was asked. */
const echo = (
  { Prefix = '', Delimiter, EncodingType }: Asked,
  encode: (text: string) => string,
) => ({
  Prefix: encode(Prefix),
  ...(Delimiter && { Delimiter: encode(Delimiter) }),
  ...(EncodingType && { EncodingType }),
});

export const listing = {
  ListObjects(input, call) {
    const bucket = findBucket(call, input);
    const encode = encoderFor(input.EncodingType);
    const limit = limitOf(input.MaxKeys);
    const walk = { prefix: input.Prefix, delimiter: input.Delimiter, after: input.Marker };
    const page = pageOf(bucket, walk, limit);
    const last = page.entries.at(-1);
    const found = parts(bucket, page, encode);
    return {
      Name: bucket.name,
      ...echo(input, encode),
      Marker: encode(input.Marker ?? ''),
      MaxKeys: limit,
      IsTruncated: page.truncated,
      // Without a delimiter the caller goes on from the last key by itself.
      ...(page.truncated && last && input.Delimiter ? { NextMarker: encode(textOf(last)) } : {}),
      ...found,
      ...owned(found, canonicalId(bucket.accountId)),
    };
  },

  ListObjectsV2(input, call) {
    const bucket = findBucket(call, input);
    const encode = encoderFor(input.EncodingType);
    const limit = limitOf(input.MaxKeys);
    const after = fromToken(input.ContinuationToken) ?? input.StartAfter;
    const page = pageOf(bucket, { prefix: input.Prefix, delimiter: input.Delimiter, after }, limit);
    const last = page.entries.at(-1);
    const found = parts(bucket, page, encode);
    return {
      Name: bucket.name,
      ...echo(input, encode),
      KeyCount: page.entries.length,
      MaxKeys: limit,
      IsTruncated: page.truncated,
      ...(input.StartAfter && { StartAfter: encode(input.StartAfter) }),
      ...(input.ContinuationToken && { ContinuationToken: input.ContinuationToken }),
      ...(page.truncated && last ? { NextContinuationToken: toToken(textOf(last)) } : {}),
      ...found,
      ...(input.FetchOwner ? owned(found, canonicalId(bucket.accountId)) : {}),
    };
  },
} satisfies S3Handlers;
