import type { ListMultipartUploadsCommandInput, MultipartUpload } from '@aws-sdk/client-s3';
import { canonicalId } from './buckets';
import { encoderFor, entriesOf, limitOf } from './listing-walk';
import { findBucket } from './lookup';
import type { Bucket, S3Handlers, Upload } from './state';
import { findUpload } from './uploads';

const sortedParts = ({ parts }: Upload) => [...parts].toSorted(([one], [other]) => one - other);

type Line = { prefix: string } | { upload: Upload };

function linesOf(bucket: Bucket, input: ListMultipartUploadsCommandInput): Line[] {
  const all = [...bucket.uploads.values()];
  const walk = { prefix: input.Prefix, delimiter: input.Delimiter, after: input.KeyMarker };
  return entriesOf(new Set(all.map(({ key }) => key)), walk).flatMap((entry): Line[] =>
    'prefix' in entry
      ? [entry]
      : all.filter(({ key }) => key === entry.key).map((upload) => ({ upload })),
  );
}

type Encode = (text: string) => string;

function shownUploads(bucket: Bucket, lines: Line[], encode: Encode): MultipartUpload[] {
  const owner = { ID: canonicalId(bucket.accountId) };
  return lines.flatMap((line) =>
    'prefix' in line
      ? []
      : [
          {
            Key: encode(line.upload.key),
            UploadId: line.upload.id,
            Initiated: line.upload.initiated,
            StorageClass: line.upload.template.storageClass,
            Owner: owner,
            Initiator: owner,
          },
        ],
  );
}

const keyOf = (line: Line) => ('prefix' in line ? line.prefix : line.upload.key);

export const uploadListing = {
  ListParts(input, call) {
    const { bucket, upload } = findUpload(call, input);
    const limit = limitOf(input.MaxParts);
    const marker = Number(input.PartNumberMarker ?? 0);
    const all = sortedParts(upload).filter(([number]) => number > marker);
    const page = all.slice(0, limit);
    const owner = { ID: canonicalId(bucket.accountId) };
    return {
      Bucket: bucket.name,
      Key: upload.key,
      UploadId: upload.id,
      PartNumberMarker: String(marker),
      NextPartNumberMarker: String(page.at(-1)?.[0] ?? 0),
      MaxParts: limit,
      IsTruncated: all.length > page.length,
      StorageClass: upload.template.storageClass,
      Owner: owner,
      Initiator: owner,
      Parts: page.map(([PartNumber, part]) => ({
        PartNumber,
        ETag: part.etag,
        Size: part.size,
        LastModified: part.lastModified,
        ...part.checksums,
      })),
    };
  },

  ListMultipartUploads(input, call) {
    const bucket = findBucket(call, input);
    const encode = encoderFor(input.EncodingType);
    const limit = limitOf(input.MaxUploads);
    const lines = linesOf(bucket, input);
    const page = lines.slice(0, limit);
    const last = page.at(-1);
    return {
      Bucket: bucket.name,
      KeyMarker: encode(input.KeyMarker ?? ''),
      UploadIdMarker: '',
      MaxUploads: limit,
      IsTruncated: lines.length > page.length,
      Prefix: encode(input.Prefix ?? ''),
      ...(input.Delimiter && { Delimiter: encode(input.Delimiter) }),
      ...(input.EncodingType && { EncodingType: input.EncodingType }),
      ...(last && lines.length > page.length ? { NextKeyMarker: encode(keyOf(last)) } : {}),
      Uploads: shownUploads(bucket, page, encode),
      CommonPrefixes: page.flatMap((line) =>
        'prefix' in line ? [{ Prefix: encode(line.prefix) }] : [],
      ),
    };
  },
} satisfies S3Handlers;
