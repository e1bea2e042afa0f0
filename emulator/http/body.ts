import type { IncomingMessage } from 'node:http';

/** S3 takes objects; every other API's requests are small. */
const limits = { s3: 512 * 1024 * 1024, other: 16 * 1024 * 1024 };

/** Reads a body whole; `undefined` when it is larger than the service takes (it is read to its end all the same). */
export async function readBody(
  request: IncomingMessage,
  service: 's3' | 'other',
): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limits[service]) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (size > limits[service]) return undefined;
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}
