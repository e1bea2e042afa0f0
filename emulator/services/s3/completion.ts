import type { CompletedPart } from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { md5, quote } from './bodies';
import { checkWrite } from './conditions';
import { errors, invalidRequest } from './errors';
import { versionHeader } from './lookup';
import type { Checksums, Part, S3Handlers, Upload } from './state';
import { currentObject, store } from './store';
import { findUpload } from './uploads';

const minimumPart = 5 * 1024 * 1024;

function crc32Bytes(bytes: Uint8Array): Buffer {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(bytes));
  return sum;
}

const digests: Record<string, { member: keyof Checksums; digest: (bytes: Uint8Array) => Buffer }> =
  {
    CRC32: { member: 'ChecksumCRC32', digest: crc32Bytes },
    SHA1: {
      member: 'ChecksumSHA1',
      digest: (bytes) => createHash('sha1').update(bytes).digest(),
    },
    SHA256: {
      member: 'ChecksumSHA256',
      digest: (bytes) => createHash('sha256').update(bytes).digest(),
    },
  };

/** The checksum of the parts' checksums, for an upload that was begun with an algorithm. */
function composite({ checksumAlgorithm = '' }: Upload, parts: Part[]): Checksums {
  const algorithm = digests[checksumAlgorithm];
  if (!algorithm) return {};
  const sums = parts.map(({ checksums }) => checksums[algorithm.member]);
  if (sums.some((sum) => sum === undefined)) return {};
  const all = Buffer.concat(sums.map((sum) => Buffer.from(sum ?? '', 'base64')));
  return {
    [algorithm.member]: `${algorithm.digest(all).toString('base64')}-${parts.length}`,
  };
}

const bare = (etag = '') => etag.replaceAll('"', '');

function partFor(upload: Upload, { PartNumber, ETag }: CompletedPart): Part {
  const part = upload.parts.get(PartNumber ?? 0);
  if (part && bare(part.etag) === bare(ETag)) return part;
  throw errors.InvalidPart({ UploadId: upload.id, PartNumber, ETag });
}

function chosenParts(upload: Upload, wanted: CompletedPart[]): Part[] {
  if (!wanted.length) throw invalidRequest('You must specify at least one part');
  const numbers = wanted.map(({ PartNumber = 0 }) => PartNumber);
  if (numbers.some((number, index) => index > 0 && number <= (numbers[index - 1] ?? 0))) {
    throw errors.InvalidPartOrder({ UploadId: upload.id });
  }
  const parts = wanted.map((each) => partFor(upload, each));
  const small = parts.findIndex(({ size }, at) => at < parts.length - 1 && size < minimumPart);
  if (small >= 0) {
    throw errors.EntityTooSmall({
      ProposedSize: parts[small]?.size,
      MinSizeAllowed: minimumPart,
      PartNumber: numbers[small],
    });
  }
  return parts;
}

/** MD5 of the parts' MD5s with their number: no hash of the content. */
const multipartEtag = (parts: Part[]) => {
  const all = Buffer.concat(parts.map(({ etag }) => Buffer.from(bare(etag), 'hex')));
  return quote(`${md5(all).toString('hex')}-${parts.length}`);
};

export const completion = {
  CompleteMultipartUpload(input, call) {
    const { bucket, upload } = findUpload(call, input);
    const parts = chosenParts(upload, input.MultipartUpload?.Parts ?? []);
    checkWrite(currentObject(bucket, upload.key), upload.key, input);
    const { object } = store(call, bucket, {
      key: upload.key,
      content: {
        ...upload.template,
        blobs: parts.map(({ blob }) => blob),
        partSizes: parts.map(({ size }) => size),
        size: parts.reduce((sum, { size }) => sum + size, 0),
        etag: multipartEtag(parts),
        checksums: composite(upload, parts),
      },
      acl: undefined,
    });
    bucket.uploads.delete(upload.id);
    return {
      Location: `https://${bucket.name}.s3.${bucket.region}.amazonaws.com/${encodeURIComponent(upload.key)}`,
      Bucket: bucket.name,
      Key: upload.key,
      ETag: object.etag,
      ...object.encryption,
      ...object.checksums,
      ...versionHeader(bucket, object),
    };
  },
} satisfies S3Handlers;
