import { sceneStack } from '../../lib/deploy/app';
import { findStack } from '../../lib/deploy/stacks';
import { readJson, writeJson } from '../../lib/files';
import { labFile } from '../../lib/home';
import { readInventory, type Inventory } from '../../lib/inventory';
import type { Session } from './session';

/**
 * Notes what the account holds before a lab is first deployed there, for `destroy` to compare
 * with. Answers nothing when the lab is there already.
 */
export async function noteBaseline(session: Session): Promise<Inventory | undefined> {
  const { clients, folder } = session;
  if (await findStack(clients.cloudformation, sceneStack(folder))) return undefined;
  const baseline = await readInventory(clients);
  writeJson(baselineFile(session), baseline);
  return baseline;
}

/** What the account held before the lab, if that was noted. */
export function readBaseline(session: Session): Inventory | undefined {
  const noted = readJson(baselineFile(session), isInventory);
  return noted === 'damaged' ? undefined : noted;
}

/** Parameters of the scene that depend on what the account holds already. */
export const sceneParameters = ({ lab }: Session, baseline: Inventory): Record<string, string> =>
  lab.sceneParameters?.(baseline) ?? {};

const baselineFile = ({ short, target }: Session): string =>
  labFile('baseline', `${short}-${target.name}-${target.accountId}.json`);

const isInventory = (value: unknown): value is Inventory =>
  Array.isArray(value) && value.every((line) => typeof line === 'string');
