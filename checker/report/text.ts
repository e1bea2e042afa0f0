import { styleText } from 'node:util';
import type { Report, Result, Verdict } from './result';

export interface TextOptions {
  /** The caller knows the terminal and NO_COLOR. */
  colours: boolean;
  /** `npm run lab` or how else the learner calls the tool. */
  command?: string;
}

/** The report for people: verdict, what was seen and wanted, where to mend it, what to do next. */
export function textReport(report: Report, options: TextOptions): string {
  const paint: Paint = (style, text) =>
    options.colours ? styleText(style, text, { validateStream: false }) : text;
  const place = [report.accountId && `account ${report.accountId}`, report.region];
  const lines = [
    paint('bold', `${report.lab} on ${report.target} (${place.filter(Boolean).join(', ')})`),
    ...sections(report).flatMap(([heading, results]) => [
      '',
      paint('bold', heading),
      ...results.flatMap((result) => linesOf(result, paint)),
    ]),
    '',
    ...(report.problem ? [paint('red', report.problem)] : []),
    closing(report, paint),
    ...nextSteps(report, options.command ?? 'npm run lab').map((step) => `  ${step}`),
  ];
  return lines.join('\n');
}

// --- internal ---

type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

const looks: Record<Verdict, { mark: string; style: Parameters<typeof styleText>[0] }> = {
  pass: { mark: '✔', style: 'green' },
  fail: { mark: '✘', style: 'red' },
  pending: { mark: '…', style: 'yellow' },
  blocked: { mark: '·', style: 'gray' },
  inconclusive: { mark: '?', style: 'yellow' },
  'not gradable here': { mark: '–', style: 'gray' },
  skipped: { mark: '–', style: 'gray' },
};

function sections({ results }: Report): [string, Result[]][] {
  const letters = [
    ...new Set(results.flatMap(({ kind, task }) => (kind === 'check' ? (task ?? '') : []))),
  ];
  const all: [string, Result[]][] = [
    ['Guards', results.filter(({ kind }) => kind === 'guard')],
    ...letters
      .sort()
      .map((letter): [string, Result[]] => [
        letter ? `Task (${letter})` : 'Checks',
        results.filter(({ kind, task = '' }) => kind === 'check' && task === letter),
      ]),
    ['Drills', results.filter(({ kind }) => kind === 'drill')],
  ];
  return all.filter(([, found]) => found.length > 0);
}

function linesOf(result: Result, paint: Paint): string[] {
  const { mark, style } = looks[result.verdict];
  const won = result.verdict === 'pass' ? result.points : 0;
  const points = result.kind === 'guard' ? '' : `  ${won}/${result.points}`;
  const word = result.verdict === 'pass' ? '' : ` (${result.verdict})`;
  const details = [
    detail('seen', result.seen),
    detail('wanted', result.wanted),
    detail('where', result.where),
    detail('why', [result.why, result.eta].filter(Boolean).join(' ')),
  ];
  return [
    `  ${paint(style, mark)} ${result.title}${paint(style, word)}${points}`,
    ...details.flat().map((line) => paint('dim', line)),
  ];
}

const detail = (label: string, text: string | undefined) =>
  text ? [`      ${label.padEnd(7)} ${text}`] : [];

function closing({ score, passed, results }: Report, paint: Paint): string {
  const notes = [
    score.undecided > 0 && `${score.undecided} could not be looked at`,
    results.some(({ verdict }) => verdict === 'not gradable here') && 'some cannot be graded here',
    results.some(({ verdict }) => verdict === 'skipped') && 'drills skipped',
  ].filter(Boolean);
  const brackets = notes.length > 0 ? ` (${notes.join('; ')})` : '';
  const verdict = passed ? paint('green', 'passed') : paint('red', 'not passed');
  return `${paint('bold', `Score ${score.points}/${score.of}`)}${brackets}: ${verdict}`;
}

function nextSteps({ results, lab, passed, problem }: Report, command: string): string[] {
  if (passed) return [`next: ${command} destroy ${lab} when you are done with it`];
  if (problem)
    return [`next: look at the account's side first (${command} status), then grade again`];
  const broken = results.find(({ kind, verdict }) => kind === 'guard' && verdict === 'fail');
  if (broken) return [`next: mend what a guard protects, or start over: ${command} reset ${lab}`];
  const failed = results.find(({ verdict }) => verdict === 'fail' || verdict === 'pending');
  if (failed) return [`next: ${command} hint ${lab}${failed.task ? ` ${failed.task}` : ''}`];
  const denied = results.flatMap(({ action }) => action ?? []);
  if (denied.length > 0)
    return [`next: allow ${[...new Set(denied)].join(', ')}, then grade again`];
  const skipped = results.some(({ verdict }) => verdict === 'skipped');
  return [skipped ? 'next: grade again with the drills' : 'next: grade again'];
}
