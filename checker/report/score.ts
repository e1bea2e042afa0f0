import type { Report, Result, Score, Verdict } from './result';

const leavesTheTotal = new Set<Verdict>(['not gradable here', 'skipped']);

export function scoreOf(results: Result[]): Score {
  const gradable = results.filter(({ verdict }) => !leavesTheTotal.has(verdict));
  return {
    points: sum(gradable.filter(({ verdict }) => verdict === 'pass')),
    of: sum(gradable),
    undecided: sum(gradable.filter(({ verdict }) => verdict === 'inconclusive')),
  };
}

/** 2 when the account was out of reach or only what nobody could see stands between 0 and 1. */
export function exitCodeOf(results: Result[]): Report['exitCode'] {
  if (results.some(({ cutShort }) => cutShort)) return 2;
  if (results.some(({ verdict }) => verdict === 'fail' || verdict === 'pending')) return 1;
  return results.some(({ verdict }) => verdict === 'inconclusive') ? 2 : 0;
}

export function isPassed(results: Result[]): boolean {
  const allowed = new Set<Verdict>(['pass', 'not gradable here']);
  return scoreOf(results).points > 0 && results.every(({ verdict }) => allowed.has(verdict));
}

const sum = (results: Result[]) => results.reduce((total, { points }) => total + points, 0);
