import { progressText } from '../../checker/progress';
import { jsonReport } from '../../checker/report/json';
import type { Report } from '../../checker/report/result';
import { textReport } from '../../checker/report/text';
import { grade } from '../../checker/run';
import { remember } from '../../lib/progress';
import { defineCommand } from '../cli/command';
import { interruptible } from '../cli/interrupt';
import { loadChecks } from '../cli/lab';
import { blameLostEmulator } from '../cli/lost';
import { jsonOption, targetOptions } from '../cli/options';
import { openSession, type Session } from '../cli/session';

export default defineCommand({
  summary: 'Grade a lab: 0 all passed, 1 something failed, 2 could not look',
  usage: 'lab check <lab>',
  options: {
    ...jsonOption,
    'no-drills': { type: 'boolean', help: 'skip the checks that act on the account' },
    ...targetOptions,
  },
  async run(invocation) {
    const session = await openSession(invocation);
    const { terminal } = session;
    const report = await look(session, !invocation.flag('no-drills'));
    terminal.print(
      invocation.flag('json')
        ? jsonReport(report)
        : textReport(report, { colours: terminal.colours }),
    );
    if (report.problem) await blameLostEmulator(session, `check ${session.short}`);
    keep(session, report);
    return report.exitCode;
  },
});

async function look(session: Session, drills: boolean): Promise<Report> {
  const { folder, short, target, terminal } = session;
  const stop = new AbortController();
  const graded = grade({
    lab: short,
    checks: loadChecks(folder),
    target,
    options: {
      drills,
      signal: stop.signal,
      // The report that follows tells every verdict.
      onProgress: (news) => news.type !== 'done' && terminal.progress(progressText(news)),
    },
  });
  return await interruptible(graded, () => stop.abort());
}

function keep({ short, terminal }: Session, report: Report): void {
  const { score, passed, results, time, target } = report;
  if (report.problem) return;
  const open = results.flatMap(({ verdict, task }) => (verdict === 'pass' ? [] : (task ?? [])));
  const lastRun = {
    time,
    target,
    points: score.points,
    of: score.of,
    passed,
    open: [...new Set(open)],
  };
  remember(short, { lastRun }, terminal.note);
}
