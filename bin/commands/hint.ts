import { findLab } from '../../lib/discover';
import { defineCommand } from '../cli/command';
import { refuseDuringExam } from '../cli/exam';
import { hintLines, nextHint } from '../cli/hints';
import { jsonOption } from '../cli/options';

export default defineCommand({
  summary: 'Show the next hint, one step further each time',
  usage: 'lab hint <lab> [task]',
  details:
    'Without a task: about the first check that your last run saw failing. What to look at, then where, then how; `lab status` counts them. A check is named by its id in `lab check --json`.',
  options: jsonOption,
  async run({ positionals: [id = '', typed], flag, terminal }) {
    const folder = findLab(id);
    refuseDuringExam(folder.short, terminal);
    const hint = nextHint(folder, typed, terminal);
    if (flag('json')) terminal.print(JSON.stringify(hint, null, 2));
    else for (const line of hintLines(hint, terminal)) terminal.print(line);
    return 0;
  },
});
