import { remember } from '../../lib/progress';
import { defineCommand } from '../cli/command';
import { deploy, requireStarted } from '../cli/deploy';
import { deployOptions } from '../cli/options';
import { confirmCost, openSession } from '../cli/session';

export default defineCommand({
  summary: 'Deploy the reference solution of a lab',
  usage: 'lab solve <lab>',
  details:
    'Your files in work/<lab> are kept; `lab deploy` puts your own answer back. The solution is labs/<lab>/solution.',
  options: deployOptions,
  async run(invocation) {
    const session = await openSession(invocation);
    const { short, folder, terminal } = session;
    await requireStarted(session);
    await confirmCost(session, invocation.flag('yes'));
    await deploy(session, { command: 'solve', answer: 'solution' });
    remember(short, { solved: true }, terminal.note);
    terminal.print(
      `The reference solution (labs/${folder.id}/solution) is deployed; your files are untouched.`,
    );
    terminal.print(`Next: npm run check ${short}`);
    return 0;
  },
});
