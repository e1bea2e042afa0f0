import { notCaught, notFresh, notPassed } from './claims';
import type { Report } from '../../../checker/report/result';
import { type Learner, started } from './learner';
import { type LoadedLab, renameAll } from './loaded';
import { gradeMutant, type Spoiled, spoiledAccounts } from './spoiled';

/** One line of a lab's proof: what was tried, and what is wrong with the verdicts, if anything. */
export interface Proved {
  lab: string;
  kind: 'fresh' | 'solution' | 'alternative' | 'mutant';
  name: string;
  /** The check that must fail, and what it must say. */
  breaks?: string;
  says?: string;
  /** Checks that were red. */
  red: string[];
  wrong: string[];
}

/** Tries a lab's untouched account, its answers and its near misses, one account each. */
export async function* prove(loaded: LoadedLab): AsyncGenerator<Proved> {
  const spoiled = spoiledAccounts(loaded);
  try {
    for (const trial of [...answersOf(loaded), ...nearMissesOf(loaded, spoiled)]) {
      const learner = await trial.account();
      const report = await trial.grade(learner);
      await learner.here.emulator.close();
      const red = report.results.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
      yield { lab: loaded.short, ...trial.about, red, wrong: trial.judge(report) };
    }
  } finally {
    spoiled.close();
  }
}

// --- internal ---

interface Trial {
  about: Pick<Proved, 'kind' | 'name' | 'breaks' | 'says'>;
  /** An account with the answer in it. */
  account: () => Promise<Learner>;
  grade: (learner: Learner) => Promise<Report>;
  /** What is wrong with the verdicts. */
  judge: (report: Report) => string[];
}

function answersOf(loaded: LoadedLab): Trial[] {
  const { solution, alternatives } = loaded;
  const trial = (
    about: Trial['about'],
    answer: (learner: Learner) => Promise<void>,
    judge: Trial['judge'] = notPassed,
  ): Trial => ({
    about,
    async account() {
      const learner = await started(loaded);
      await answer(learner);
      return learner;
    },
    grade: (learner) => learner.grade(),
    judge,
  });
  return [
    trial({ kind: 'fresh', name: 'untouched' }, async () => {}, notFresh),
    ...[() => {}, renameAll].map((change) =>
      trial(
        { kind: 'solution', name: change === renameAll ? 'under other names' : 'reference' },
        ({ answer }) => answer(solution(change)),
      ),
    ),
    ...alternatives.map((alternative) =>
      trial({ kind: 'alternative', name: alternative.name }, (learner) =>
        learner.answerAs(alternative),
      ),
    ),
  ];
}

const nearMissesOf = (loaded: LoadedLab, spoiled: Spoiled): Trial[] =>
  loaded.mutants.map((mutant) => ({
    about: { kind: 'mutant', name: mutant.name, breaks: mutant.breaks, says: mutant.says },
    account: () => spoiled.learner(mutant),
    grade: (learner) => gradeMutant(loaded, mutant, learner),
    judge: (report) => notCaught(report, mutant),
  }));
