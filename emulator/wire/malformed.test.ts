import { AwsError } from '../errors';
import { modelOf, wireFor } from '.';
import type { WireRequest } from '.';

const bytes = (text: string) => new TextEncoder().encode(text);

const json = (target: string, body: string | Uint8Array): WireRequest => ({
  method: 'POST',
  path: '/',
  query: '',
  headers: { 'x-amz-target': target },
  body: typeof body === 'string' ? bytes(body) : body,
});

const form = (body: string | Uint8Array): WireRequest => ({
  method: 'POST',
  path: '/',
  query: '',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: typeof body === 'string' ? bytes(body) : body,
});

const http = (method: string, uri: string, body: string | Uint8Array = ''): WireRequest => {
  const [path = '', query = ''] = uri.split('?');
  return { method, path, query, headers: {}, body: typeof body === 'string' ? bytes(body) : body };
};

function read(service: string, request: WireRequest) {
  const wire = wireFor(modelOf(service));
  const operation = wire.identify(request);
  if (!operation) throw new Error('fits no operation');
  return wire.decode(operation, request);
}

function refusal(service: string, request: WireRequest) {
  try {
    return read(service, request);
  } catch (error) {
    const { name, message } = error as AwsError;
    return [error instanceof AwsError, name, message];
  }
}

test.each([
  ['{', 'Could not parse request body into json.'],
  ['', 'Could not parse request body into json.'],
  ['[]', 'Start of list found where not expected'],
  ['"x"', 'Unexpected field type'],
  ['null', 'Unexpected field type'],
  ['{"Name":1}', 'NUMBER_VALUE can not be converted to a String'],
  ['{"Name":true}', 'TRUE_VALUE can not be converted to a String'],
  ['{"Name":{}}', 'Start of structure or map found where not expected.'],
  ['{"Name":[]}', 'Start of list found where not expected'],
  ['{"WithDecryption":"x"}', 'STRING_VALUE can not be converted to a Boolean'],
])('JSON %s is refused', (body, message) => {
  expect(refusal('ssm', json('AmazonSSM.GetParameter', body))).toEqual([
    true,
    'SerializationException',
    message,
  ]);
});

test.each([
  ['{"Names":"x"}', 'Unexpected field type'],
  ['{"Names":{}}', 'Start of structure or map found where not expected.'],
])('JSON %s where a list stands is refused', (body, message) => {
  expect(refusal('ssm', json('AmazonSSM.GetParameters', body))).toEqual([
    true,
    'SerializationException',
    message,
  ]);
});

test('JSON null counts as absent, in lists too', () => {
  const body = '{"Names":[null,"a"],"WithDecryption":null,"Unknown":1}';

  expect(read('ssm', json('AmazonSSM.GetParameters', body))).toEqual({ Names: ['a'] });
});

test('a JSON map keeps a key __proto__ as a key', () => {
  const body = '{"QueueName":"q","Attributes":{"__proto__":"x"}}';
  const input = read('sqs', json('AmazonSQS.CreateQueue', body)) as { Attributes: object };

  expect(Object.entries(input.Attributes)).toEqual([['__proto__', 'x']]);
});

const syntaxError = 'The query string contains a syntax error.';

test.each([
  ['PolicyArns=x', 'MalformedInput', 'Unexpected list element termination'],
  ['PolicyArns.member.1=x', 'MalformedInput', 'Unexpected complex element termination'],
  ['PolicyArns.member.x=y', 'MalformedInput', 'Unexpected list element termination'],
  ['RoleArn.a=x', 'MalformedInput', 'Start of structure or map found where not expected.'],
  [
    'DurationSeconds=constructor',
    'MalformedInput',
    "Invalid value 'constructor' for DurationSeconds",
  ],
  ['RoleArn=%zz', 'MalformedQueryString', syntaxError],
])('a form with %s is refused', (parameters, name, message) => {
  expect(refusal('sts', form(`Action=AssumeRole&${parameters}`))).toEqual([true, name, message]);
});

test.each([
  ['60,000 parameters', '&a=1'.repeat(60_000)],
  ['1,000 steps', `&a${'.a'.repeat(1_000)}=1`],
])('a form of %s, which would become a huge tree, is refused', (_size, parameters) => {
  expect(refusal('sts', form(`Action=AssumeRole${parameters}`))).toEqual([
    true,
    'MalformedQueryString',
    syntaxError,
  ]);
});

test('a list in a form is read in the order of its numbers, gaps and all', () => {
  const body = 'Action=DescribeVpcs&VpcId.10=c&VpcId.2=b&VpcId.1=a';

  expect(read('ec2', form(body))).toEqual({ VpcIds: ['a', 'b', 'c'] });
});

test('an empty list in a form is a list', () => {
  expect(read('cloudformation', form('Action=CreateStack&StackName=s&Parameters='))).toEqual({
    StackName: 's',
    Parameters: [],
  });
});

const malformedXml =
  'The XML you provided was not well-formed or did not validate against our published schema';

test.each([
  '<Tagging>',
  '<Tagging></Other>',
  '<Tagging/><Tagging/>',
  'Tagging',
  '<Other/>',
  '<Tagging>&unknown;</Tagging>',
  '<Tagging>&amp</Tagging>',
  '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Tagging>&e;</Tagging>',
  '<Tagging><TagSet><Tag><Key><b/></Key></Tag></TagSet></Tagging>',
])('XML %s is refused', (body) => {
  expect(refusal('s3', http('PUT', '/bucket?tagging', body))).toEqual([
    true,
    'MalformedXML',
    malformedXml,
  ]);
});

