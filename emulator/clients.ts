import { buildQueryString, HttpResponse } from '@smithy/core/protocols';
import { Readable } from 'node:stream';
import type { Core } from './core';
import { type Caller, sessionOf } from './principal';
import type { WireRequest, WireResponse } from './wire';

/** Clients kept at most; each role session has one of its own. */
const kept = 500;

interface Place {
  caller: Caller;
  region: string;
}

export interface Clients {
  /** An aggregated SDK client by the service's folder name, made once for a caller and Region. */
  of(service: string, place: Place): unknown;
  /** AssumeRole as a service, so that the role's trust policy decides. */
  assume(roleArn: string, as: Place & { sessionName: string }): Promise<Caller>;
}

interface StsClient {
  assumeRole(input: { RoleArn: string; RoleSessionName: string }): Promise<unknown>;
}

/** SDK clients whose requests never leave the process and are not signed. */
export function createClients(core: () => Core): Clients {
  const clients = new Map<string, unknown>();

  function of(name: string, place: Place): unknown {
    const key = [name, place.region, JSON.stringify(place.caller)].join('|');
    const known = clients.get(key);
    if (known) return known;
    const service = core().services.load(name);
    if (!service) throw new Error(`no service folder is called ${name}`);
    const made = new service.definition.client(
      inProcessConfiguration(place.region, (request) =>
        core().handle(request, { service, isInside: true, ...place }),
      ) as never,
    );
    clients.set(key, made);
    if (clients.size > kept) clients.delete(clients.keys().next().value ?? '');
    return made;
  }

  return {
    of,
    async assume(roleArn, { sessionName, ...place }) {
      await (of('sts', place) as StsClient).assumeRole({
        RoleArn: roleArn,
        RoleSessionName: sessionName,
      });
      return { principal: sessionOf(roleArn, sessionName) };
    },
  };
}

/** Configuration of an SDK client that talks to `answer` instead of to the network. */
export function inProcessConfiguration(
  region: string,
  answer: (request: WireRequest) => Promise<WireResponse>,
): Record<string, unknown> {
  return {
    region,
    endpoint: 'http://127.0.0.1',
    credentials: { accessKeyId: 'in-process', secretAccessKey: 'in-process' },
    signer: { sign: async (request: unknown) => request },
    maxAttempts: 1,
    forcePathStyle: true,
    useQueueUrlAsEndpoint: false,
    requestHandler: {
      async handle(request: SdkRequest) {
        const response = await answer(await toWireRequest(request));
        return { response: toSdkResponse(response) };
      },
    },
  };
}

/** An SDK's HttpRequest, as far as we read it. */
interface SdkRequest {
  method: string;
  path: string;
  query?: Record<string, string | string[] | null>;
  headers: Record<string, string>;
  body?: unknown;
}

/** What HTTP would have carried. */
async function toWireRequest(request: SdkRequest): Promise<WireRequest> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) headers[name.toLowerCase()] = value;
  return {
    method: request.method,
    path: request.path,
    query: buildQueryString((request.query ?? {}) as never),
    headers,
    body: await toBytes(request.body),
  };
}

async function toBytes(body: unknown): Promise<Uint8Array> {
  if (body === undefined || body === null) return new Uint8Array();
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof Uint8Array) return body;
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function toSdkResponse({ status, headers, body }: WireResponse): HttpResponse {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  return new HttpResponse({ statusCode: status, headers, body: Readable.from([bytes]) });
}
