import type { Graded } from '../check';
import { domains, statements } from '../guide';
import type { Lab } from '../lab';
import { bar } from './paint';
import type { Report } from './result';

/** Points of one domain or task statement of the exam guide. */
interface Part {
  id: string;
  name: string;
  points: number;
  of: number;
}

export interface ExamReport {
  lab: string;
  points: number;
  of: number;
  /** Percent that passes. */
  passMark: number;
  /** At least the pass mark, and every guard held. */
  passed: boolean;
  domains: Part[];
  statements: Part[];
}

/** AWS scales its score from 100 to 1,000 and passes 750: three quarters are the nearest that a lab can say. */
const passMark = 75;

/** How an exam went, by domain and task statement of the guide. */
export function examReport(report: Report, lab: Lab, checks: Record<string, Graded>): ExamReport {
  const { results, score } = report;
  const practised = new Map(lab.tasks.map(({ letter, statements: ids }) => [letter, ids]));
  const idsOf = (id: string): string[] => {
    const { task, needs = [] } = checks[id] ?? {};
    if (task !== undefined) return practised.get(task) ?? [];
    return [...new Set(needs.flatMap(idsOf))];
  };
  const parts = (keysOf: (id: string) => string[], nameOf: (key: string) => string): Part[] => {
    const sums = new Map<string, Part>();
    for (const { id, verdict, points } of results) {
      for (const key of keysOf(id)) {
        const part = sums.get(key) ?? { id: key, name: nameOf(key), points: 0, of: 0 };
        const won = verdict === 'pass' ? points : 0;
        sums.set(key, { ...part, points: part.points + won, of: part.of + points });
      }
    }
    return [...sums.values()]
      .filter(({ of }) => of > 0)
      .toSorted((one, other) => one.id.localeCompare(other.id));
  };
  const guardsHold = results.every(({ kind, verdict }) => kind !== 'guard' || verdict !== 'fail');
  return {
    lab: report.lab,
    points: score.points,
    of: score.of,
    passMark,
    passed: guardsHold && score.of > 0 && (100 * score.points) / score.of >= passMark,
    domains: parts(
      (id) => [...new Set(idsOf(id).map((statement) => statement.slice(0, 1)))],
      (key) => domains[Number(key)]?.name ?? key,
    ),
    statements: parts(idsOf, (key) => statements[key] ?? key),
  };
}

/** The exam report for people. */
export function examLines(exam: ExamReport, used: string): string[] {
  const verdict = exam.passed ? 'PASSED' : 'NOT PASSED';
  return [
    `Exam of ${exam.lab}: ${exam.points} of ${exam.of} points, ${verdict} (pass mark ${exam.passMark} %)`,
    `${used}. AWS's own score is scaled (750 of 1,000 passes), so this is an approximation.`,
    '',
    'By domain',
    ...exam.domains.map((part) => partLine(part, 'Domain ')),
    '',
    'By task statement',
    ...exam.statements.map((part) => partLine(part, '')),
  ];
}

// --- internal ---

const partLine = ({ id, name, points, of }: Part, prefix: string): string =>
  `  ${bar(points, of, 10)} ${`${points}/${of}`.padStart(7)}  ${prefix}${id} ${name}`;
