import { gradeRecord } from '../../checker/recorded';
import type { Report } from '../../checker/report/result';
import { isRecord } from '../../checker/tape/record';
import { findLab } from '../../lib/discover';
import { LearnerError } from '../../lib/errors';
import { readJson } from '../../lib/files';
import { otherWays } from '../cli/afterwards';
import { defineCommand, type Invocation } from '../cli/command';
import { refuseDuringExam } from '../cli/exam';
import { gradeLab } from '../cli/grade';
import { keepRun, practiceLines } from '../cli/keep';
import { loadChecks } from '../cli/lab';
import { blameLostEmulator } from '../cli/lost';
import { jsonOption, targetOptions } from '../cli/options';
import { rendered, reportOptions, writeReports } from '../cli/reports';
import { openSession } from '../cli/session';

const options = {
  ...jsonOption,
  ...reportOptions,
  'no-drills': { type: 'boolean', help: 'skip the checks that act on the account' },
  record: {
    type: 'string',
    value: 'file',
    help: 'save all that the account said, without secrets',
  },
  replay: { type: 'string', value: 'file', help: 'grade what a record holds, without any account' },
  ...targetOptions,
} as const;

type Options = Invocation<keyof typeof options>;

export default defineCommand({
  summary: 'Grade a lab: 0 all passed, 1 something failed, 2 could not look',
  usage: 'lab check <lab>',
  details:
    'In practice a pass sticks: what has passed once and fails again is named below the score.',
  options,
  async run(invocation) {
    const file = invocation.text('replay');
    return file === undefined ? await checkLab(invocation) : await checkRecord(invocation, file);
  },
});

async function checkLab(invocation: Options): Promise<number> {
  refuseDuringExam(findLab(invocation.positionals[0] ?? '').short, invocation.terminal);
  const session = await openSession(invocation);
  const drills = !invocation.flag('no-drills');
  const report = await gradeLab(session, { drills, record: invocation.text('record') });
  show(report, invocation);
  if (report.problem) await blameLostEmulator(session, `check ${session.short}`);
  const practice = keepRun(report, session.terminal);
  if (isForPeople(invocation)) {
    for (const line of practiceLines(practice, report)) session.terminal.print(line);
    if (report.passed) for (const line of otherWays(session.folder)) session.terminal.print(line);
  }
  return report.exitCode;
}

async function checkRecord(invocation: Options, file: string): Promise<number> {
  const folder = findLab(invocation.positionals[0] ?? '');
  const record = readJson(file, isRecord);
  if (record === undefined || record === 'damaged' || record.lab !== folder.short) {
    throw new LearnerError('RECORD_UNREADABLE', [file, folder.short]);
  }
  const report = await gradeRecord(record, loadChecks(folder));
  show(report, invocation);
  return report.exitCode;
}

function show(report: Report, invocation: Options): void {
  invocation.terminal.print(rendered(report, invocation));
  writeReports(report, invocation);
}

const isForPeople = ({ flag }: Options): boolean => !flag('json') && !flag('quiet');
