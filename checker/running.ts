import type { Account } from './account';
import type { GradedTarget } from './connect';
import type { Journal } from './journal';
import type { Evidence } from './look';
import type { Progress } from './progress';
import type { Shared } from './stage';
import type { Tape } from './tape/tape';

/** Wall milliseconds. */
export interface Timeouts {
  call: number;
  check: number;
}

/** What all checks of one run share. */
export interface Run {
  account: Account;
  target: GradedTarget;
  signal: AbortSignal;
  tape: Tape;
  journal: Journal;
  timeouts: Timeouts;
  onProgress: (news: Progress) => void;
  /** The calls of every look so far. */
  asked: Evidence[][];
  /** The time of a scope: when the first look of it began. */
  moment: (scope: string) => Date;
  /** The facts of a phase as a check may believe them: newer ones once the clock has moved. */
  shared: (phase: string, id: string) => Shared;
  /** Time has passed: what was known may be true no longer. */
  outdate: () => void;
}

type Given = Omit<Run, 'moment' | 'shared' | 'outdate'>;

export function createRun(given: Given): Run {
  const { tape, target } = given;
  const moments = new Map<string, Date>();
  const phases = new Map<string, Shared>();
  let generation = 0;
  return {
    ...given,
    outdate: () => void (generation += 1),
    moment(scope) {
      const known = moments.get(scope);
      if (known) return known;
      const now = new Date(tape.value(scope, () => target.clock.now().getTime()));
      moments.set(scope, now);
      return now;
    },
    shared(phase, id) {
      const scope = `${phase} ${tape.value(`${id} ${phase}`, () => generation)}`;
      const known = phases.get(scope) ?? { scope, facts: new Map() };
      phases.set(scope, known);
      return known;
    },
  };
}
