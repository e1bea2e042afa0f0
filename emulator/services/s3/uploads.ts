import { bytesOf, contentOf, md5, quote } from './bodies';
import { copySource } from './copying';
import { errors, invalidArgument } from './errors';
import { seal, unseal } from './kms';
import { findBucket, type BucketInput } from './lookup';
import {
  checksumsIn,
  encryptionFor,
  headersIn,
  metadataIn,
  storageClassIn,
} from './object-properties';
import { copyRange } from './ranges';
import type { Checksums, Part, S3Call, S3Handlers, Upload } from './state';
import { tagsInHeader } from './tag-sets';

interface UploadInput extends BucketInput {
  Key?: string | undefined;
  UploadId?: string | undefined;
}

/** The upload that a request names, or NoSuchUpload. */
export function findUpload(call: S3Call, input: UploadInput) {
  const bucket = findBucket(call, input);
  const upload = bucket.uploads.get(input.UploadId ?? '');
  if (upload && upload.key === input.Key) return { bucket, upload };
  throw errors.NoSuchUpload({ UploadId: input.UploadId });
}

const maxPart = 10_000;

function putPart(
  call: S3Call,
  upload: Upload,
  { number, body, checksums }: { number: number; body: Uint8Array; checksums: Checksums },
): Part {
  if (!Number.isInteger(number) || number < 1 || number > maxPart) {
    throw invalidArgument(
      'Part number must be an integer between 1 and 10000, inclusive',
      'partNumber',
      number,
    );
  }
  const part: Part = {
    blob: call.blobs.put(body),
    size: body.length,
    etag: quote(md5(body).toString('hex')),
    lastModified: call.now(),
    checksums,
  };
  upload.parts.set(number, part);
  return part;
}

export const uploads = {
  async CreateMultipartUpload(input, call) {
    const bucket = findBucket(call, input);
    const { Key: key = '' } = input;
    const sealing = await seal({ bucket, key }, encryptionFor(bucket, input), call);
    const upload: Upload = {
      id: call.random.upper(64),
      key,
      initiated: call.now(),
      ...(input.ChecksumAlgorithm && { checksumAlgorithm: input.ChecksumAlgorithm }),
      template: {
        headers: headersIn(input),
        metadata: metadataIn(input.Metadata),
        tags: tagsInHeader(input.Tagging),
        storageClass: storageClassIn(input.StorageClass),
        ...sealing,
      },
      parts: new Map(),
    };
    bucket.uploads.set(upload.id, upload);
    return {
      Bucket: bucket.name,
      Key: upload.key,
      UploadId: upload.id,
      ...upload.template.encryption,
      ...(input.ChecksumAlgorithm && {
        ChecksumAlgorithm: input.ChecksumAlgorithm,
        ChecksumType: 'COMPOSITE',
      }),
    };
  },

  async UploadPart(input, call) {
    const { bucket, upload } = findUpload(call, input);
    await unseal({ bucket, key: upload.key }, upload.template, call);
    const part = putPart(call, upload, {
      number: input.PartNumber ?? 0,
      body: bytesOf(input.Body),
      checksums: checksumsIn(input),
    });
    return { ETag: part.etag, ...upload.template.encryption, ...part.checksums };
  },

  async UploadPartCopy(input, call) {
    const { bucket, upload } = findUpload(call, input);
    const from = copySource(call, input);
    const { source } = from;
    await unseal(from, source, call);
    await unseal({ bucket, key: upload.key }, upload.template, call);
    const content = contentOf(call, source);
    const range = copyRange(input.CopySourceRange, source.size);
    const body = range ? content.subarray(range.first, range.last + 1) : content;
    const number = input.PartNumber ?? 0;
    const part = putPart(call, upload, { number, body, checksums: {} });
    return { CopyPartResult: { ETag: part.etag, LastModified: part.lastModified } };
  },

  AbortMultipartUpload(input, call) {
    const { bucket, upload } = findUpload(call, input);
    bucket.uploads.delete(upload.id);
  },
} satisfies S3Handlers;
