import { inOrder } from '../../checker/report/next';
import type { Report } from '../../checker/report/result';
import { type LabProgress, progressOf, remember } from '../../lib/progress';
import type { Terminal } from '../../lib/terminal';

/** What a run changed beside what was known of the lab: in practice a pass sticks. */
export interface Practice {
  /** Points of all that has passed once. */
  points: number;
  of: number;
  /** Ids of checks that passed for the first time. */
  fresh: string[];
  /** Titles of checks that passed before and fail now. */
  regressed: string[];
}

/** Remembers a run that saw the account; one that could not changes nothing. */
export function keepRun(report: Report, { note }: Terminal): Practice {
  const { lab } = report;
  const before = progressOf(lab, note);
  const practice = practiceOf(report, before);
  if (report.problem) return practice;
  const passes = Object.fromEntries(practice.fresh.map((id) => [id, report.time]));
  remember(
    lab,
    ({ passed = {} }) => ({ lastRun: lastRunOf(report), passed: { ...passes, ...passed } }),
    note,
  );
  return practice;
}

/** The lines below a report: what sticks, and what is broken again. */
export function practiceLines({ points, of, regressed }: Practice, report: Report): string[] {
  if (points === report.score.points && regressed.length === 0) return [];
  return [
    `Practice ${points}/${of}: what has passed once counts.`,
    ...regressed.map((title) => `  broken again: ${title}`),
  ];
}

function practiceOf({ results }: Report, { passed = {} }: LabProgress): Practice {
  const passing = results.filter(({ verdict }) => verdict === 'pass');
  const isKept = ({ id }: { id: string }) => passed[id] !== undefined;
  const kept = results.filter((result) => result.verdict === 'pass' || isKept(result));
  return {
    points: kept.reduce((sum, result) => sum + result.points, 0),
    of: results.reduce((sum, result) => sum + result.points, 0),
    fresh: passing.filter((result) => !isKept(result)).map(({ id }) => id),
    regressed: results
      .filter((result) => isKept(result) && result.verdict === 'fail')
      .map(({ title }) => title),
  };
}

function lastRunOf({ score, passed, results, time, target }: Report) {
  const open = results.flatMap(({ verdict, task }) => (verdict === 'pass' ? [] : (task ?? [])));
  const failed = inOrder(results).filter(({ verdict }) => verdict === 'fail');
  const [guards, others] = [true, false].map((isGuard) =>
    failed.filter(({ kind }) => (kind === 'guard') === isGuard),
  );
  return {
    time,
    target,
    points: score.points,
    of: score.of,
    passed,
    open: [...new Set(open)],
    failing: [...(guards ?? []), ...(others ?? [])].map(({ id }) => id),
  };
}
