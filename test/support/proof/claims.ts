import { isRead } from '../../../checker/reads';
import type { Report, Result } from '../../../checker/report/result';
import type { LoadedLab } from './loaded';

/** What a person needs to see when a verdict is not the expected one. */
const told = ({ id, verdict, seen, why }: Result): string => `${id}: ${verdict}: ${seen ?? why}`;

/** Untouched, only guards pass, each check fails or waits for one that fails, and no drill acts. */
export function notFresh(report: Report): string[] {
  return [
    ...report.results.filter((result) => !isFresh(result, report)).map(told),
    ...scoreIs(report, 0),
    ...writesOf(report).map((call) => `${call} was sent`),
  ];
}

/** All points, and every guard held. */
export const notPassed = (report: Report): string[] => [
  ...report.results.filter(({ verdict }) => verdict !== 'pass').map(told),
  ...scoreIs(report, 100),
];

/** A near miss turns exactly its check red, with its words; others only wait for it. */
export function notCaught(report: Report, { breaks, says }: { breaks: string; says: string }) {
  const red = report.results.filter(({ verdict }) => !silent.has(verdict));
  const own = red.find(({ id }) => id === breaks);
  const others = red.filter((result) => result !== own);
  return [
    ...(own ? notFailedWith(own, says) : [`${breaks} did not fail`]),
    ...others.map((result) => `also red: ${told(result)}`),
    ...(report.exitCode === 1 && !report.passed ? [] : [`exit code ${report.exitCode}`]),
  ];
}

/** Checks ask only what they declare, so that `reads` is the least privilege of grading. */
export function undeclared({ results }: Report, { checks }: LoadedLab): string[] {
  return results.flatMap(({ id, evidence }) => {
    const check = checks[id];
    const writes = check?.kind === 'drill' ? check.writes : [];
    const declared = new Set([...(check?.reads ?? []), ...writes]);
    const calls = new Set(evidence.map(({ call }) => call).filter((call) => !declared.has(call)));
    return [...calls].map((call) => `${id} does not declare ${call}`);
  });
}

/** Each verdict names the value that decided, in the answer to a call that the check made. */
export function unproved({ results }: Report): string[] {
  const decided = results.filter(({ verdict }) => verdict === 'pass' || verdict === 'fail');
  return decided.flatMap(({ id, proof, evidence }) => {
    if (!proof) return [`${id} has no proof`];
    const isAsked = evidence.some(({ call }) => call === proof.call);
    return isAsked ? [] : [`${id}: its proof names ${proof.call}, which it did not call`];
  });
}

// --- internal ---

// What waits for what is red, and drills that were not run.
const silent = new Set(['pass', 'blocked', 'skipped']);

const notFailedWith = (own: Result, says: string): string[] => [
  ...(own.verdict === 'fail' ? [] : [told(own)]),
  ...(own.seen?.includes(says) ? [] : [`${told(own)} does not say "${says}"`]),
];

function isFresh({ kind, verdict, blockedBy = '' }: Result, report: Report): boolean {
  if (kind === 'guard') return verdict === 'pass';
  return verdict === 'fail' || (verdict === 'blocked' && waitsForFailed(report, blockedBy));
}

/** A blocked check is blocked, in the end, by one that fails. */
function waitsForFailed(report: Report, id: string): boolean {
  const need = report.results.find((each) => each.id === id);
  return need?.verdict === 'fail' || waitsForFailed(report, need?.blockedBy ?? '');
}

const scoreIs = ({ score, passed }: Report, points: number): string[] => {
  const isExpected = score.points === points && score.of === 100 && passed === (points === 100);
  return isExpected ? [] : [`score ${score.points}/${score.of}, passed ${passed}`];
};

const writesOf = ({ results }: Report): string[] =>
  results
    .filter(({ kind }) => kind === 'drill')
    .flatMap(({ evidence }) => evidence.map(({ call }) => call))
    .filter((call) => !isRead(call) && call !== 'sqs:ReceiveMessage');
