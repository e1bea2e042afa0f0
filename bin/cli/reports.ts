import { jsonReport } from '../../checker/report/json';
import { junitReport } from '../../checker/report/junit';
import { markdownReport } from '../../checker/report/markdown';
import type { Report } from '../../checker/report/result';
import { quietReport, textReport } from '../../checker/report/text';
import { writeText } from '../../lib/files';
import type { Invocation, Option } from './command';

/** How a report is shown and where it is written. */
export const reportOptions = {
  explain: { type: 'boolean', help: 'show the calls and values that each verdict rests on' },
  quiet: { type: 'boolean', help: 'print one line' },
  junit: { type: 'string', value: 'file', help: 'write the report as JUnit XML' },
  markdown: { type: 'string', value: 'file', help: 'write the report as Markdown' },
} satisfies Record<string, Option>;

type Reporting = Invocation<'json' | keyof typeof reportOptions>;

/** The report as the command line asks for it. */
export function rendered(report: Report, { flag, terminal }: Reporting): string {
  const { colours, columns } = terminal;
  if (flag('json')) return jsonReport(report);
  if (flag('quiet')) return quietReport(report, { colours });
  return textReport(report, { colours, columns, explain: flag('explain') });
}

export function writeReports(report: Report, { text }: Reporting): void {
  const files = [
    [text('junit'), junitReport],
    [text('markdown'), markdownReport],
  ] as const;
  for (const [file, render] of files) if (file !== undefined) writeText(file, render(report));
}
