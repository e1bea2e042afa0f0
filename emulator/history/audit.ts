import { openCall } from '../calls';
import type { Core } from '../core';
import { rootOf } from '../principal';
import type { Recorded } from './recorded';

/** Hands a call to the services that audit, in accounts where they have something to watch over. */
export function audit(core: Core, recorded: Recorded): void {
  for (const { name, audits } of core.services.cards) {
    if (!audits) continue;
    const stores = [...core.stores.ofService(name)];
    if (!stores.some((key) => key.startsWith(`${recorded.accountId}/`))) continue;
    core.feed.background(() => hear(core, name, recorded));
  }
}

async function hear(core: Core, name: string, recorded: Recorded): Promise<void> {
  const service = core.services.load(name);
  if (!service?.definition.onCall) return;
  const { region, accountId } = recorded;
  const caller = { principal: rootOf(accountId) };
  const call = openCall(core, { service, operation: 'onCall', region, caller });
  try {
    await service.definition.onCall(recorded, call);
  } finally {
    call.finish();
  }
}
