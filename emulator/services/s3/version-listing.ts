import type {
  DeleteMarkerEntry,
  ListObjectVersionsCommandInput,
  ObjectVersion,
} from '@aws-sdk/client-s3';
import { canonicalId } from './buckets';
import { invalidArgument } from './errors';
import { encoderFor, entriesOf, limitOf } from './listing-walk';
import { findBucket } from './lookup';
import type { Bucket, S3Handlers, Version } from './state';

type Line = { prefix: string } | { key: string; version: Version; isLatest: boolean };

interface Asked {
  Prefix?: string | undefined;
  Delimiter?: string | undefined;
  KeyMarker?: string | undefined;
  VersionIdMarker?: string | undefined;
}

function versionsOf(bucket: Bucket, key: string): Line[] {
  const versions = bucket.objects.get(key) ?? [];
  return versions.map((version, index) => ({ key, version, isLatest: index === 0 }));
}

/** What is left of the marker's own key: the versions older than the marker's. */
function restOfKey(bucket: Bucket, { KeyMarker: key = '', VersionIdMarker: id }: Asked): Line[] {
  if (id === undefined) return [];
  const lines = versionsOf(bucket, key);
  const at = lines.findIndex((line) => 'version' in line && line.version.versionId === id);
  return at < 0 ? [] : lines.slice(at + 1);
}

function linesOf(bucket: Bucket, asked: Asked): Line[] {
  const walk = { prefix: asked.Prefix, delimiter: asked.Delimiter, after: asked.KeyMarker };
  const entries = entriesOf(bucket.objects.keys(), walk);
  return [
    ...restOfKey(bucket, asked),
    ...entries.flatMap((entry) => ('prefix' in entry ? [entry] : versionsOf(bucket, entry.key))),
  ];
}

type Encode = (text: string) => string;

const owner = (bucket: Bucket) => ({ ID: canonicalId(bucket.accountId) });

function shownObjects(bucket: Bucket, lines: Line[], encode: Encode): ObjectVersion[] {
  return lines.flatMap((line) =>
    'version' in line && line.version.kind === 'object'
      ? [
          {
            Key: encode(line.key),
            VersionId: line.version.versionId,
            IsLatest: line.isLatest,
            LastModified: line.version.lastModified,
            ETag: line.version.etag,
            Size: line.version.size,
            // The only class that this API's enumeration knows.
            StorageClass: 'STANDARD',
            Owner: owner(bucket),
          },
        ]
      : [],
  );
}

function shownMarkers(bucket: Bucket, lines: Line[], encode: Encode): DeleteMarkerEntry[] {
  return lines.flatMap((line) =>
    'version' in line && line.version.kind === 'marker'
      ? [
          {
            Key: encode(line.key),
            VersionId: line.version.versionId,
            IsLatest: line.isLatest,
            LastModified: line.version.lastModified,
            Owner: owner(bucket),
          },
        ]
      : [],
  );
}

function nextMarker(last: Line | undefined, encode: Encode) {
  if (!last) return {};
  if ('prefix' in last) return { NextKeyMarker: encode(last.prefix) };
  return { NextKeyMarker: encode(last.key), NextVersionIdMarker: last.version.versionId };
}

function checkMarkers({ KeyMarker, VersionIdMarker }: Asked) {
  if (VersionIdMarker === undefined || KeyMarker) return;
  throw invalidArgument(
    'A version-id marker cannot be specified without a key marker.',
    'version-id-marker',
    VersionIdMarker,
  );
}

/** What a listing says back of how it was asked. */
const echo = (input: ListObjectVersionsCommandInput, encode: Encode) => ({
  Prefix: encode(input.Prefix ?? ''),
  KeyMarker: encode(input.KeyMarker ?? ''),
  VersionIdMarker: input.VersionIdMarker ?? '',
  MaxKeys: limitOf(input.MaxKeys),
  ...(input.Delimiter && { Delimiter: encode(input.Delimiter) }),
  ...(input.EncodingType && { EncodingType: input.EncodingType }),
});

export const versionListing = {
  ListObjectVersions(input, call) {
    const bucket = findBucket(call, input);
    checkMarkers(input);
    const encode = encoderFor(input.EncodingType);
    const limit = limitOf(input.MaxKeys);
    const all = linesOf(bucket, input);
    const lines = all.slice(0, limit);
    const truncated = limit > 0 && all.length > limit;
    return {
      Name: bucket.name,
      ...echo(input, encode),
      IsTruncated: truncated,
      ...(truncated ? nextMarker(lines.at(-1), encode) : {}),
      Versions: shownObjects(bucket, lines, encode),
      DeleteMarkers: shownMarkers(bucket, lines, encode),
      CommonPrefixes: lines.flatMap((line) =>
        'prefix' in line ? [{ Prefix: encode(line.prefix) }] : [],
      ),
    };
  },
} satisfies S3Handlers;
