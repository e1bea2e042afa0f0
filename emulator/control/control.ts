import type { IncomingMessage } from 'node:http';
import type { Core } from '../core';
import { readBody } from '../http/body';
import type { WireResponse } from '../wire';
import { toMilliseconds } from './duration';
import { faultRoutes } from './faults';
import { type Answer, bad, type Body, type Route } from './route';

/** Answers `/_lab/…`, which is no AWS API and does not count as work in flight. */
export type Control = (request: IncomingMessage, path: string) => Promise<WireResponse>;

/** The control API: health, reset, clock and faults. */
export function createControl(core: Core, identity: { version: string; reset: Reset }): Control {
  const health = () => ({
    product: 'dop-labs',
    version: identity.version,
    pid: process.pid,
    clock: clockOf(core),
    iam: core.iam,
    services: core.services.cards.map((card) => card.name),
  });
  const routes: Record<string, Route> = {
    'GET /_lab/health': () => ({ body: health() }),
    'GET /_localstack/health': () => ({ body: localstackHealth(core, identity.version) }),
    'GET /_lab/clock': () => ({ body: clockOf(core) }),
    'POST /_lab/clock': (body) => moveClock(core, body),
    'POST /_lab/reset': async (body) => {
      const { account } = body;
      if (account !== undefined && !isAccount(account)) {
        return bad('account is a 12-digit account id');
      }
      await identity.reset(account);
      return { body: { reset: account ?? 'all' } };
    },
    ...faultRoutes(core),
  };

  return async (request, path) => {
    const [, place = path, id] = /^(\/_lab\/faults)\/([\w-]+)$/.exec(path) ?? [];
    const route = routes[`${request.method} ${place}`];
    if (!route)
      return json({ status: 404, body: { error: `no such control: ${request.method} ${path}` } });
    const body = await readJson(request);
    if (!body) return json(bad('the body is not a JSON object'));
    return json(await route(id === undefined ? body : { ...body, id }));
  };
}

type Reset = (accountId: string | undefined) => Promise<void>;

const isAccount = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{12}$/.test(value);

const json = ({ status = 200, body }: Answer): WireResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: `${JSON.stringify(body)}\n`,
});

async function readJson(request: IncomingMessage): Promise<Body | undefined> {
  const bytes = await readBody(request, 'other');
  if (!bytes) return undefined;
  if (bytes.length === 0) return {};
  try {
    const body: unknown = JSON.parse(Buffer.from(bytes).toString());
    return typeof body === 'object' && body !== null ? (body as Body) : undefined;
  } catch {
    return undefined;
  }
}

const clockOf = (core: Core) => ({
  now: core.clock.now().toISOString(),
  offsetMs: core.clock.offsetMs(),
  nextDue: core.clock.nextDue()?.toISOString() ?? null,
});

/** `{"advance":"5m"}`, or `{"jump":{"withinMs":60000}}` to the next thing that is due. */
async function moveClock(core: Core, body: Body): Promise<Answer> {
  if (body['advance'] !== undefined) {
    const milliseconds = toMilliseconds(body['advance']);
    if (milliseconds === undefined) return bad('advance is a duration such as "90s" or "5m"');
    await core.clock.advance(milliseconds);
    return { body: { ...clockOf(core), moved: milliseconds > 0 } };
  }
  const within = toMilliseconds((body['jump'] as Body | undefined)?.['withinMs']);
  if (within === undefined) return bad('say {"advance":"5m"} or {"jump":{"withinMs":60000}}');
  const moved = await core.clock.jump(within);
  return { body: { ...clockOf(core), moved } };
}

const localstackHealth = (core: Core, version: string) => ({
  services: Object.fromEntries(core.services.cards.map((card) => [card.signingName, 'available'])),
  edition: 'dop-labs',
  version,
});
