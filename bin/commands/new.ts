import { join } from 'node:path';
import { projectRoot, shown } from '../../lib/home';
import { defineCommand } from '../cli/command';
import { scaffoldLab } from '../cli/scaffold';

export default defineCommand({
  summary: 'For authors: make the folder of a new lab that already works',
  usage: 'lab new <name>',
  details:
    'A name is a number and the problem: lab-07-poison-queue. How to go on: docs/writing-a-lab.md',
  async run({ positionals: [id = ''], terminal }) {
    const { short, folder } = scaffoldLab(id, join(projectRoot, 'labs'));
    terminal.print(`${shown(folder)} is there, and it works. Next:`);
    terminal.print(`  npm run lab:lint ${short}    what the contract asks of its words`);
    terminal.print(`  npm run labs:prove ${short}  what the contract asks of its verdicts`);
    terminal.print('  docs/writing-a-lab.md        how to make it yours');
    return 0;
  },
});
