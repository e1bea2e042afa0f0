import type { IncomingMessage } from 'node:http';

/** S3 takes objects; every other API's requests are small. */
const limits = { s3: 512 * 1024 * 1024, other: 16 * 1024 * 1024 };

/** Reads a body whole; `undefined` when it is larger than the service takes (it is read to its end all the same). */
export function readBody(
  request: IncomingMessage,
  service: 's3' | 'other',
): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limits[service]) chunks.push(chunk);
      else chunks.length = 0;
    });
    request.on('end', () => resolve(size <= limits[service] ? joined(chunks) : undefined));
    request.on('error', reject);
  });
}

const joined = ([only, ...more]: Buffer[]): Buffer =>
  only === undefined ? Buffer.alloc(0) : more.length === 0 ? only : Buffer.concat([only, ...more]);
