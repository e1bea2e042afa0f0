import { examLines, examReport } from '../../checker/report/exam';
import type { Report } from '../../checker/report/result';
import { LearnerError } from '../../lib/errors';
import { progressOf, remember, type RunningExam } from '../../lib/progress';
import type { Terminal } from '../../lib/terminal';
import { loadChecks } from './lab';
import type { Session } from './session';

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

/** The length of an exam as typed after `--exam`; nothing when it was not. */
export function examMinutes(typed: string | undefined): number | undefined {
  if (typed === undefined) return undefined;
  const minutes = Number(typed);
  if (!(minutes > 0 && minutes <= 24 * 60)) throw new LearnerError('EXAM_MINUTES', [typed]);
  return minutes;
}

/** The exam that runs, or one of so many minutes that begins now; nothing when there is neither. */
export function openExam({ short, terminal }: Session, minutes?: number): RunningExam | undefined {
  const { exam } = progressOf(short, terminal.note);
  if (exam ?? minutes === undefined) return exam;
  const begun = { startedAt: new Date().toISOString(), minutes };
  remember(short, { exam: begun }, terminal.note);
  return begun;
}

/** Ends an exam: remembers how it went, and tells it by domain and task statement. */
export function closeExam(session: Session, exam: RunningExam, report: Report): string[] {
  const { short, lab, folder, terminal } = session;
  const result = examReport(report, lab, loadChecks(folder));
  const endedAt = new Date().toISOString();
  const { points, of, passed } = result;
  remember(
    short,
    ({ exams = [] }) => ({
      exam: undefined,
      exams: [...exams, { ...exam, endedAt, points, of, passed }],
    }),
    terminal.note,
  );
  const used = (Date.parse(endedAt) - Date.parse(exam.startedAt)) / 60_000;
  return examLines(
    result,
    `${Math.min(used, exam.minutes).toFixed(0)} of ${exam.minutes} min used`,
  );
}
