import type { Core } from '../core';
import { readFault } from '../faults/requested';
import { bad, type Route } from './route';

/** `/_lab/faults`: set one, list them, clear one (by its id) or all. */
export const faultRoutes = (core: Core): Record<string, Route> => ({
  'GET /_lab/faults': () => ({ body: core.faults.list() }),
  'POST /_lab/faults': (body) => {
    const fault = readFault(
      body,
      core.services.cards.map((card) => card.name),
    );
    return typeof fault === 'string' ? bad(fault) : { body: core.faults.set(fault) };
  },
  'DELETE /_lab/faults': ({ id }) => {
    const wanted = typeof id === 'string' ? id : undefined;
    const removed = core.faults.clear(wanted);
    return wanted !== undefined && removed === 0
      ? { status: 404, body: { error: `there is no fault "${wanted}"` } }
      : { body: { removed } };
  },
});
