import type { Graded } from '../../checker/check';
import { byNeeds } from '../../checker/order';
import { inOrder } from '../../checker/report/next';
import { emptyResult } from '../../checker/report/verdict';
import type { Linted, Rule } from './problem';

const chapters = ['Your task', 'Done when', 'What the exam asks here', 'Clean up'];

/** The README tells the story, and its lists are those of the definition. */
export const readme: Rule = (linted) => [
  ...chapters
    .filter((chapter) => !linted.readme.includes(`\n## ${chapter}\n`))
    .map((chapter) => `README.md: the chapter "${chapter}" is missing`),
  ...(linted.readme.includes('```mermaid') ? [] : ['README.md: a Mermaid picture is missing']),
  ...(withLists(linted) === linted.readme
    ? []
    : ['README.md: the lists differ from the definition (npm run lab:lint -- --fix)']),
];

/** The README with its list of tasks and its table of checks as the definition has them. */
export function withLists(linted: Linted): string {
  return replaced(
    replaced(linted.readme, /(?:^- \*\*\(\w\)\*\* .*\n)+/m, tasks(linted)),
    tableShape,
    [...table(linted)],
  );
}

const tableShape = /^\| task .*\n(?:^\|.*\n)+/m;

const tasks = ({ lab }: Linted): string[] =>
  lab.tasks.map(({ letter, goal }) => `- **(${letter})** ${goal}`);

function table({ checks }: Linted): string[] {
  const results = inOrder(
    byNeeds(checks).map((id) => emptyResult([id, checks[id] as Graded], 'pass')),
  );
  const place = { check: 0, guard: 1, drill: 2 };
  const rows = results
    .toSorted((one, other) => place[one.kind] - place[other.kind])
    .map(({ task, title, kind, points }) => [
      task ?? '–',
      title,
      kind === 'guard' ? 'guard' : String(points),
    ]);
  return aligned([['task', 'what is true', 'points'], ...rows]);
}

/** Columns as wide as their widest cell, as the formatter writes them. */
function aligned([head = [], ...rows]: string[][]): string[] {
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: string[], fill = ' ') =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0, fill)).join(' | ')} |`;
  return [
    line(head),
    line(
      head.map(() => ''),
      '-',
    ),
    ...rows.map((row) => line(row)),
  ];
}

const replaced = (text: string, shape: RegExp, lines: string[]): string =>
  text.replace(shape, () => `${lines.join('\n')}\n`);
