import type { GetObjectCommandOutput, PutObjectCommandInput } from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import type { S3Call, StoredObject } from './state';

/** The bytes of an upload: the wire has read the stream to its end before a handler is called. */
export function bytesOf(body: PutObjectCommandInput['Body']): Uint8Array {
  if (body === undefined) return new Uint8Array();
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof Uint8Array) return body;
  throw new TypeError('the wire hands over bodies as bytes');
}

/** Bytes as the Body of an answer: the wire writes them, and the client makes a stream of them. */
export const toBody = (bytes: Uint8Array) =>
  bytes as unknown as NonNullable<GetObjectCommandOutput['Body']>;

export const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest();

/** An entity tag in its quotes. */
export const quote = (text: string) => `"${text}"`;

/** An object's whole content. */
export function contentOf(call: S3Call, { blobs }: StoredObject): Uint8Array {
  const [first, ...more] = blobs;
  if (first === undefined) return new Uint8Array();
  if (!more.length) return call.blobs.get(first);
  return Buffer.concat(blobs.map((ref) => call.blobs.get(ref)));
}
