import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from '../../checker/account';
import { connect } from '../../checker/connect';
import type { Release } from '../../checker/lab';
import { LearnerError } from '../../lib/errors';
import { defineCommand } from '../cli/command';
import { requireStarted } from '../cli/deploy';
import { targetOptions } from '../cli/options';
import { openSession, type Session } from '../cli/session';

export default defineCommand({
  summary: 'Push a release by hand and watch how far it comes',
  usage: 'lab release <lab> <kind>',
  details:
    'Takes the release that `lab deploy` delivered last, changes it as the kind says (lab-01: good, dead, poisoned), puts it, approves it and shows stages, weights and alarms as they move. Exit code 0 when it ended as such a release should, 1 when it did not. What lay there before is put back at the end.',
  options: {
    'fast-forward': { type: 'boolean', help: "move the emulator's clock on instead of waiting" },
    ...targetOptions,
  },
  async run(invocation) {
    const session = await openSession(invocation);
    const release = releaseOf(session, invocation.positionals[1] ?? '');
    await requireStarted(session);
    const account = await connect(session.target, session.short);
    await release.push(account);
    const isFast = invocation.flag('fast-forward') && session.target.name === 'emulator';
    try {
      return (await watch(session, { account, release, isFast })) ? 0 : 1;
    } finally {
      await release.putBack(account);
    }
  },
});

// --- internal ---

function releaseOf({ lab, short }: Session, kind: string): Release {
  const releases = lab.releases ?? {};
  const found = releases[kind];
  if (found) return found;
  const known = Object.entries(releases).map(([name, { summary }]) => `${name} (${summary})`);
  throw new LearnerError('RELEASE_UNKNOWN', [kind, short, known.join(', ')]);
}

/** A hook may take an hour, and then CloudFormation takes it back. */
const longest = 3 * 3600_000;

async function watch(
  { target, terminal }: Session,
  { account, release, isFast }: { account: Account; release: Release; isFast: boolean },
): Promise<boolean> {
  const { clock } = target;
  const until = clock.now().getTime() + longest;
  let known = new Set<string>();
  while (clock.now().getTime() < until) {
    await release.help(account);
    const { lines, ended } = await release.look(account);
    const time = clock.now().toISOString().slice(11, 19);
    for (const line of lines) if (!known.has(line)) terminal.print(`${time}  ${line}`);
    known = new Set(lines);
    if (ended) {
      terminal.print(terminal.paint(ended.well ? 'green' : 'red', ended.how));
      return ended.well;
    }
    await (isFast ? clock.pass(fastStep) : sleep(2000));
  }
  terminal.print(terminal.paint('red', 'It has not come to an end in three hours.'));
  return false;
}

const fastStep = 30_000;
