import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import type { Mutant } from '../../../checker/mutant';
import type { Report } from '../../../checker/report/result';
import { emulated } from '../emulated';
import { type Learner, learnerIn, started } from './learner';
import type { LoadedLab } from './loaded';

/** Accounts in which a lab's near misses are tried, one account each. */
export interface Spoiled {
  learner: (mutant: Mutant<Stack>) => Promise<Learner>;
  /** With the untouched solution. */
  solved: () => Promise<Learner>;
  close: () => void;
}

/**
 * A near miss is an answer of its own, deployed over the starter. Where answers have files, it
 * changes the solution that runs already: a release that is wrong from the first would not get in.
 * The account with the solution is made once, and every near miss begins with a copy of it.
 */
export function spoiledAccounts(loaded: LoadedLab): Spoiled {
  const root = mkdtempSync(join(tmpdir(), 'dop-labs-proof-'));
  let solved: Promise<string> | undefined;
  let copies = 0;
  const copy = async () => {
    solved ??= solve(loaded, join(root, 'solved'));
    copies += 1;
    const folder = join(root, `copy-${copies}`);
    cpSync(await solved, folder, { recursive: true });
    return emulated({ folder });
  };
  return {
    solved: async () => learnerIn(loaded, await copy()),
    async learner(mutant) {
      const learner = loaded.files ? learnerIn(loaded, await copy()) : await started(loaded);
      await learner.answerNearMiss(mutant);
      return learner;
    },
    close: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** Runs the drill that the near miss breaks and those that it needs; a check needs none. */
export function gradeMutant(
  { checks }: LoadedLab,
  { breaks }: Mutant<Stack>,
  learner: Learner,
): Promise<Report> {
  const needed = (id: string): string[] => [
    ...(checks[id]?.needs ?? []).flatMap(needed),
    ...(checks[id]?.kind === 'drill' ? [id] : []),
  ];
  return learner.grade(checks[breaks]?.kind === 'drill', needed(breaks));
}

// --- internal ---

async function solve(loaded: LoadedLab, folder: string): Promise<string> {
  const learner = await started(loaded, emulated({ folder }));
  await learner.answer(loaded.solution());
  await learner.here.emulator.close();
  return folder;
}
