import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer, ask, bodyOf, kindOf } from './upstream';

// A child of the bench: passes a whole sequence of requests on to the emulator, and from the first
// `rewind` on answers the same sequence again and again with what it was told then.
const recorded = new Map<string, { answers: Answer[]; next: number }>();
let isRecording = true;

const server = createServer(async (message, response) => {
  const body = await bodyOf(message);
  const kind = kindOf(message, body);
  const track = recorded.get(kind) ?? { answers: [], next: 0 };
  recorded.set(kind, track);
  if (isRecording) track.answers.push(await ask(message, body));
  const answer = track.answers[track.next++ % track.answers.length];
  if (!answer) throw new Error(`nothing was recorded for ${kind}`);
  response.writeHead(answer.status, { ...answer.headers });
  response.end(answer.body);
});

server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on('message', () => {
  isRecording = false;
  for (const track of recorded.values()) track.next = 0;
});
process.on('disconnect', () => server.close());
