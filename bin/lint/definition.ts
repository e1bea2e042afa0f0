import { statements } from '../../checker/guide';
import type { Task } from '../../checker/lab';
import type { Rule } from './problem';

/** The lab's own words: tasks in order, their statements of the exam guide, their hint ladders. */
export const definition: Rule = ({ lab, checks }) => {
  const { title, domain, minutes, tasks, targets, cost } = lab;
  return [
    ...(title.trim() === '' ? ['lab.ts: the title is empty'] : []),
    ...(domain >= 1 && domain <= 6 ? [] : [`lab.ts: domain ${domain} is none of 1 to 6`]),
    ...(minutes > 0 ? [] : ['lab.ts: minutes must be more than 0']),
    ...(targets.length > 0 ? [] : ['lab.ts: no target is named']),
    ...(/^\d{4}-\d\d-\d\d$/.test(cost.checked) ? [] : ['lab.ts: cost.checked is no date']),
    ...letters(tasks),
    ...tasks.flatMap((task) => taskProblems(task, Object.values(checks))),
  ];
};

/** What a complete lab must have. */
export const counts: Rule = ({ lab, checks, mutants, alternatives }) => {
  if (!lab.complete) return [];
  const kinds = Object.values(checks).map(({ kind = 'check' }) => kind);
  const has = (kind: string) => kinds.filter((each) => each === kind).length;
  const wanted: [number, number, string][] = [
    [has('check'), 5, 'checks'],
    [has('guard'), 1, 'guard'],
    [has('drill'), 1, 'drill'],
    [mutants.length, 10, 'mutants'],
    [alternatives.length, 1, 'alternative'],
  ];
  return wanted
    .filter(([count, least]) => count < least)
    .map(
      ([count, least, what]) => `a complete lab has at least ${least} ${what}, this one ${count}`,
    );
};

const letters = (tasks: Task[]) => {
  const wanted = tasks.map((_, index) => String.fromCodePoint(97 + index)).join('');
  const found = tasks.map(({ letter }) => letter).join('');
  return found === wanted ? [] : [`lab.ts: tasks are lettered ${wanted}, not ${found}`];
};

function taskProblems({ letter, statements: ids, hints, goal }: Task, checks: { task?: string }[]) {
  const where = `task (${letter})`;
  return [
    ...(/[.]$/.test(goal) ? [] : [`${where}: the goal ends with a period`]),
    ...ids.filter((id) => !statements[id]).map((id) => `${where}: the guide has no ${id}`),
    ...(ids.length > 0 ? [] : [`${where}: name the statements of the guide that it practises`]),
    ...ladder(hints, where),
    ...(checks.some(({ task }) => task === letter) ? [] : [`${where}: no check grades it`]),
  ];
}

/** What → where → how. */
export const ladder = (hints: string[], where: string): string[] => [
  ...(hints.length >= 3 ? [] : [`${where}: a hint ladder has at least three steps`]),
  ...(hints.some((hint) => hint.trim() === '') ? [`${where}: a hint is empty`] : []),
];
