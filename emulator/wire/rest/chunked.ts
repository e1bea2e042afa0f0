import { awsError } from '../../errors';
import type { Operation, WireRequest } from '../types';
import { verifyChecksums, verifyMd5 } from './checksums';

/** The request with an aws-chunked body put together, its trailers among the headers, its checksums proved. */
export function unchunked(request: WireRequest, operation: Operation): WireRequest {
  const plain = isChunked(request.headers) ? decodeChunks(request) : request;
  if (operation.hasChecksum) verifyChecksums(plain);
  verifyMd5(plain);
  return plain;
}

const isChunked = (headers: WireRequest['headers']): boolean =>
  encodings(headers).includes('aws-chunked') ||
  (headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-');

const encodings = (headers: WireRequest['headers']): string[] =>
  (headers['content-encoding'] ?? '')
    .split(',')
    .map((encoding) => encoding.trim())
    .filter(Boolean);

function decodeChunks(request: WireRequest): WireRequest {
  const { chunks, trailer } = readChunks(request.body);
  const body = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
  const expected = request.headers['x-amz-decoded-content-length'];
  if (expected !== undefined && Number(expected) !== body.length) throw incomplete();
  const headers = { ...request.headers, ...readTrailer(trailer, request.headers) };
  headers['content-length'] = String(body.length);
  const rest = encodings(headers).filter((encoding) => encoding !== 'aws-chunked');
  if (rest.length > 0) headers['content-encoding'] = rest.join(',');
  else delete headers['content-encoding'];
  return { ...request, headers, body };
}

const incomplete = () =>
  awsError(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header',
  );

function readChunks(body: Uint8Array): { chunks: Uint8Array[]; trailer: string } {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const chunks: Uint8Array[] = [];
  let at = 0;
  for (;;) {
    const end = bytes.indexOf('\r\n', at);
    // No chunk's head is longer: 16 digits and a signature of 64.
    if (end < 0 || end - at > 200) throw incomplete();
    const size = sizeOf(bytes.toString('latin1', at, end));
    at = end + 2;
    if (size === 0) return { chunks, trailer: bytes.toString('latin1', at) };
    if (bytes.toString('latin1', at + size, at + size + 2) !== '\r\n') throw incomplete();
    chunks.push(bytes.subarray(at, at + size));
    at += size + 2;
  }
}

function sizeOf(head: string): number {
  const [digits = ''] = head.split(';');
  if (!/^[0-9a-f]{1,8}$/i.test(digits)) throw incomplete();
  return parseInt(digits, 16);
}

function readTrailer(
  trailer: string,
  { 'x-amz-trailer': announced = '' }: WireRequest['headers'],
): Record<string, string> {
  const lines = trailer.split(/\r?\n/).filter((line) => line !== '');
  const found = lines.map((line): [string, string] => {
    const at = line.indexOf(':');
    if (at < 1) throw malformedTrailer();
    return [line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()];
  });
  const trailers = Object.fromEntries(found);
  for (const name of announced.toLowerCase().split(',').filter(Boolean))
    if (trailers[name.trim()] === undefined) throw malformedTrailer();
  return trailers;
}

const malformedTrailer = () =>
  awsError(
    'MalformedTrailerError',
    'The request contained trailing data that was not well-formed or did not conform to our published schema.',
  );
