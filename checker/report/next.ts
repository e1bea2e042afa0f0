import type { Report, Result } from './result';

/** The first thing that a learner can do something about: a broken guard, then what fails, then what waits. */
export function firstToMend({ results }: Report): Result | undefined {
  const first = (kinds: Result['kind'][], verdict: Result['verdict']) =>
    inOrder(results).find((each) => kinds.includes(each.kind) && each.verdict === verdict);
  return (
    first(['guard'], 'fail') ??
    first(['check'], 'fail') ??
    first(['drill'], 'fail') ??
    first(['check', 'drill', 'guard'], 'pending')
  );
}

/** As a learner works: by task, as the lab lists them. */
export const inOrder = (results: Result[]): Result[] =>
  results.toSorted((one, other) => (one.task ?? '~').localeCompare(other.task ?? '~'));

/** What to type, by how the run ended. */
export function nextStep(report: Report, command: string): string {
  const { results, lab, passed, problem } = report;
  if (passed) return `${command} destroy ${lab} when you are done with it`;
  if (problem) return `look at the account's side first (${command} status), then grade again`;
  const first = firstToMend(report);
  if (first?.kind === 'guard') {
    return `mend what a guard protects, or start over: ${command} reset ${lab}`;
  }
  if (first) return hintCommand(first, report, command);
  const denied = results.flatMap(({ action }) => action ?? []);
  if (denied.length > 0) return `allow ${[...new Set(denied)].join(', ')}, then grade again`;
  const skipped = results.some(({ verdict }) => verdict === 'skipped');
  return skipped ? 'grade again with the drills' : 'grade again';
}

export const hintCommand = ({ id, task }: Result, { lab }: Report, command: string): string =>
  `${command} hint ${lab} ${task ?? id}`;
