import { spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline/promises';
import type { Finding } from '../../checker/doctor';
import { LearnerError } from '../../lib/errors';
import { shown } from '../../lib/home';
import { allowedAccounts, allowList } from '../../lib/targets/aws';
import type { Session } from './session';

/** What is so of this machine, whatever the lab. */
export const machineFindings = (): Finding[] => [node(), python(), sandboxes()];

/** What the lab itself wants to know of the account. */
export async function labFindings({ lab, short, target, clients }: Session): Promise<Finding[]> {
  const { name, accountId, connection } = target;
  const place = { target: name, accountId, region: connection.region, lab: short };
  const where = `${name}: account ${accountId}, Region ${place.region}.`;
  // The clients load themselves when they are asked for, which a spread would do for all.
  const surroundings = Object.assign(Object.create(clients) as typeof clients, place);
  return [{ verdict: 'fine', seen: where }, ...((await lab.doctor?.(surroundings)) ?? [])];
}

/** Before anything is deployed: stops at what the lab does not start with, unless it is accepted. */
export async function requireFit(session: Session, accepted: string | undefined): Promise<void> {
  for (const finding of await labFindings(session)) {
    if (finding.verdict !== 'stop') continue;
    const { seen, advice = '', accept } = finding;
    if (accept !== undefined && (accepted ?? (await typed(session, finding))) === accept) continue;
    const all = accept === undefined ? '' : `, or go on with --accept ${accept}`;
    throw new LearnerError('ACCOUNT_NOT_FIT', [seen, `${advice}${all}`]);
  }
}

async function typed({ terminal }: Session, { seen, advice }: Finding) {
  if (!process.stdin.isTTY) return undefined;
  terminal.note(`${seen}\n${advice ?? ''}`);
  const questions = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await questions.question('Type their number to go on all the same: ')).trim();
  } finally {
    questions.close();
  }
}

const node = (): Finding => ({ verdict: 'fine', seen: `Node.js ${process.version}.` });

/** Scripts of runbooks and functions in Python run on this machine's own. */
function python(): Finding {
  const { status, error } = spawnSync('python3', ['-c', 'import boto3']);
  if (status === 0) return { verdict: 'fine', seen: 'python3 is there, with boto3.' };
  const advice =
    'on the emulator, tasks that you solve with aws:executeScript are not gradable without it; any other way is';
  const seen = error ? 'python3 is not there.' : 'python3 is there, but has no boto3.';
  return { verdict: 'note', seen, advice };
}

/** The accounts of AWS in which labs may do as they like. */
function sandboxes(): Finding {
  const accounts = allowedAccounts();
  const file = shown(allowList());
  if (accounts.length > 0) {
    return { verdict: 'fine', seen: `${file} allows labs in ${accounts.join(', ')}.` };
  }
  const advice = `labs run on AWS only in accounts that you name as sandboxes: {"allowedAccounts": ["123456789012"]} in ${file}`;
  return { verdict: 'note', seen: 'No account of AWS is on the allow-list.', advice };
}
