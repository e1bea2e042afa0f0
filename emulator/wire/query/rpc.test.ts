import { modelOf, wireFor } from '..';
import type { WireRequest } from '..';

const form = (body: string, more: Partial<WireRequest> = {}): WireRequest => ({
  method: 'POST',
  path: '/',
  query: '',
  headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
  body: Buffer.from(body),
  ...more,
});

function exchange(service: string, request: WireRequest, output: Record<string, unknown>) {
  const wire = wireFor(modelOf(service));
  const operation = wire.identify(request);
  if (!operation) throw new Error('fits no operation');
  return {
    input: wire.decode(operation, request),
    answer: wire.encode(operation, output, 'r-1'),
  };
}

test('an old client of sqs sends a form and is answered in XML', () => {
  const { input, answer } = exchange(
    'sqs',
    form('Action=CreateQueue&QueueName=q&Attribute.1.Name=DelaySeconds&Attribute.1.Value=5'),
    { QueueUrl: 'http://127.0.0.1/q' },
  );

  expect(input).toEqual({ QueueName: 'q', Attributes: { DelaySeconds: '5' } });
  expect(answer.body).toBe(
    '<CreateQueueResponse><CreateQueueResult><QueueUrl>http://127.0.0.1/q</QueueUrl></CreateQueueResult>' +
      '<ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></CreateQueueResponse>',
  );
});

test('a current client of sqs sends JSON and is answered in JSON', () => {
  const request = form('{"QueueName":"q"}', {
    headers: {
      'x-amz-target': 'AmazonSQS.CreateQueue',
      'content-type': 'application/x-amz-json-1.0',
    },
  });
  const { answer } = exchange('sqs', request, { QueueUrl: 'u' });

  expect(answer).toEqual({
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': 'r-1' },
    body: '{"QueueUrl":"u"}',
  });
});

test('an action may stand in the query string of a GET', () => {
  const request = form('', {
    method: 'GET',
    query: 'Action=GetCallerIdentity&Version=2011-06-15',
    headers: {},
  });
  const { answer } = exchange('sts', request, { Account: '000000000000' });

  expect(answer.body).toBe(
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">' +
      '<GetCallerIdentityResult><Account>000000000000</Account></GetCallerIdentityResult>' +
      '<ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></GetCallerIdentityResponse>',
  );
});

test('an ec2 operation without an output answers that it was done', () => {
  const { answer } = exchange('ec2', form('Action=DeleteVpc&VpcId=vpc-1'), {});

  expect(answer.body).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>' +
      '<DeleteVpcResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15">' +
      '<requestId>r-1</requestId><return>true</return></DeleteVpcResponse>',
  );
});

test('ec2 writes milliseconds even when they are zero, the other query services do not', () => {
  const date = new Date('2026-01-01T00:00:00Z');
  const ec2 = exchange('ec2', form('Action=DescribeKeyPairs'), {
    KeyPairs: [{ CreateTime: date }],
  });
  const iam = exchange('iam', form('Action=GetRole'), { Role: { CreateDate: date } });

  expect(ec2.answer.body).toContain('<createTime>2026-01-01T00:00:00.000Z</createTime>');
  expect(iam.answer.body).toContain('<CreateDate>2026-01-01T00:00:00Z</CreateDate>');
});

test.each(['Action=NoSuchOperation', '', 'XAction=DeleteVpc'])('%j fits no operation', (body) => {
  expect(wireFor(modelOf('ec2')).identify(form(body))).toBeUndefined();
});
