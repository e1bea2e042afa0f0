import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { awsError } from '../../errors';
import { readBase64 } from '../scalar';
import type { WireRequest } from '../types';

const crc32Of = (body: Uint8Array): string => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString('base64');
};

const digest = (algorithm: string) => (body: Uint8Array) =>
  createHash(algorithm).update(body).digest('base64');

// CRC32C and CRC64NVME are taken on trust: Node has neither.
const checksums: [header: string, name: string, compute: (body: Uint8Array) => string][] = [
  ['x-amz-checksum-crc32', 'CRC32', crc32Of],
  ['x-amz-checksum-sha1', 'SHA1', digest('sha1')],
  ['x-amz-checksum-sha256', 'SHA256', digest('sha256')],
];

/** Refuses a body that is not the one its checksums were computed of. */
export function verifyChecksums({ headers, body }: WireRequest): void {
  for (const [header, name, compute] of checksums) {
    const expected = headers[header];
    if (expected !== undefined && expected !== compute(body))
      throw awsError(
        'BadDigest',
        `The ${name} you specified did not match the calculated checksum.`,
      );
  }
}

/** Refuses a body that is not the one its Content-MD5 was computed of. */
export function verifyMd5({ headers: { 'content-md5': expected }, body }: WireRequest): void {
  if (expected === undefined) return;
  if (readBase64(expected)?.length !== 16)
    throw awsError('InvalidDigest', 'The Content-MD5 you specified was invalid.');
  if (expected !== digest('md5')(body))
    throw awsError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
}
