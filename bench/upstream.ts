import { request, type IncomingMessage } from 'node:http';

/** What the emulator behind a floor has answered. */
export interface Answer {
  status: number;
  headers: object;
  body: Buffer;
}

export async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Asks the emulator at `BENCH_UPSTREAM` the same. */
export async function ask(
  { method, url, headers }: IncomingMessage,
  body: Buffer,
): Promise<Answer> {
  const port = Number(process.env['BENCH_UPSTREAM']);
  const options = { host: '127.0.0.1', port, method, path: url, headers };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(options, resolve).on('error', reject).end(body);
  });
  return {
    status: response.statusCode ?? 500,
    headers: response.headers,
    body: await bodyOf(response),
  };
}

/** What kind of request it is: two of the same kind differ in their input only. */
export function kindOf(message: IncomingMessage, body: Buffer): string {
  const action = /Action=\w+/.exec(body.toString('latin1', 0, 100))?.[0];
  return [message.method, message.url, message.headers['x-amz-target'], action].join(' ');
}
