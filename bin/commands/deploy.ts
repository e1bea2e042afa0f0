import { sceneStack, workStack } from '../../lib/deploy/app';
import { findStack } from '../../lib/deploy/stacks';
import { LearnerError } from '../../lib/errors';
import { defineCommand } from '../cli/command';
import { deploy } from '../cli/deploy';
import { deployOptions } from '../cli/options';
import { confirmCost, openSession } from '../cli/session';

export default defineCommand({
  summary: 'Deploy what you changed in work/<lab>',
  usage: 'lab deploy <lab>',
  details: 'Your files are type-checked first; when they do not compile, nothing is deployed.',
  options: deployOptions,
  async run(invocation) {
    const session = await openSession(invocation);
    const { folder, short, target, clients, terminal } = session;
    if (!(await findStack(clients.cloudformation, sceneStack(folder)))) {
      throw new LearnerError('LAB_NOT_STARTED', [short, target.name]);
    }
    await confirmCost(session, invocation.flag('yes'));
    await deploy(session, { answer: 'work', compile: true, stacks: [workStack(folder)] });
    terminal.print(`${workStack(folder)} is deployed. Next: npm run check ${short}`);
    return 0;
  },
});
