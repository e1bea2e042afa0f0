import { inOrder, firstToMend, hintCommand, nextStep } from './next';
import { bar, looks, type Paint, painter, wrapped } from './paint';
import type { Report, Result } from './result';
import { evidenceLines } from './explained';
import { closingWord } from './closing-word';

export interface TextOptions {
  /** The caller knows the terminal and NO_COLOR. */
  colours: boolean;
  /** `npm run lab` or how else the learner calls the tool. */
  command?: string;
  /** Letters a line; 80 unless told. */
  columns?: number;
  /** Shows what each verdict rests on. */
  explain?: boolean;
}

/** The report for people: the score, what to mend first, every verdict, and what to do next. */
export function textReport(report: Report, options: TextOptions): string {
  const page = pageOf(options);
  const place = [report.accountId && `account ${report.accountId}`, report.region];
  return [
    ...page.lines(
      `${report.lab} on ${report.target} (${place.filter(Boolean).join(', ')})`,
      'bold',
    ),
    scoreLine(report, page),
    ...page.lines(callsOf(report), 'dim'),
    ...mendFirst(report, page),
    ...sections(report).flatMap(([heading, results]) => [
      '',
      page.paint('bold', heading),
      ...results.flatMap((result) => resultLines(result, page)),
    ]),
    '',
    ...(report.problem ? page.lines(report.problem, 'red') : []),
    ...closing(report, page),
    ...page.lines(`  next: ${nextStep(report, page.command)}`),
  ].join('\n');
}

/** One line for scripts and shells: score, verdict and the first thing to mend. */
export function quietReport(report: Report, options: TextOptions): string {
  const first = firstToMend(report);
  const told = report.problem ?? (first ? `${first.title}: ${first.seen ?? first.why}` : '');
  const line = `${report.lab} ${report.score.points}/${report.score.of} ${closingWord(report)}`;
  return painter(options.colours)(
    report.passed ? 'green' : 'red',
    told === '' ? line : `${line}; ${told}`,
  );
}

// --- internal ---

interface Page {
  paint: Paint;
  command: string;
  columns: number;
  explain: boolean;
  /** A text in lines that fit, the later ones indented as the first. */
  lines: (text: string, style?: Parameters<Paint>[0]) => string[];
}

// What stands before a text that may go on over several lines.
const labelled = /^\s*(?:(?:seen|wanted|where|why|hint|next:|proof|of|expect|actual|call|took) +)?/;

function pageOf({ colours, command = 'npm run lab', columns = 80, explain }: TextOptions): Page {
  const paint = painter(colours);
  const width = Math.max(columns, 30);
  return {
    paint,
    command,
    columns: width,
    explain: explain === true,
    lines(text, style) {
      const label = labelled.exec(text)?.[0] ?? '';
      const rest = text.slice(label.length);
      const pieces = wrapped(rest, Math.max(width - label.length, 16));
      const all = pieces.map((piece, index) => (index ? ' '.repeat(label.length) : label) + piece);
      return style ? all.map((line) => paint(style, line)) : all;
    },
  };
}

function scoreLine({ score, passed }: Report, { paint, columns }: Page): string {
  const told = `${score.points} of ${score.of} points`;
  const shown = bar(score.points, score.of, Math.min(20, columns - told.length - 3));
  return `${paint(passed ? 'green' : 'yellow', shown)} ${told}`;
}

const callsOf = ({ calls }: Report): string =>
  `${calls.sent} API calls (asked ${calls.asked} times)`;

function mendFirst(report: Report, page: Page): string[] {
  const first = firstToMend(report);
  if (!first) return [];
  const { task, title, verdict } = first;
  const of = task ? `task (${task}), ` : '';
  return [
    '',
    ...page.lines(
      `First: ${of}${looks[verdict].word}: ${title}`,
      ['bold', looks[verdict].style].flat() as never,
    ),
    ...details(first, page, 2),
    ...page.lines(`  hint    ${hintCommand(first, report, page.command)}`),
  ];
}

function sections({ results }: Report): [string, Result[]][] {
  const checks = inOrder(results).filter(({ kind }) => kind === 'check');
  const letters = [...new Set(checks.map(({ task = '' }) => task))];
  const all: [string, Result[]][] = [
    ['Guards', results.filter(({ kind }) => kind === 'guard')],
    ...letters.map((letter): [string, Result[]] => [
      letter ? `Task (${letter})` : 'Checks',
      checks.filter(({ task = '' }) => task === letter),
    ]),
    ['Drills', results.filter(({ kind }) => kind === 'drill')],
  ];
  return all.filter(([, found]) => found.length > 0);
}

function resultLines(result: Result, page: Page): string[] {
  const { mark, word, style } = looks[result.verdict];
  const won = result.verdict === 'pass' ? result.points : 0;
  const points = result.kind === 'guard' ? '' : ` ${won}/${result.points}`;
  const head = `  ${mark} ${word.padEnd(8)} `;
  const [first = '', ...rest] = wrapped(
    `${result.title}${points}`,
    Math.max(page.columns - head.length, 16),
  );
  return [
    `${page.paint(style, head)}${first}`,
    ...rest.map((line) => ' '.repeat(head.length) + line),
    ...(result.verdict === 'pass' && !page.explain ? [] : details(result, page, 6)),
    ...(page.explain ? evidenceLines(result).flatMap((line) => page.lines(line, 'dim')) : []),
  ];
}

function details(result: Result, page: Page, indent: number): string[] {
  const why = [result.why, result.eta].filter(Boolean).join(' ');
  const { seen, wanted, where } = result;
  return Object.entries({ seen, wanted, where, why: why || undefined })
    .flatMap(([label, text]) => (text ? `${' '.repeat(indent)}${label.padEnd(7)} ${text}` : []))
    .flatMap((line) => page.lines(line, 'dim'));
}

function closing(report: Report, { lines }: Page): string[] {
  const { score, passed, results } = report;
  const notes = [
    score.undecided > 0 && `${score.undecided} could not be looked at`,
    results.some(({ verdict }) => verdict === 'not gradable here') && 'some cannot be graded here',
    results.some(({ verdict }) => verdict === 'skipped') && 'drills skipped',
  ].filter(Boolean);
  const brackets = notes.length > 0 ? ` (${notes.join('; ')})` : '';
  return lines(
    `Score ${score.points}/${score.of}${brackets}: ${closingWord(report)}`,
    passed ? 'green' : 'bold',
  );
}
