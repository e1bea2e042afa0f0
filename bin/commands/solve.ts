import { workStack } from '../../lib/deploy/app';
import { findLab } from '../../lib/discover';
import { remember } from '../../lib/progress';
import { deployedTemplate, templateChanges, type Template } from '../cli/changes';
import { settleFiles } from '../cli/answer-files';
import { defineCommand } from '../cli/command';
import { deploy, requireStarted } from '../cli/deploy';
import { refuseDuringExam } from '../cli/exam';
import { deployOptions } from '../cli/options';
import { confirmCost, openSession, type Session } from '../cli/session';

export default defineCommand({
  summary: 'Show what the reference solution changes, and deploy it',
  usage: 'lab solve <lab>',
  details:
    'Your files in work/<lab> are kept; `lab deploy` puts your own answer back. The solution is labs/<lab>/solution.',
  options: {
    diff: { type: 'boolean', help: 'show what it would change, and deploy nothing' },
    ...deployOptions,
  },
  async run(invocation) {
    const { flag, positionals, terminal } = invocation;
    refuseDuringExam(findLab(positionals[0] ?? '').short, terminal);
    const session = await openSession(invocation);
    const { short, folder } = session;
    await requireStarted(session);
    if (!flag('diff')) await confirmCost(session, flag('yes'));
    await deploy(session, {
      command: 'solve',
      answer: 'solution',
      async first(deployer) {
        const stack = workStack(folder);
        const wanted = await deployer.synthesise({
          lab: short,
          answer: 'solution',
          template: stack,
        });
        await showChanges(session, stack, wanted as Template);
        return !flag('diff');
      },
    });
    if (flag('diff')) return 0;
    await settleFiles(session);
    remember(short, { solved: true }, terminal.note);
    terminal.print(
      `The reference solution (labs/${folder.id}/solution) is deployed; your files are untouched.`,
    );
    terminal.print(`Next: npm run check ${short}`);
    return 0;
  },
});

async function showChanges({ clients, terminal }: Session, stack: string, wanted: Template) {
  const { paint, print } = terminal;
  const before = await deployedTemplate(clients.cloudformation, stack);
  const lines = templateChanges(before ?? {}, wanted);
  print(
    paint(
      'bold',
      lines.length === 0 ? `Nothing changes in ${stack}.` : `What changes in ${stack}:`,
    ),
  );
  const colours = { '+': 'green', '-': 'red', '~': 'yellow', ' ': 'dim' } as const;
  for (const line of lines) {
    print(`  ${paint(colours[line.charAt(0) as keyof typeof colours] ?? 'dim', line)}`);
  }
}
