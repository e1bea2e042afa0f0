import { connect } from '../../checker/connect';
import { deleteStack, findStack, resourceIds } from '../../lib/deploy/stacks';
import { missingFrom, readInventory, type Inventory } from '../../lib/inventory';
import { readBaseline } from '../cli/baseline';
import { defineCommand } from '../cli/command';
import { bothStacks } from '../cli/deploy';
import { jsonOption, targetOptions } from '../cli/options';
import { openSession, type Session } from '../cli/session';
import { forgetDrills, undoDrills } from '../cli/undo';

export default defineCommand({
  summary: 'Delete all of a lab and prove that nothing is left',
  usage: 'lab destroy <lab>',
  details:
    'Reads the account with List and Describe calls afterwards. Your files in work/<lab> are kept.',
  options: { ...targetOptions, ...jsonOption },
  async run(invocation) {
    const session = await openSession(invocation);
    const owned = await deleteLab(session);
    const left = await leftBehind(await readInventory(session.clients), owned, session);
    const deleted = owned.stacks;
    if (invocation.flag('json')) session.terminal.print(JSON.stringify({ deleted, left }, null, 2));
    else report(deleted, left, session);
    return left.length === 0 ? 0 : 1;
  },
});

interface Owned {
  stacks: string[];
  ids: Set<string>;
}

async function deleteLab(session: Session): Promise<Owned> {
  const { clients, lab, target, short, terminal } = session;
  const owned: Owned = { stacks: [], ids: new Set() };
  for (const stack of bothStacks(session)) {
    if (!(await findStack(clients.cloudformation, stack))) continue;
    for (const id of await resourceIds(clients.cloudformation, stack)) owned.ids.add(id);
    // The work stack imports from the scene: last deployed, first deleted.
    owned.stacks.unshift(stack);
  }
  if (owned.stacks.length > 0) await undoDrills(session);
  if (owned.stacks.length > 0 && lab.cleanUp) {
    terminal.progress('undoing what the lab left outside of its stacks');
    await lab.cleanUp(await connect(target, short));
  }
  for (const stack of owned.stacks) {
    terminal.progress(`deleting ${stack}`);
    await deleteStack(clients.cloudformation, stack);
  }
  forgetDrills(session);
  return owned;
}

/**
 * What is there now and was not before the lab, apart from what other stacks own; without a noted
 * baseline, what the lab's own stacks had made.
 */
async function leftBehind(now: Inventory, owned: Owned, session: Session): Promise<Inventory> {
  const baseline = readBaseline(session);
  if (!baseline) return now.filter((line) => owned.ids.has(idOf(line)));
  const others = new Set(await idsOfOtherStacks(session));
  return missingFrom(baseline, now).filter((line) => !others.has(idOf(line)));
}

/** Stacks that were made since, their exports and their resources. */
async function idsOfOtherStacks({ clients: { cloudformation } }: Session): Promise<string[]> {
  const { Stacks = [] } = await cloudformation.describeStacks({});
  const names = Stacks.flatMap(({ StackName }) => StackName ?? []);
  const exported = Stacks.flatMap(({ Outputs = [] }) =>
    Outputs.flatMap(({ ExportName }) => ExportName ?? []),
  );
  const ids = await Promise.all(names.map((name) => resourceIds(cloudformation, name)));
  return [...names, ...exported, ...ids.flat()];
}

const idOf = (line: string): string => line.slice(line.lastIndexOf(' ') + 1);

function report(deleted: string[], left: Inventory, { short, target, terminal }: Session): void {
  const { paint, print } = terminal;
  print(deleted.length > 0 ? `Deleted ${deleted.join(', ')}.` : `No stack of ${short} was there.`);
  if (left.length === 0) {
    print(`${paint('green', 'Nothing left')}: ${target.name} holds nothing of ${short} any more.`);
    return;
  }
  print(
    `${paint('red', `${left.length} left`)} that ${short}'s stacks did not own; delete by hand:`,
  );
  for (const line of left) print(`  ${line}`);
}
