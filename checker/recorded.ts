import type { Graded } from './check';
import { grade, type GradeRequest } from './run';
import type { Report } from './report/result';
import type { GradeRecord } from './tape/record';
import { recordingTape } from './tape/recording';
import { replayTape } from './tape/replay';
import { liveTape } from './tape/tape';

/** Grades, and keeps all that the account said, secrets removed. */
export async function gradeAndRecord(
  request: GradeRequest,
): Promise<{ report: Report; record: GradeRecord }> {
  const { lab, target, options } = request;
  const { tape, scopes } = recordingTape(liveTape(() => target.clock.now()));
  const report = await grade({ ...request, options: { ...options, tape } });
  const record: GradeRecord = {
    format: 'dop-labs-record',
    version: 1,
    lab,
    target: target.name,
    region: target.connection.region,
    drills: options.drills,
    scopes,
  };
  return { report, record };
}

/** Judges what a record holds with a lab's checks; no account is asked, and drills act on nothing. */
export function gradeRecord(record: GradeRecord, checks: Record<string, Graded>): Promise<Report> {
  const { lab, target: name, region, drills } = record;
  const clock = { now: () => new Date(0), wait: async () => false, pass: async () => {} };
  const target = { name, connection: { region }, clock };
  return grade({ lab, checks, target, options: { drills, tape: replayTape(record) } });
}
