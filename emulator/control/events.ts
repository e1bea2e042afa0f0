import type { ServerResponse } from 'node:http';
import type { Core } from '../core';
import type { Happening } from '../watch';

/**
 * `GET /_lab/events`: what happens from now on, as server-sent events named `call` and `change`;
 * `?kind=change` leaves the others out. Ends when the client goes away.
 */
export function streamEvents(core: Core, response: ServerResponse, query: string): void {
  const wanted = new URLSearchParams(query).get('kind');
  const watch = (happening: Happening) => {
    if (wanted !== null && wanted !== happening.kind) return;
    response.write(`event: ${happening.kind}\ndata: ${JSON.stringify(happening)}\n\n`);
  };
  core.watchers.add(watch);
  response.once('close', () => core.watchers.delete(watch));
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  // The head goes out at once, so that the client knows that it misses nothing from here on.
  response.write(': listening\n\n');
}
