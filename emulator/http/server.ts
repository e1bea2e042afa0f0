import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Core } from '../core';
import type { Control } from '../control/control';
import { streamEvents } from '../control/events';
import type { WireResponse } from '../wire';
import { readBody } from './body';
import { refusal } from './guard';

/** How long a client may take to send one request, the largest object included. */
const defaultPatience = 120_000;

const hasCode = (error: Error, code: string) => 'code' in error && error.code === code;

/** HTTP on loopback: guards a request before its body is read, then hands it to the emulator. */
export function createHttpServer(
  core: Core,
  control: Control,
  patienceMs = defaultPatience,
): Server {
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      if (isStream(request)) return streamEvents(core, response, splitUrl(request.url ?? '')[1]);
      send(response, request, await respond(request, core, control));
    } catch (error) {
      // The client went away while its body was read, or before its answer was written.
      core.log(`connection: ${String(error)}`);
      response.destroy();
    }
  }

  const limits = {
    requestTimeout: patienceMs,
    headersTimeout: Math.min(patienceMs, 60_000),
    connectionsCheckingInterval: Math.min(patienceMs / 4, 30_000),
    keepAliveTimeout: 60_000,
  };
  const server = createServer(limits, (request, response) => void serve(request, response));
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    if (refusal(request) === undefined) response.writeContinue();
    void serve(request, response);
  });
  server.on('clientError', (error, socket) => {
    const status = hasCode(error, 'ERR_HTTP_REQUEST_TIMEOUT')
      ? '408 Request Timeout'
      : '400 Bad Request';
    if (socket.writable) {
      socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
    }
  });
  return server;
}

const isStream = (request: IncomingMessage): boolean =>
  request.method === 'GET' &&
  splitUrl(request.url ?? '')[0] === '/_lab/events' &&
  refusal(request) === undefined;

async function respond(
  request: IncomingMessage,
  core: Core,
  control: Control,
): Promise<WireResponse> {
  const refused = refusal(request);
  if (refused !== undefined) return forbidden(refused);
  const { method = 'GET', url = '/' } = request;
  const [path, query] = splitUrl(url);
  if (/^\/_(lab|localstack)\//.test(path)) return control(request, path);
  const body = await readBody(request, isS3(request, query) ? 's3' : 'other');
  if (!body) return plain(413, 'Request Entity Too Large');
  return core.handle({ method, path, query, headers: flatHeaders(request), body });
}

/** The body was not read, so the connection cannot be used again. */
function forbidden(why: string): WireResponse {
  const answer = plain(403, why);
  return { ...answer, headers: { ...answer.headers, connection: 'close' } };
}

function splitUrl(url: string): [string, string] {
  const mark = url.indexOf('?');
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}

function isS3({ headers }: IncomingMessage, query: string): boolean {
  if (headers['x-amz-target'] !== undefined) return false;
  const scope = headers.authorization ?? query;
  return /\/s3(\/|%2F)aws4_request/i.test(scope) || headers.authorization === undefined;
}

/** Repeated headers joined as HTTP allows. */
function flatHeaders({ headers }: IncomingMessage): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return flat;
}

const plain = (status: number, text: string): WireResponse => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: `${text}\n`,
});

/** Head and body in one write (a string body joins the head): two would cost a system call more. */
function send(
  response: ServerResponse,
  request: IncomingMessage,
  { status, headers, cookies, body }: WireResponse,
): void {
  const isHead = request.method === 'HEAD';
  if (!(isHead && headers['content-length'] !== undefined)) {
    headers['content-length'] = String(Buffer.byteLength(body));
  }
  response.writeHead(status, cookies ? { ...headers, 'set-cookie': cookies } : headers);
  response.end(isHead ? undefined : body);
}
