import { crc32 } from 'node:zlib';
import { createHash } from 'node:crypto';
import { S3 } from '@aws-sdk/client-s3';
import { Readable } from 'node:stream';
import { inProcessConfiguration } from '../../clients';
import { modelOf, wireFor } from '..';
import type { WireRequest } from '..';

const wire = wireFor(modelOf('s3'));

function request(line: string, more: Partial<WireRequest> = {}): WireRequest {
  const [method = '', uri = ''] = line.split(' ');
  const [path = '', query = ''] = uri.split('?');
  return { method, path, query, headers: {}, body: new Uint8Array(), ...more };
}

function read(sent: WireRequest) {
  const operation = wire.identify(sent);
  if (!operation) throw new Error('fits no operation');
  return { operation: operation.name, ...wire.decode(operation, sent) };
}

test.each([
  ['GET /', 'ListBuckets'],
  ['GET /?x-id=ListDirectoryBuckets', 'ListDirectoryBuckets'],
  ['PUT /bucket', 'CreateBucket'],
  ['PUT /bucket/', 'CreateBucket'],
  ['GET /bucket', 'ListObjects'],
  ['GET /bucket?list-type=2&prefix=a', 'ListObjectsV2'],
  ['GET /bucket?versions', 'ListObjectVersions'],
  ['GET /bucket?versioning=', 'GetBucketVersioning'],
  ['GET /bucket?location', 'GetBucketLocation'],
  ['GET /bucket?uploads', 'ListMultipartUploads'],
  ['GET /bucket?analytics&id=1', 'GetBucketAnalyticsConfiguration'],
  ['GET /bucket?analytics', 'ListBucketAnalyticsConfigurations'],
  ['HEAD /bucket', 'HeadBucket'],
  ['POST /bucket?delete', 'DeleteObjects'],
  ['GET /bucket/key', 'GetObject'],
  ['GET /bucket/key?versionId=1', 'GetObject'],
  ['GET /bucket/key?uploadId=1', 'ListParts'],
  ['GET /bucket/key?attributes', 'GetObjectAttributes'],
  ['GET /bucket/key?tagging', 'GetObjectTagging'],
  ['HEAD /bucket/a/b', 'HeadObject'],
  ['PUT /bucket/key', 'PutObject'],
  ['PUT /bucket/key?partNumber=1&uploadId=2', 'UploadPart'],
  ['POST /bucket/key?uploads', 'CreateMultipartUpload'],
  ['POST /bucket/key?uploadId=1', 'CompleteMultipartUpload'],
  ['DELETE /bucket/key', 'DeleteObject'],
  ['DELETE /bucket/key?uploadId=1', 'AbortMultipartUpload'],
  ['DELETE /bucket/key?tagging', 'DeleteObjectTagging'],
])('%s is %s', (line, operation) => {
  expect(wire.identify(request(line))?.name).toBe(operation);
});

test('a copy source in the headers makes a PUT a copy', () => {
  const headers = { 'x-amz-copy-source': '/a/b' };

  expect(wire.identify(request('PUT /bucket/key', { headers }))?.name).toBe('CopyObject');
  expect(wire.identify(request('PUT /bucket/key?partNumber=1&uploadId=2', { headers }))?.name).toBe(
    'UploadPartCopy',
  );
});

test.each(['PATCH /bucket', 'POST /bucket', 'GET bucket'])('%s fits no operation', (line) => {
  expect(wire.identify(request(line))).toBeUndefined();
});

test.each([
  ['127.0.0.1:4566', '/bucket/a/b', 'bucket'],
  ['localhost:4566', '/bucket/a/b', 'bucket'],
  ['[::1]:4566', '/bucket/a/b', 'bucket'],
  ['s3.localhost.localstack.cloud:4566', '/bucket/a/b', 'bucket'],
  ['s3.us-east-1.amazonaws.com', '/bucket/a/b', 'bucket'],
  ['bucket.localhost:4566', '/a/b', 'bucket'],
  ['bucket.s3.localhost:4566', '/a/b', 'bucket'],
  ['my.dotted.bucket.s3.localhost.localstack.cloud:4566', '/a/b', 'my.dotted.bucket'],
  ['bucket.s3.amazonaws.com', '/a/b', 'bucket'],
  ['bucket.s3.eu-west-1.amazonaws.com', '/a/b', 'bucket'],
  ['bucket.s3-eu-west-1.amazonaws.com', '/a/b', 'bucket'],
  ['bucket.s3.dualstack.eu-west-1.amazonaws.com', '/a/b', 'bucket'],
])('at host %s the path %s is a key of bucket %s', (host, path, Bucket) => {
  expect(read(request(`GET ${path}`, { headers: { host } }))).toEqual({
    operation: 'GetObject',
    Bucket,
    Key: 'a/b',
  });
});

test('a key keeps its slashes, pluses, dots and percent signs', () => {
  expect(read(request('GET /bucket//a+b%20c%2F%25../'))).toMatchObject({ Key: '/a+b c/%../' });
});

test('user metadata comes without its prefix', () => {
  const headers = { 'x-amz-meta-colour': 'blue', 'x-amz-meta-': 'empty', 'content-type': 'a/b' };

  expect(read(request('PUT /bucket/key', { headers }))).toMatchObject({
    ContentType: 'a/b',
    Metadata: { colour: 'blue', '': 'empty' },
  });
});

const checksumOf = (text: string): string => {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(text));
  return sum.toString('base64');
};

