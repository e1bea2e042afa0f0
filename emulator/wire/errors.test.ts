import { QueueDoesNotExist } from '@aws-sdk/client-sqs';
import { awsError } from '../errors';
import { modelOf, wireFor } from '.';
import type { WireRequest } from '.';

const request: WireRequest = {
  method: 'POST',
  path: '/',
  query: '',
  headers: {},
  body: new Uint8Array(),
};

const encode = (service: string, error: Error, more: Partial<WireRequest> = {}) =>
  wireFor(modelOf(service)).encodeError(error, 'r-1', { ...request, ...more });

const noQueue = () =>
  new QueueDoesNotExist({ message: 'The specified queue does not exist.', $metadata: {} });

test('awsJson 1.0 names an error with its namespace', () => {
  expect(encode('sqs', noQueue())).toEqual({
    status: 400,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': 'r-1' },
    body: '{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"The specified queue does not exist."}',
  });
});

test('a client in query mode is told the query code as well', () => {
  const { headers } = encode('sqs', noQueue(), { headers: { 'x-amzn-query-mode': 'true' } });

  expect(headers['x-amzn-query-error']).toBe('AWS.SimpleQueueService.NonExistentQueue;Sender');
});

test('awsJson 1.1 names an error without namespace and leaves an empty message out', () => {
  const { status, body } = encode('ssm', awsError('ParameterNotFound', ''));

  expect({ status, body }).toEqual({ status: 400, body: '{"__type":"ParameterNotFound"}' });
});

test('the message goes under the name that the error shape gives it', () => {
  const { body } = encode('ssm', awsError('InvalidDocument', 'Document does not exist.'));

  expect(body).toBe('{"__type":"InvalidDocument","Message":"Document does not exist."}');
});

test('a JSON service refuses with 400, whatever status its model has for an error', () => {
  const { status } = encode('kms', awsError('NotFoundException', "Invalid keyId 'nope'"));

  expect(status).toBe(400);
});

test('a JSON service called with a form answers its errors as XML', () => {
  const { status, body } = encode('sqs', noQueue(), {
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
  });

  expect(status).toBe(400);
  expect(body).toBe(
    '<ErrorResponse><Error><Type>Sender</Type><Code>AWS.SimpleQueueService.NonExistentQueue</Code>' +
      '<Message>The specified queue does not exist.</Message></Error><RequestId>r-1</RequestId></ErrorResponse>',
  );
});

test('the query protocol takes status and code of an error from the model', () => {
  expect(encode('iam', awsError('NoSuchEntityException', 'No <role>.'))).toEqual({
    status: 404,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': 'r-1' },
    body:
      '<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type>' +
      '<Code>NoSuchEntity</Code><Message>No &lt;role&gt;.</Message></Error><RequestId>r-1</RequestId></ErrorResponse>',
  });
});

test('an error may be thrown by its query code', () => {
  const { status, body } = encode('iam', awsError('NoSuchEntity', 'No role.'));

  expect(status).toBe(404);
  expect(body).toContain('<Code>NoSuchEntity</Code>');
});

test('ec2 lists errors in a Response', () => {
  const error = awsError('InvalidGroup.NotFound', "The security group 'sg-1' does not exist");

  expect(encode('ec2', error)).toEqual({
    status: 400,
    headers: { 'content-type': 'text/xml;charset=UTF-8', 'x-amzn-requestid': 'r-1' },
    body:
      '<?xml version="1.0" encoding="UTF-8"?><Response><Errors><Error><Code>InvalidGroup.NotFound</Code>' +
      "<Message>The security group 'sg-1' does not exist</Message></Error></Errors>" +
      '<RequestID>r-1</RequestID></Response>',
  });
});

test('s3 names the bucket in an error that its model does not know', () => {
  const error = awsError('NoSuchBucketPolicy', 'The bucket policy does not exist', {
    status: 404,
    members: { BucketName: 'b' },
  });
  const { status, headers, body } = encode('s3', error);

  expect(status).toBe(404);
  expect(headers).toMatchObject({ 'x-amz-request-id': 'r-1', 'x-amz-id-2': 'ci0xci0x' });
  expect(body).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchBucketPolicy</Code>' +
      '<Message>The bucket policy does not exist</Message><BucketName>b</BucketName>' +
      '<RequestId>r-1</RequestId><HostId>ci0xci0x</HostId></Error>',
  );
});

test.each([
  ['HEAD', awsError('NoSuchKey', 'The specified key does not exist.'), 404],
  ['GET', awsError('NotModified', 'Not Modified', { status: 304 }), 304],
])('s3 answers %s without a body where HTTP has none', (method, error, expected) => {
  const { status, body } = encode('s3', error, { method });

  expect({ status, body }).toEqual({ status: expected, body: '' });
});

test('restJson1 names an error in a header', () => {
  const error = awsError('ResourceNotFoundException', 'Function not found', {
    members: { Type: 'User' },
  });

  expect(encode('lambda', error)).toEqual({
    status: 404,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': 'r-1',
      'x-amzn-errortype': 'ResourceNotFoundException',
    },
    body: '{"Type":"User","Message":"Function not found"}',
  });
});

test('an error that the model does not know keeps its own status', () => {
  const { status, body } = encode(
    'ssm',
    awsError('AccessDeniedException', 'User: x is not authorized', { status: 403 }),
  );

  expect({ status, body }).toEqual({
    status: 403,
    body: '{"__type":"AccessDeniedException","Message":"User: x is not authorized"}',
  });
});
