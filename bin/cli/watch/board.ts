import type { Lab } from '../../../checker/lab';
import { evidenceLines } from '../../../checker/report/explained';
import { firstToMend, inOrder } from '../../../checker/report/next';
import { bar, looks, painter, wrapped } from '../../../checker/report/paint';
import type { Report, Result } from '../../../checker/report/result';
import type { RunningExam } from '../../../lib/progress';
import { timeLeft } from '../exam';
import type { Practice } from '../keep';

/** What a watching learner sees. */
export interface Board {
  lab: Lab;
  short: string;
  report?: Report | undefined;
  practice?: Practice | undefined;
  /** Titles that passed since the look before. */
  won: string[];
  /** What is going on: `looking`, the announcement of a drill. */
  busy?: string | undefined;
  /** A hint, or what a key wants. */
  message: string[];
  explain: boolean;
  exam?: RunningExam | undefined;
}

interface Paper {
  colours: boolean;
  columns: number;
}

/** The whole picture, in lines that fit the terminal. */
export function boardText(board: Board, { colours, columns }: Paper): string {
  const width = Math.max(columns, 30);
  const paint = painter(colours);
  const lines = board.exam ? examBoard(board, board.exam) : practiceBoard(board);
  return [...lines, '', ...footer(board)]
    .flatMap((line) => fitted(line, width))
    .map((line) => styled(line, paint))
    .join('\n');
}

// --- internal ---

const keys = {
  practice: ['h hint', 'e explain', 'd drills', 'r reset', 'q quit'],
  exam: ['f finish', 'q leave'],
};

function footer({ exam, message, busy }: Board): string[] {
  return [
    ...message,
    ...(message.length > 0 ? [''] : []),
    ...(busy === undefined ? [] : [`… ${busy}`]),
    `keys: ${(exam ? keys.exam : keys.practice).join('   ')}`,
  ];
}

function examBoard({ lab, short }: Board, exam: RunningExam): string[] {
  const left = Math.max(0, timeLeft(exam));
  const minutes = Math.floor(left / 60_000);
  const seconds = String(Math.floor((left % 60_000) / 1000)).padStart(2, '0');
  return [
    `${short}: ${lab.title}`,
    `exam: ${minutes}:${seconds} left of ${exam.minutes} min; no hints, no verdicts; drills at the end`,
    '',
    ...lab.tasks.map(({ letter, goal }) => `  (${letter}) ${goal}`),
  ];
}

function practiceBoard({ lab, short, report, practice, won, explain }: Board): string[] {
  const head = `${short}: ${lab.title}`;
  if (!report) return [head, 'looking for the first time'];
  const { score, time } = report;
  const told = `${bar(score.points, score.of, 20)} ${score.points} of ${score.of} points`;
  return [
    head,
    `${told}, ${stateOf(report)}, ${time.slice(11, 19)}`,
    ...(practice && practice.points > score.points
      ? [`practice ${practice.points} of ${practice.of}: what has passed once counts`]
      : []),
    '',
    ...rows(report),
    ...mend(report, explain),
    ...news('now passed', won),
    ...news('broken again', practice?.regressed ?? []),
    ...(report.problem === undefined ? [] : ['', report.problem]),
  ];
}

function stateOf({ passed, results }: Report): string {
  if (passed) return 'PASSED';
  return results.some(({ verdict }) => verdict === 'skipped') ? 'drills not run' : 'not passed';
}

function rows({ results }: Report): string[] {
  const place = { guard: 0, check: 1, drill: 2 };
  const ordered = inOrder(results).toSorted((one, other) => place[one.kind] - place[other.kind]);
  return ordered.map(({ verdict, title, kind, task, points }) => {
    const { mark, word } = looks[verdict];
    const worth = kind === 'guard' ? '' : ` ${verdict === 'pass' ? points : 0}/${points}`;
    return `  ${mark} ${word.padEnd(8)} ${(task ?? kind).padEnd(5)} ${title}${worth}`;
  });
}

function mend(report: Report, explain: boolean): string[] {
  const first = firstToMend(report);
  if (!first) return [];
  const { seen, wanted, where, why } = first;
  return [
    '',
    `First: ${first.title}`,
    ...Object.entries({ seen, wanted, where, why }).flatMap(([label, text]) =>
      text === undefined ? [] : `  ${label.padEnd(7)} ${text}`,
    ),
    ...waiting(first, report),
    ...(explain ? evidenceLines(first) : []),
  ];
}

/** What cannot be looked at before the first one passes. */
function waiting({ id }: Result, { results }: Report): string[] {
  const blocked = results.filter(({ blockedBy }) => blockedBy === id);
  return blocked.length === 0 ? [] : [`  blocks  ${blocked.map(({ title }) => title).join('; ')}`];
}

const mostNews = 5;

function news(what: string, titles: string[]): string[] {
  if (titles.length === 0) return [];
  const more = titles.length - mostNews;
  return [
    '',
    ...titles.slice(0, mostNews).map((title) => `${what}: ${title}`),
    ...(more > 0 ? [`${what}: ${more} more`] : []),
  ];
}

function fitted(line: string, width: number): string[] {
  const [indent = ''] =
    /^ *(?:[✔✘…·?–] [\w/ ]{8} \S+ +|(?:seen|wanted|where|why|blocks|call|proof|of|expect|actual) +|\(\w\) )?/.exec(
      line,
    ) ?? [];
  const pieces = wrapped(line.slice(indent.length), Math.max(width - indent.length, 16));
  return pieces.map((piece, at) => (at === 0 ? indent : ' '.repeat(indent.length)) + piece);
}

function styled(line: string, paint: ReturnType<typeof painter>): string {
  const look = Object.values(looks).find(({ mark, word }) => line.startsWith(`  ${mark} ${word}`));
  if (look) return paint(look.style, line);
  if (/^(First:|\w+-\d\d:)/.test(line)) return paint('bold', line);
  return /^(keys:|…)/.test(line) ? paint('dim', line) : line;
}
