import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { createEmulator } from '..';

const emulator = createEmulator({ frozenAt: new Date('2026-01-01T00:00:00Z') });
let port = 0;

beforeAll(async () => {
  port = await emulator.listen(0);
});

afterAll(() => emulator.close());

interface Answer {
  status: number;
  headers: Record<string, unknown>;
  body: string;
}

function send(
  path: string,
  {
    method = 'GET',
    headers = {},
    body = '',
  }: { method?: string; headers?: object; body?: string | Buffer } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port, path, method, headers: { ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

const signed = (scope: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=000000000000/20260101/${scope}/aws4_request, SignedHeaders=host, Signature=00`,
});

test('health says whose emulator it is and what time it is there', async () => {
  const { status, body } = await send('/_lab/health');

  expect(status).toBe(200);
  expect(JSON.parse(body)).toMatchObject({
    product: 'dop-labs',
    clock: { now: '2026-01-01T00:00:00.000Z', offsetMs: 0 },
  });
});

test('a foreign Host is refused, so a rebound DNS name reaches nothing', async () => {
  const { status, body } = await send('/_lab/health', { headers: { host: 'evil.example:4566' } });

  expect(status).toBe(403);
  expect(body).toBe('this emulator answers on loopback only, not as "evil.example:4566"\n');
});

test.each(['https://evil.example', 'null', 'http://localhost:3000'])(
  'a web page of %s is refused',
  async (origin) => {
    const { status } = await send('/', { method: 'POST', headers: { origin } });

    expect(status).toBe(403);
  },
);

test('an image or link of another page is refused although it sends no Origin', async () => {
  const { status, body } = await send('/?Action=DeleteTopic', {
    headers: { 'sec-fetch-site': 'cross-site', referer: 'https://evil.example/' },
  });

  expect(status).toBe(403);
  expect(body).toBe('this emulator does not answer web pages of "https://evil.example/"\n');
});

test('a refused request with a body of its own never has that body read', async () => {
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(
        'PUT /bucket/key HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 1000000\r\nExpect: 100-continue\r\n\r\n',
      ),
    );
    socket.on('data', (data) => {
      resolve(data.toString());
      socket.destroy();
    });
  });

  expect(answer).toMatch(/^HTTP\/1\.1 403 /);
});

test('bytes that are not HTTP are answered with 400', async () => {
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write('\u0016\u0003\u0001garbage\r\n\r\n'),
    );
    socket.on('data', (data) => resolve(data.toString()));
  });

  expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request/);
});

test('a body of 50 MB to an API that takes small requests is answered with 413', async () => {
  const { status } = await send('/', {
    method: 'POST',
    headers: { ...signed('us-east-1/ssm'), 'x-amz-target': 'AmazonSSM.GetParameter' },
    body: Buffer.alloc(50 * 1024 * 1024, 97),
  });

  expect(status).toBe(413);
});

describe('a client that takes its time', () => {
  const hasty = createEmulator({ patienceMs: 200 });
  let hastyPort = 0;

  beforeAll(async () => {
    hastyPort = await hasty.listen(0);
  });

  afterAll(() => hasty.close());

  test.each([
    ['its head', 'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n'],
    ['its body', 'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\nAction='],
  ])('over %s is answered with 408', async (_what, beginning) => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(hastyPort, '127.0.0.1', () => socket.write(beginning));
      socket.on('data', (data) => resolve(data.toString()));
    });

    expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout/);
  });
});

test('it listens on loopback only', async () => {
  const [other] = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');
  const refused = new Promise((resolve) => {
    // 127.0.0.2 is this machine too, but not the address that it listens on.
    connect(port, other?.address ?? '127.0.0.2')
      .on('error', resolve)
      .on('connect', () => resolve('connected'));
  });

  await expect(refused).resolves.toMatchObject({ code: 'ECONNREFUSED' });
});

test('a signature scope that names another service than the target is AWS’s InvalidSignatureException', async () => {
  const { status, body } = await send('/', {
    method: 'POST',
    headers: {
      ...signed('us-east-1/ec2'),
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AmazonSSM.GetParameter',
    },
    body: '{}',
  });

  expect(status).toBe(403);
  expect(JSON.parse(body)).toEqual({
    __type: 'InvalidSignatureException',
    message: "Credential should be scoped to correct service: 'ssm'. ",
  });
});

test('a service that is not there is refused by name', async () => {
  const { status, body } = await send('/', {
    method: 'POST',
    headers: signed('us-east-1/redshift'),
  });

  expect(status).toBe(400);
  expect(body).toContain('<Message>redshift is not emulated</Message>');
});

test('an unreadable Authorization header is AWS’s IncompleteSignature', async () => {
  const { status, body } = await send('/', { headers: { authorization: 'Bearer x' } });

  expect(status).toBe(400);
  expect(body).toContain('<Code>IncompleteSignature</Code>');
});

test('the clock is moved by a duration', async () => {
  const { body } = await send('/_lab/clock', { method: 'POST', body: '{"advance":"1m30s"}' });

  expect(JSON.parse(body)).toMatchObject({ now: '2026-01-01T00:01:30.000Z', moved: true });
});

test.each(['{"advance":"soon"}', '{}', '{', '[]x'])('clock input %s is refused', async (body) => {
  const { status } = await send('/_lab/clock', { method: 'POST', body });

  expect(status).toBe(400);
});

test('/_lab/events streams calls and changes, of one kind when asked', async () => {
  const opened = new AbortController();
  const { body } = await fetch(`http://127.0.0.1:${port}/_lab/events?kind=change`, {
    signal: opened.signal,
  });
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  const read = async () => Buffer.from((await reader.read()).value ?? []).toString();
  expect(await read()).toBe(': listening\n\n');

  await send('/', {
    method: 'POST',
    headers: {
      ...signed('us-east-1/sqs'),
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'AmazonSQS.CreateQueue',
    },
    body: '{"QueueName":"seen"}',
  });

  const [event = '', data = ''] = (await read()).split('\n');
  opened.abort();
  expect(event).toBe('event: change');
  expect(JSON.parse(data.replace('data: ', ''))).toEqual({
    kind: 'change',
    at: emulator.core.clock.now().toISOString(),
    accountId: '000000000000',
    region: 'us-east-1',
    change: {
      kind: 'CREATE',
      type: 'AWS::SQS::Queue',
      id: `http://127.0.0.1:${port}/000000000000/seen`,
    },
  });
});

test('/_lab/events is not for web pages', async () => {
  const { status } = await send('/_lab/events', { headers: { origin: 'https://evil.example' } });

  expect(status).toBe(403);
});

test('an unknown control path is 404', async () => {
  const { status } = await send('/_lab/nonsense');

  expect(status).toBe(404);
});
