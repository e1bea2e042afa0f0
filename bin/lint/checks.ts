import type { Graded } from '../../checker/check';
import { isRead } from '../../checker/reads';
import { ladder } from './definition';
import type { Linted, Rule } from './problem';

/** Each check's title, objective, calls, needs and hints. */
export const checks: Rule = (linted) => [
  ...Object.entries(linted.checks).flatMap(([id, check]) => [
    ...titleProblems(id, check.title),
    ...wordsProblems(id, check),
    ...callProblems(id, check),
    ...relations(id, check, linted),
  ]),
  ...twice(Object.values(linted.checks).map(({ title }) => title)),
];

export const points: Rule = ({ checks: graded }) => {
  const each = Object.entries(graded).flatMap(([id, check]) =>
    check.kind === 'guard' ? [] : [[id, check.points] as const],
  );
  const total = each.reduce((sum, [, worth]) => sum + worth, 0);
  return [
    ...(total === 100 ? [] : [`checks and drills total 100 points, not ${total}`]),
    ...each
      .filter(([, worth]) => !Number.isInteger(worth) || worth < 1)
      .map(([id]) => `${id}: points are whole numbers above 0`),
  ];
};

/** Mutants break checks that there are, and refusals are explained by hints that there are. */
export const nearMisses: Rule = ({ mutants, refused, checks: graded, lab }) => [
  ...mutants
    .filter(({ breaks }) => !graded[breaks])
    .map(({ name, breaks }) => `mutant "${name}": no check is called ${breaks}`),
  ...mutants
    .filter(({ says }) => says.trim() === '')
    .map(({ name }) => `mutant "${name}": says is empty`),
  ...refused
    .filter(({ hint }) => !hintsOf(lab, hint.task).includes(hint.says))
    .map(({ name, hint }) => `refused "${name}": no hint of task (${hint.task}) says so`),
  ...twice(mutants.map(({ name }) => name)),
];

const hintsOf = ({ tasks }: Linted['lab'], wanted: string): string =>
  (tasks.find(({ letter }) => letter === wanted)?.hints ?? []).join('\n');

const forbidden = /^(checks?|ensures?|verif(y|ies)|makes? sure|tests?|should|must)\b/i;

function titleProblems(id: string, title: string): string[] {
  return [
    ...(forbidden.test(title) ? [`${id}: the title states the compliant state, not the act`] : []),
    ...(/\b(properly|correctly|appropriate(ly)?)\b/i.test(title)
      ? [`${id}: the title says what is right instead of "properly"`]
      : []),
    ...(/^[A-Z]/.test(title) ? [] : [`${id}: the title begins with a capital letter`]),
    ...(/[.!?]$/.test(title) ? [`${id}: the title ends without a period`] : []),
  ];
}

function wordsProblems(id: string, check: Graded): string[] {
  const own = check.hints ? ladder(check.hints, id) : [];
  return [
    ...(/^[a-z][A-Za-z0-9]+$/.test(id) ? [] : [`${id}: ids are camelCase`]),
    ...(/[.]$/.test(check.objective) ? [] : [`${id}: the objective is a sentence with a period`]),
    ...((check.hints ?? check.task) ? own : [`${id}: without a task it needs hints of its own`]),
  ];
}

function callProblems(id: string, check: Graded): string[] {
  const calls = [...check.reads, ...(check.kind === 'drill' ? check.writes : [])];
  const writes = check.kind === 'drill' ? check.writes.filter(isRead) : [];
  return [
    ...(check.reads.length > 0 ? [] : [`${id}: reads names no call`]),
    ...calls
      .filter((call) => !/^[\w-]+:[A-Z]\w+$/.test(call))
      .map((call) => `${id}: "${call}" is no call such as iam:GetRole`),
    ...writes.map((call) => `${id}: ${call} is a read, not a write`),
  ];
}

function relations(id: string, { needs = [], task }: Graded, { checks: graded, lab }: Linted) {
  return [
    ...needs.filter((need) => !graded[need]).map((need) => `${id}: it needs "${need}", no check`),
    ...(task === undefined || lab.tasks.some(({ letter }) => letter === task)
      ? []
      : [`${id}: there is no task (${task})`]),
  ];
}

const twice = (names: string[]): string[] =>
  names
    .filter((name, index) => names.indexOf(name) !== index)
    .map((name) => `"${name}" stands there twice`);
