import { workStack } from '../../lib/deploy/app';
import { defineCommand } from '../cli/command';
import { deploy, requireStarted } from '../cli/deploy';
import { deployOptions } from '../cli/options';
import { confirmCost, openSession } from '../cli/session';

export default defineCommand({
  summary: 'Deploy what you changed in work/<lab>',
  usage: 'lab deploy <lab>',
  details: 'Your files are type-checked first; when they do not compile, nothing is deployed.',
  options: deployOptions,
  async run(invocation) {
    const session = await openSession(invocation);
    const { folder, short, terminal } = session;
    await requireStarted(session);
    await confirmCost(session, invocation.flag('yes'));
    await deploy(session, { command: 'deploy', answer: 'work', compile: true });
    terminal.print(`${workStack(folder)} is deployed. Next: npm run check ${short}`);
    return 0;
  },
});
