import { shown, workFolder } from '../../lib/home';
import type { Session } from './session';

/** What a learner reads once a lab is deployed: the tasks and the next things to type. */
export function printBrief({ lab, short, folder, target, terminal }: Session): void {
  const { paint, print } = terminal;
  print();
  print(paint('bold', `${short}: ${lab.title}`));
  print(
    `Deployed on ${target.name}. About ${lab.minutes} minutes. The story: labs/${folder.id}/README.md`,
  );
  print();
  print(paint('bold', 'Your tasks'));
  for (const { letter, goal } of lab.tasks) print(`  (${letter}) ${goal}`);
  print();
  print(paint('bold', 'Next'));
  const next: [string, string][] = [
    [
      `edit ${shown(workFolder(short))}/stack.ts`,
      'or mend it with any tool: only the account is graded',
    ],
    [`npm run lab deploy ${short}`, 'deploy what you changed'],
    [`npm run check ${short}`, 'grade it'],
    [`npm run lab hint ${short}`, 'one step further each time'],
  ];
  const width = Math.max(...next.map(([command]) => command.length));
  for (const [command, text] of next) print(`  ${paint('cyan', command.padEnd(width))}  ${text}`);
}
