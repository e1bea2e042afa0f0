import type { Failure } from '../failure';
import type { Evidence } from '../look';
import type { GradeRequest } from '../run';
import type { Tape } from '../tape/tape';
import type { Report, Result } from './result';
import { exitCodeOf, isPassed, scoreOf } from './score';
import { resultOf } from './verdict';

interface Judged {
  results: Result[];
  /** The calls of every look. */
  asked: Evidence[][];
  accountId?: string;
}

/** Puts the results of one run together. */
export function reportOf(request: GradeRequest, tape: Tape, judged: Judged): Report {
  const { lab, target } = request;
  const { results, asked, accountId } = judged;
  const lost = results.find(({ cutShort }) => cutShort);
  return {
    version: 1,
    lab,
    target: target.name,
    region: target.connection.region,
    time: new Date(tape.value('run', () => target.clock.now().getTime())).toISOString(),
    passed: isPassed(results),
    score: scoreOf(results),
    exitCode: exitCodeOf(results),
    ...(lost?.why && { problem: lost.why }),
    calls: callsOf(asked.flat()),
    results,
    ...(accountId !== undefined && { accountId }),
  };
}

/** The report of a run that could not open the account. */
export function problemOf(request: GradeRequest, tape: Tape, failure: Failure): Report {
  const results = Object.entries(request.checks).map((entry) =>
    resultOf(entry, failure, { evidence: [], seconds: 0 }),
  );
  const report = reportOf(request, tape, { results, asked: [] });
  return { ...report, exitCode: 2, problem: failure.why };
}

// --- internal ---

function callsOf(evidence: Evidence[]): Report['calls'] {
  const sent = new Map(evidence.map(({ order, call }) => [order, call]));
  const names = [...sent.values()].toSorted();
  const operations: Record<string, number> = {};
  for (const name of names) operations[name] = (operations[name] ?? 0) + 1;
  return { asked: evidence.length, sent: sent.size, operations };
}
