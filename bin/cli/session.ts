import { createInterface } from 'node:readline/promises';
import type { Clients } from '../../checker/account';
import { lazyClients } from '../../checker/clients';
import type { Lab } from '../../checker/lab';
import { findLab, type LabFolder } from '../../lib/discover';
import { LearnerError } from '../../lib/errors';
import { openTarget, targetNameOf } from '../../lib/targets/open';
import type { Target } from '../../lib/targets/target';
import type { Terminal } from '../../lib/terminal';
import type { Invocation } from './command';
import { loadLab } from './lab';

/** A lab on a target: what most commands work with. */
export interface Session {
  folder: LabFolder;
  /** `lab-05` */
  short: string;
  lab: Lab;
  target: Target;
  clients: Clients;
  terminal: Terminal;
}

type LabInvocation = Invocation<'target' | 'profile'>;

/** Opens the lab and the target that a command line names; the emulator starts if it must. */
export async function openSession(invocation: LabInvocation): Promise<Session> {
  const { terminal } = invocation;
  const folder = findLab(invocation.positionals[0] ?? '');
  const lab = loadLab(folder);
  const name = targetNameOf(invocation.text('target') ?? 'emulator');
  if (!lab.targets.includes(name)) {
    throw new LearnerError('TARGET_NOT_SUPPORTED', [folder.short, name, lab.targets.join(', ')]);
  }
  const target = await openTarget({
    name,
    profile: invocation.text('profile'),
    onStart: () => terminal.progress('starting the emulator'),
  });
  const clients = lazyClients(target.connection);
  return { folder, short: folder.short, lab, target, clients, terminal };
}

/** Before money is spent: names the price on AWS and wants a yes. */
export async function confirmCost({ lab, target, terminal }: Session, yes: boolean): Promise<void> {
  if (target.name !== 'aws') return;
  const { usdPerHour, source, checked } = lab.cost;
  const cost = `this lab costs about ${usdPerHour} USD an hour (${(usdPerHour * 24).toFixed(2)} a day) in account ${target.accountId}`;
  terminal.note(`${cost}; source: ${source}, ${checked}`);
  if (yes) return;
  if (!process.stdin.isTTY || !(await answersYes()))
    throw new LearnerError('COST_NOT_CONFIRMED', [cost]);
}

async function answersYes(): Promise<boolean> {
  const questions = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await questions.question('Deploy it? [y/N] ')).trim());
  } finally {
    questions.close();
  }
}
