import { workStack } from '../../lib/deploy/app';
import { deleteStack, recoverStack } from '../../lib/deploy/stacks';
import { shown, workFolder } from '../../lib/home';
import { defineCommand } from '../cli/command';
import { deploy, requireStarted } from '../cli/deploy';
import { deployOptions } from '../cli/options';
import { confirmCost, openSession } from '../cli/session';

export default defineCommand({
  summary: 'Put the account back to how the lab started',
  usage: 'lab reset <lab>',
  details:
    'Deletes the work stack and deploys the starter again. Your files in work/<lab> are kept.',
  options: deployOptions,
  async run(invocation) {
    const session = await openSession(invocation);
    const { folder, short, clients, terminal } = session;
    await requireStarted(session);
    await confirmCost(session, invocation.flag('yes'));
    terminal.progress(`deleting ${workStack(folder)}`);
    await recoverStack(clients.cloudformation, workStack(folder));
    await deleteStack(clients.cloudformation, workStack(folder));
    await deploy(session, {
      command: 'reset',
      answer: 'starter',
      scene: { parameters: {}, prepare: true },
    });
    terminal.print(
      `${short} is as it started. Your files in ${shown(workFolder(short))} are untouched;`,
    );
    terminal.print(`npm run lab deploy ${short} puts your answer back.`);
    return 0;
  },
});
