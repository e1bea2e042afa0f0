import { fileJournal } from '../../checker/file-journal';
import { progressText } from '../../checker/progress';
import { gradeAndRecord } from '../../checker/recorded';
import type { Report } from '../../checker/report/result';
import { grade, type GradeRequest } from '../../checker/run';
import { writeJson } from '../../lib/files';
import { interruptible } from './interrupt';
import { loadChecks } from './lab';
import type { Session } from './session';

interface Wanted {
  drills: boolean;
  /** A file for all that the account says. */
  record?: string | undefined;
  /** No news while it runs: the caller shows something else. */
  silent?: boolean;
}

/** Grades the session's lab; Ctrl-C undoes what a drill did and ends the run. */
export async function gradeLab(session: Session, wanted: Wanted): Promise<Report> {
  const { folder, short, target, terminal } = session;
  const stop = new AbortController();
  const request: GradeRequest = {
    lab: short,
    checks: loadChecks(folder),
    target,
    options: {
      drills: wanted.drills,
      signal: stop.signal,
      journal: fileJournal,
      // The report that follows tells every verdict.
      onProgress: (news) => {
        if (news.type !== 'done' && !wanted.silent) terminal.progress(progressText(news));
      },
    },
  };
  return await interruptible(run(request, wanted), () => stop.abort());
}

async function run(request: GradeRequest, { record: file }: Wanted): Promise<Report> {
  if (file === undefined) return await grade(request);
  const { report, record } = await gradeAndRecord(request);
  writeJson(file, record);
  return report;
}
