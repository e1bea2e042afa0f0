import { workStack } from '../../lib/deploy/app';
import { findStack } from '../../lib/deploy/stacks';
import { shown, workFolder } from '../../lib/home';
import { remember } from '../../lib/progress';
import { copyStarter } from '../../lib/work';
import { noteBaseline, sceneParameters } from '../cli/baseline';
import { printBrief } from '../cli/brief';
import { defineCommand } from '../cli/command';
import { deploy } from '../cli/deploy';
import { requireFit } from '../cli/doctor';
import { deployOptions } from '../cli/options';
import { confirmCost, openSession } from '../cli/session';

export default defineCommand({
  summary: 'Deploy a lab and copy its starter to work/<lab>',
  usage: 'lab start <lab>',
  details:
    'Starts the emulator if it does not run. Files that you already have in work/<lab> are kept and deployed.',
  options: {
    ...deployOptions,
    accept: {
      type: 'string',
      value: 'number',
      help: 'start in spite of what the examination found (lab doctor)',
    },
  },
  async run(invocation) {
    const session = await openSession(invocation);
    const { folder, short, clients, terminal } = session;
    await confirmCost(session, invocation.flag('yes'));
    await requireFit(session, invocation.text('accept'));
    const files = copyStarter(folder);
    const work = shown(workFolder(short));
    terminal.note(
      files === 'copied'
        ? `starter copied to ${work}`
        : `your files in ${work} are kept and deployed`,
    );
    const baseline = await noteBaseline(session);
    const isThere = await findStack(clients.cloudformation, workStack(folder));
    await deploy(session, {
      command: 'start',
      answer: 'work',
      compile: files === 'kept',
      // What the learner's answer has set on the scene is theirs: only `reset` takes it back.
      scene: { parameters: baseline ? sceneParameters(session, baseline) : {}, prepare: !isThere },
    });
    remember(short, { startedAt: new Date().toISOString() }, terminal.note);
    printBrief(session);
    return 0;
  },
});
