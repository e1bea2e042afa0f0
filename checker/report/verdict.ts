import type { Graded, Outcome } from '../check';
import type { Failure, FailureKind } from '../failure';
import type { Result, Verdict } from './result';

type Entry = [id: string, check: Graded];

/** A result before anything was seen. */
export const emptyResult = ([id, check]: Entry, verdict: Verdict): Result => ({
  id,
  title: check.title,
  kind: check.kind ?? 'check',
  ...(check.task && { task: check.task }),
  points: check.kind === 'guard' ? 0 : check.points,
  objective: check.objective,
  verdict,
  evidence: [],
  seconds: 0,
});

/** What a look found, or why it could not. */
export function resultOf(
  entry: Entry,
  found: Outcome | Failure,
  told: Pick<Result, 'evidence' | 'seconds'>,
): Result {
  if ('verdict' in found) return judged(entry, found, told);
  const { kind, why, error, action, call } = found;
  const verdict = kind === 'not emulated' ? 'not gradable here' : 'inconclusive';
  const lost = cutsShort.has(kind) && { cutShort: true as const };
  return {
    ...emptyResult(entry, verdict),
    why,
    error,
    ...(call && { call }),
    ...(action && { action }),
    ...lost,
    ...told,
  };
}

/** The result of a check whose needs did not all pass; nothing when it may be looked at. */
export function blockedBy(entry: Entry, needs: Result[]): Result | undefined {
  const need = needs.find(({ verdict }) => verdict !== 'pass');
  if (!need) return undefined;
  const result = emptyResult(entry, passedOn[need.verdict] ?? 'blocked');
  return { ...result, blockedBy: need.id, why: `It needs "${need.title}" first.` };
}

/** A guard must hold from beginning to end. */
export function guardResult(before: Result, after: Result): Result {
  if (before.verdict !== 'pass') return before;
  if (after.verdict !== 'fail') return after;
  return { ...after, why: 'It held when this run began: something in the run broke it.' };
}

/** An earlier run's drill that could not be undone: it does not act again before that. */
export const leftBehind = (entry: Entry, why: string): Result => ({
  ...emptyResult(entry, 'inconclusive'),
  why: `An earlier run of this drill was cut short, and what it did could not be undone. ${why}`,
});

// --- internal ---

function judged(entry: Entry, found: Outcome, told: Pick<Result, 'evidence' | 'seconds'>): Result {
  const result = { ...emptyResult(entry, found.verdict), ...found, ...told };
  if (!('proof' in found) || !found.proof) return result;
  const { call } = found.proof;
  const time = told.evidence.findLast((each) => each.call === call)?.time;
  return { ...result, proof: { ...found.proof, ...(time && { time }) } };
}

const cutsShort = new Set<FailureKind>(['unreachable', 'interrupted']);

// What nobody could see never costs points, not even those of a check that needs it.
const passedOn: Partial<Record<Verdict, Verdict>> = {
  'not gradable here': 'not gradable here',
  inconclusive: 'inconclusive',
  skipped: 'skipped',
};
