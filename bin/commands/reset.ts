import { shown, workFolder } from '../../lib/home';
import { defineCommand } from '../cli/command';
import { requireStarted } from '../cli/deploy';
import { deployOptions } from '../cli/options';
import { resetLab } from '../cli/reset';
import { confirmCost, openSession } from '../cli/session';

export default defineCommand({
  summary: 'Put the account back to how the lab started',
  usage: 'lab reset <lab>',
  details:
    'Deletes the work stack and deploys the starter again. Your files in work/<lab> are kept.',
  options: deployOptions,
  async run(invocation) {
    const session = await openSession(invocation);
    const { short, terminal } = session;
    await requireStarted(session);
    await confirmCost(session, invocation.flag('yes'));
    await resetLab(session);
    terminal.print(
      `${short} is as it started. Your files in ${shown(workFolder(short))} are untouched;`,
    );
    terminal.print(`npm run lab deploy ${short} puts your answer back.`);
    return 0;
  },
});
