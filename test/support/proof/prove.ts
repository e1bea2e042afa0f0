import { notCaught, notFresh, notPassed } from './claims';
import type { Report } from '../../../checker/report/result';
import { type Learner, started } from './learner';
import { type LoadedLab, renameAll } from './loaded';

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
  for (const trial of trialsOf(loaded)) {
    const learner = await started(loaded);
    await trial.answer(learner);
    const report = await learner.grade();
    await learner.here.emulator.close();
    const red = report.results.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
    yield { lab: loaded.short, ...trial.about, red, wrong: trial.judge(report) };
  }
}

// --- internal ---

interface Trial {
  about: Pick<Proved, 'kind' | 'name' | 'breaks' | 'says'>;
  answer: (learner: Learner) => Promise<void>;
  /** What is wrong with the verdicts. */
  judge: (report: Report) => string[];
}

const trialsOf = ({ solution, alternatives, mutants }: LoadedLab): Trial[] => [
  { about: { kind: 'fresh', name: 'untouched' }, answer: async () => {}, judge: notFresh },
  ...[() => {}, renameAll].map((change): Trial => ({
    about: { kind: 'solution', name: change === renameAll ? 'under other names' : 'reference' },
    answer: ({ answer }) => answer(solution(change)),
    judge: notPassed,
  })),
  ...alternatives.map((alternative): Trial => ({
    about: { kind: 'alternative', name: alternative.name },
    answer: (learner) => learner.answerAs(alternative),
    judge: notPassed,
  })),
  ...mutants.map((mutant): Trial => {
    const { name, breaks, says } = mutant;
    return {
      about: { kind: 'mutant', name, breaks, says },
      answer: (learner) => learner.answerNearMiss(mutant),
      judge: (report) => notCaught(report, { breaks, says }),
    };
  }),
];