test.each([
  ['an endless comment', `<!--${'-'.repeat(1_000_000)}`],
  ['300,000 open tags', '<a>'.repeat(300_000)],
  ['300,000 attributes', `<a ${'b="c" '.repeat(300_000)}`],
])('XML with %s is refused', (_what, body) => {
  expect(refusal('s3', http('PUT', '/bucket?tagging', body))).toEqual([
    true,
    'MalformedXML',
    malformedXml,
  ]);
});

test('XML beyond what S3 takes is refused', () => {
  expect(refusal('s3', http('PUT', '/bucket?tagging', new Uint8Array(5_000_000)))).toEqual([
    true,
    'MaxMessageLengthExceeded',
    'Your request was too big.',
  ]);
});

test('XML with prefixes, CDATA, comments and entities is read', () => {
  const body =
    '<?xml version="1.0"?><!-- c --><s:Tagging xmlns:s="x"><s:TagSet><Tag><Key><![CDATA[<a>]]></Key>' +
    '<Value>&#x41;&lt;b&gt;</Value></Tag></s:TagSet></s:Tagging>';

  expect(read('s3', http('PUT', '/bucket?tagging', body))).toEqual({
    Bucket: 'bucket',
    Tagging: { TagSet: [{ Key: '<a>', Value: 'A<b>' }] },
  });
});

test.each([
  [
    '/bucket?list-type=2&max-keys=many',
    'InvalidArgument',
    'Provided max-keys not an integer or within integer range',
  ],
  ['/bucket/%zz', 'InvalidURI', "Couldn't parse the specified URI."],
])('S3 %s is refused', (uri, name, message) => {
  expect(refusal('s3', http('GET', uri))).toEqual([true, name, message]);
});

/** Numbers from 0 to 1 that come the same on every run. */
function seeded(seed: number) {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** A body with some of its bytes changed, dropped or repeated. */
function mutated(body: string, random: () => number): Uint8Array {
  const out = [...bytes(body)];
  const interesting = [0, 0x22, 0x25, 0x26, 0x2e, 0x3c, 0x3d, 0x3e, 0x5b, 0x5d, 0x7b, 0x7d, 0xff];
  const changes = 1 + Math.floor(random() * 4);
  for (let change = 0; change < changes; change++) {
    const at = Math.floor(random() * out.length);
    const byte = interesting[Math.floor(random() * interesting.length)] ?? 0;
    const action = random();
    if (action < 0.4) out[at] = byte;
    else if (action < 0.6) out.splice(at, 1);
    else if (action < 0.8) out.splice(at, 0, byte);
    else out.splice(at, 0, ...out.slice(at, at + Math.floor(random() * 20)));
  }
  return new Uint8Array(out);
}

const tagging = '<Tagging><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tagging>';

test.each<[string, (random: () => number) => WireRequest]>([
  [
    'ssm',
    (r) =>
      json(
        'AmazonSSM.PutParameter',
        mutated('{"Name":"a","Tags":[{"Key":"k","Value":"v"}],"Overwrite":true}', r),
      ),
  ],
  [
    'sqs',
    (r) =>
      json(
        'AmazonSQS.SendMessage',
        mutated(
          '{"MessageBody":"a","DelaySeconds":1,"MessageAttributes":{"a":{"BinaryValue":"AAEC"}}}',
          r,
        ),
      ),
  ],
  [
    'sts',
    (r) =>
      form(mutated('Action=AssumeRole&RoleArn=a&PolicyArns.member.1.arn=b&DurationSeconds=900', r)),
  ],
  [
    'ec2',
    (r) => form(mutated('Action=DescribeVpcs&Filter.1.Name=a&Filter.1.Value.1=b&MaxResults=5', r)),
  ],
  [
    'sqs',
    (r) =>
      form(mutated('Action=CreateQueue&QueueName=q&Attribute.1.Name=a&Attribute.1.Value=b', r)),
  ],
  [
    'lambda',
    (r) =>
      http(
        'POST',
        '/2015-03-31/functions',
        mutated(
          '{"FunctionName":"f","Code":{"ZipFile":"AAEC"},"MemorySize":128,"Tags":{"a":"b"}}',
          r,
        ),
      ),
  ],
  ['s3', (r) => http('PUT', '/bucket?tagging', mutated(tagging, r))],
  [
    's3',
    (r) => ({
      ...http(
        'PUT',
        '/bucket/key',
        mutated('5;a=b\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n', r),
      ),
      headers: { 'content-encoding': 'aws-chunked', 'x-amz-trailer': 'x-amz-checksum-crc32' },
    }),
  ],
])(
  '2,000 garbled requests to %s are read or refused with a 4xx, never a crash',
  (service, make) => {
    const wire = wireFor(modelOf(service));
    const random = seeded(42);
    let refused = 0;
    for (let round = 0; round < 2_000; round++) {
      const request = make(random);
      try {
        const operation = wire.identify(request);
        if (operation) wire.decode(operation, request);
      } catch (error) {
        const answer = wire.encodeError(error as Error, 'r', request);
        expect([error instanceof AwsError, answer.status >= 400 && answer.status < 500]).toEqual([
          true,
          true,
        ]);
        // The guard's own text stands for an error that no reader foresaw.
        expect((error as AwsError).message).not.toBe('The request could not be read.');
        refused++;
      }
    }

    expect(refused).toBeGreaterThan(20);
  },
);
