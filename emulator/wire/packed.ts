import { gunzipSync } from 'node:zlib';
import { awsError } from '../errors';
import type { Wire, WireRequest } from './types';

/** No AWS call is nearly as long, and a small body can unpack to a huge one. */
const longest = 64 * 1024 * 1024;

/** A wire that takes gzipped bodies too: SDKs pack the long ones of some operations (PutMetricData). */
export const takingPacked = (wire: Wire): Wire => ({
  ...wire,
  identify: (request) => wire.identify(unpacked(request)),
  decode: (operation, request) => wire.decode(operation, unpacked(request)),
});

function unpacked(request: WireRequest): WireRequest {
  if (request.headers['content-encoding'] !== 'gzip') return request;
  try {
    return { ...request, body: gunzipSync(request.body, { maxOutputLength: longest }) };
  } catch {
    throw awsError('SerializationException', 'The request could not be read.');
  }
}
