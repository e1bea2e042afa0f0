import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

// A child of the bench: answers each kind of request with what the emulator answered the first time.
const upstream = Number(process.env['BENCH_UPSTREAM']);
const known = new Map<string, { status: number; headers: object; body: Buffer }>();

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function ask({ method, url, headers }: IncomingMessage, body: Buffer) {
  const options = { host: '127.0.0.1', port: upstream, method, path: url, headers };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(options, resolve).on('error', reject).end(body);
  });
  return {
    status: response.statusCode ?? 500,
    headers: response.headers,
    body: await bodyOf(response),
  };
}

const server = createServer(async (message, response) => {
  const body = await bodyOf(message);
  const action = /Action=\w+/.exec(body.toString('latin1', 0, 100))?.[0];
  const key = [message.method, message.url, message.headers['x-amz-target'], action].join(' ');
  let answer = known.get(key);
  if (!answer) known.set(key, (answer = await ask(message, body)));
  response.writeHead(answer.status, { ...answer.headers });
  response.end(answer.body);
});

server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on('disconnect', () => server.close());