function chunked(body: string, headers: Record<string, string> = {}): WireRequest {
  return request('PUT /bucket/key', {
    headers: { 'content-encoding': 'aws-chunked', ...headers },
    body: Buffer.from(body),
  });
}

test('an aws-chunked body is put together and its trailer read', () => {
  const body = `5;chunk-signature=ab\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:${checksumOf('hello world')}\r\n\r\n`;
  const input = read(
    chunked(body, {
      'content-encoding': 'aws-chunked,gzip',
      'x-amz-trailer': 'x-amz-checksum-crc32',
      'x-amz-decoded-content-length': '11',
    }),
  );

  expect(input).toMatchObject({
    ContentEncoding: 'gzip',
    ContentLength: 11,
    ChecksumCRC32: checksumOf('hello world'),
    Body: Buffer.from('hello world'),
  });
});

test('an aws-chunked body of nothing is an empty object without a content encoding', () => {
  expect(read(chunked('0\r\n\r\n'))).toEqual({
    operation: 'PutObject',
    Bucket: 'bucket',
    Key: 'key',
    ContentLength: 0,
    Body: Buffer.alloc(0),
  });
});

const messages: Record<string, string> = {
  IncompleteBody:
    'You did not provide the number of bytes specified by the Content-Length HTTP header',
  MalformedTrailerError:
    'The request contained trailing data that was not well-formed or did not conform to our published schema.',
  BadDigest: 'The CRC32 you specified did not match the calculated checksum.',
};

test.each<[string, Record<string, string>, string]>([
  ['', {}, 'IncompleteBody'],
  ['5\r\nhel', {}, 'IncompleteBody'],
  ['x\r\nhello\r\n0\r\n\r\n', {}, 'IncompleteBody'],
  ['5\r\nhello\r\n', {}, 'IncompleteBody'],
  ['5\r\nhello\r\n0\r\n\r\n', { 'x-amz-decoded-content-length': '6' }, 'IncompleteBody'],
  ['0\r\ngarbage\r\n\r\n', {}, 'MalformedTrailerError'],
  ['0\r\n\r\n', { 'x-amz-trailer': 'x-amz-checksum-crc32' }, 'MalformedTrailerError'],
  ['5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n', {}, 'BadDigest'],
])('the aws-chunked body %j with %j is refused as %s', (body, headers, name) => {
  expect(() => read(chunked(body, headers))).toThrow(
    expect.objectContaining({ name, message: messages[name] }) as Error,
  );
});

const digestOfX = (algorithm: string) => createHash(algorithm).update('x').digest('base64');

test.each([
  [{ 'content-md5': 'not base64' }, 'InvalidDigest', 'The Content-MD5 you specified was invalid.'],
  [
    { 'content-md5': digestOfX('md5') },
    'BadDigest',
    'The Content-MD5 you specified did not match what we received.',
  ],
  [
    { 'x-amz-checksum-sha256': digestOfX('sha256') },
    'BadDigest',
    'The SHA256 you specified did not match the calculated checksum.',
  ],
])('a body that does not match %j is refused as %s', (headers, name, message) => {
  const sent = request('PUT /bucket/key', { headers, body: Buffer.from('y') });

  expect(() => read(sent)).toThrow(expect.objectContaining({ name, message }) as Error);
});

test('the checksum of a whole object is not the one of the request that completes it', () => {
  const sent = request('POST /bucket/key?uploadId=1', {
    headers: { 'x-amz-checksum-crc32': 'AAAAAA==' },
    body: Buffer.from('<CompleteMultipartUpload/>'),
  });

  expect(read(sent)).toMatchObject({ ChecksumCRC32: 'AAAAAA==' });
});

test('a stream that the SDK uploads in chunks arrives whole', async () => {
  let input: Record<string, unknown> = {};
  const s3 = new S3(
    inProcessConfiguration('us-east-1', async (sent) => {
      const operation = wire.identify(sent)!;
      input = wire.decode(operation, sent);
      return wire.encode(operation, {}, 'r-1');
    }),
  );
  await s3.putObject({
    Bucket: 'b',
    Key: 'k',
    Body: Readable.from(['hel', 'lo']),
    ContentLength: 5,
  });

  expect(input).toMatchObject({ Body: Buffer.from('hello'), ContentLength: 5 });
});

test("a bucket's location is the text of the root element", () => {
  const operation = wire.identify(request('GET /bucket?location'))!;

  expect(wire.encode(operation, { LocationConstraint: 'eu-west-1' }, 'r-1').body).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
      '<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">eu-west-1</LocationConstraint>',
  );
});

test('an object is answered as bytes with its headers', () => {
  const operation = wire.identify(request('GET /bucket/key'))!;
  const output = {
    Body: 'hi',
    LastModified: new Date('2026-01-01T00:00:00Z'),
    ContentType: 'text/css',
    Metadata: { a: 'b' },
  };

  expect(wire.encode(operation, output, 'r-1')).toEqual({
    status: 200,
    headers: {
      'content-type': 'text/css',
      'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT',
      'x-amz-meta-a': 'b',
      'x-amz-request-id': 'r-1',
      'x-amz-id-2': 'ci0xci0x',
    },
    body: 'hi',
  });
});

test('a header that an answer repeats from its request cannot begin another header', () => {
  const operation = wire.identify(request('GET /bucket/key'))!;
  const { headers } = wire.encode(
    operation,
    { ContentDisposition: 'a\r\nx-evil: 1', CacheControl: 'ü' },
    'r',
  );

  expect(headers).toMatchObject({ 'content-disposition': 'a  x-evil: 1', 'cache-control': 'Ã¼' });
});
