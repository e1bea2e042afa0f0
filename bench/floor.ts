import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer, ask, bodyOf, kindOf } from './upstream';

// A child of the bench: answers each kind of request with what the emulator answered the first time.
const known = new Map<string, Answer>();

const server = createServer(async (message, response) => {
  const body = await bodyOf(message);
  const kind = kindOf(message, body);
  let answer = known.get(kind);
  if (!answer) known.set(kind, (answer = await ask(message, body)));
  response.writeHead(answer.status, { ...answer.headers });
  response.end(answer.body);
});

server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on('disconnect', () => server.close());
