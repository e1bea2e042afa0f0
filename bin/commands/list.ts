import { findLabs } from '../../lib/discover';
import { progressOf } from '../../lib/progress';
import type { Terminal } from '../../lib/terminal';
import { defineCommand } from '../cli/command';
import { loadLab } from '../cli/lab';
import { jsonOption } from '../cli/options';

export default defineCommand({
  summary: 'List the labs and your last score in each',
  usage: 'lab list',
  options: jsonOption,
  async run({ flag, terminal }) {
    const rows = findLabs().map((folder) => row(folder, terminal));
    if (flag('json')) terminal.print(JSON.stringify(rows, null, 2));
    else for (const line of rows) terminal.print(text(line, terminal));
    return 0;
  },
});

type Row = ReturnType<typeof row>;

function row(folder: ReturnType<typeof findLabs>[number], terminal: Terminal) {
  const { title, domain, minutes, difficulty, complete } = loadLab(folder);
  const { lastRun } = progressOf(folder.short, terminal.note);
  const score = lastRun ? { points: lastRun.points, of: lastRun.of, passed: lastRun.passed } : null;
  return { lab: folder.short, id: folder.id, title, domain, minutes, difficulty, complete, score };
}

function text(
  { lab, title, domain, minutes, difficulty, complete, score }: Row,
  { paint }: Terminal,
) {
  const about = `domain ${domain}, ${minutes} min, ${difficulty}`;
  const state = score ? `${score.points}/${score.of}` : 'not tried';
  const note = complete ? '' : ', not complete yet';
  return `${paint('bold', lab)}  ${title}  ${paint('dim', `(${about}${note})`)}  ${state}`;
}
