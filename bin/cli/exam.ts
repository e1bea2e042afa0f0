import { LearnerError } from '../../lib/errors';
import { progressOf, type RunningExam } from '../../lib/progress';
import type { Terminal } from '../../lib/terminal';

/** Milliseconds of wall time that are left of an exam; negative once it is over. */
export const timeLeft = ({ startedAt, minutes }: RunningExam): number =>
  Date.parse(startedAt) + minutes * 60_000 - Date.now();

/** No hints, no solution and no verdicts while an exam runs; one whose time is over does not count as running. */
export function refuseDuringExam(lab: string, terminal: Terminal): void {
  const { exam } = progressOf(lab, terminal.note);
  if (exam && timeLeft(exam) > 0) {
    throw new LearnerError('EXAM_RUNNING', [lab, String(Math.ceil(timeLeft(exam) / 60_000))]);
  }
}
