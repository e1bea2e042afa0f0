import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findLab, findLabs, type LabFolder } from '../../lib/discover';
import type { Terminal } from '../../lib/terminal';
import { defineCommand } from '../cli/command';
import { jsonOption } from '../cli/options';
import { lintLab } from '../lint/lint';
import { loadLinted, missingFiles } from '../lint/load';
import { withLists } from '../lint/readme';

export default defineCommand({
  summary: 'For authors: say what a lab lacks of the contract, without an account',
  usage: 'lab lint [lab]',
  details: 'What needs an account is proved by: npm run labs:prove <lab>',
  options: {
    ...jsonOption,
    fix: { type: 'boolean', help: "write the README's lists anew" },
  },
  async run({ positionals: [id], flag, terminal }) {
    const labs = id === undefined ? findLabs() : [findLab(id)];
    if (flag('fix')) for (const lab of labs) rewriteReadme(lab);
    const found = labs.map((lab) => ({ lab: lab.short, problems: lintLab(lab) }));
    if (flag('json')) terminal.print(JSON.stringify(found, null, 2));
    else for (const { lab, problems } of found) show(lab, problems, terminal);
    return found.every(({ problems }) => problems.length === 0) ? 0 : 1;
  },
});

function rewriteReadme(lab: LabFolder): void {
  if (missingFiles(lab).length > 0) return;
  writeFileSync(join(lab.folder, 'README.md'), withLists(loadLinted(lab)));
}

function show(lab: string, problems: string[], { paint, print }: Terminal): void {
  print(`${paint('bold', lab)}  ${problems.length === 0 ? 'fine' : `${problems.length} to mend`}`);
  for (const problem of problems) print(`  ${problem}`);
}
