import type { Lab, Task } from '../../checker/lab';
import { findLab } from '../../lib/discover';
import { LearnerError } from '../../lib/errors';
import { progressOf, remember, type LabProgress } from '../../lib/progress';
import { defineCommand } from '../cli/command';
import { loadLab } from '../cli/lab';
import { jsonOption } from '../cli/options';

export default defineCommand({
  summary: 'Show the next hint of a task, one step further each time',
  usage: 'lab hint <lab> [task]',
  details:
    'Without a task: the first one that your last check left open, or the first with hints left.',
  options: jsonOption,
  async run({ positionals: [id = '', letter], flag, terminal }) {
    const folder = findLab(id);
    const lab = loadLab(folder);
    const progress = progressOf(folder.short, terminal.note);
    const task = letter ? taskOf(letter, lab, folder.short) : nextTask(lab, progress);
    const step = Math.min((progress.hints[task.letter] ?? 0) + 1, task.hints.length);
    remember(folder.short, { hints: { ...progress.hints, [task.letter]: step } }, terminal.note);
    const hint = task.hints[step - 1] ?? '';
    const shown = {
      lab: folder.short,
      task: task.letter,
      goal: task.goal,
      step,
      of: task.hints.length,
      hint,
    };
    if (flag('json')) {
      terminal.print(JSON.stringify(shown, null, 2));
      return 0;
    }
    terminal.print(`${terminal.paint('bold', `(${task.letter})`)} ${task.goal}`);
    terminal.print(`${terminal.paint('yellow', `hint ${step} of ${task.hints.length}`)}: ${hint}`);
    if (step === task.hints.length) terminal.print('That was the last hint of this task.');
    return 0;
  },
});

function taskOf(typed: string, { tasks }: Lab, short: string): Task {
  const task = tasks.find(({ letter }) => letter === typed.replaceAll(/[()]/g, '').toLowerCase());
  if (task) return task;
  const letters = tasks.map(({ letter }) => letter).join(', ');
  throw new LearnerError('TASK_NOT_FOUND', [typed, short, letters]);
}

function nextTask({ tasks }: Lab, { hints, lastRun }: LabProgress): Task {
  const hasMore = ({ letter, hints: { length } }: Task) => (hints[letter] ?? 0) < length;
  const open = tasks.filter(({ letter }) => lastRun?.open.includes(letter));
  const [first] = tasks;
  const next = open.find(hasMore) ?? open[0] ?? tasks.find(hasMore) ?? first;
  if (!next) throw new Error('a lab without tasks');
  return next;
}
