import type { Proved } from './prove';

/** The table of all that was tried, and what it says of the grader. */
export function proofTable(lines: Proved[]): string {
  const head = ['lab', 'what', 'name', 'check that must fail', 'red', 'says', 'verdict'];
  const rows = lines.map(({ lab, kind, name, breaks = '', red, says = '', wrong }) => [
    lab,
    kind,
    cut(name, 60),
    breaks,
    cut(red.join(', '), 40),
    cut(says, 40),
    wrong.length === 0 ? 'ok' : 'WRONG',
  ]);
  const widths = head.map((_, at) =>
    Math.max(...[head, ...rows].map((row) => row[at]?.length ?? 0)),
  );
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export interface ProofSummary {
  mutants: number;
  killed: number;
  /** Correct answers that did not get all points. */
  falseAlarms: number;
  correct: number;
  wrong: Proved[];
}

export function summaryOf(lines: Proved[]): ProofSummary {
  const of = (...kinds: Proved['kind'][]) => lines.filter(({ kind }) => kinds.includes(kind));
  const isRight = ({ wrong }: Proved) => wrong.length === 0;
  const mutants = of('mutant');
  const correct = of('solution', 'alternative');
  return {
    mutants: mutants.length,
    killed: mutants.filter(isRight).length,
    correct: correct.length,
    falseAlarms: correct.filter((line) => !isRight(line)).length,
    wrong: lines.filter((line) => !isRight(line)),
  };
}

// --- internal ---

const cut = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 1)}…` : text;
