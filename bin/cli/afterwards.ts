import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alternativeFiles, type LabFolder } from '../../lib/discover';
import { shown } from '../../lib/home';

/** Who has passed may see how others did it: the reference solution and each alternative, with its first words. */
export function otherWays({ folder }: LabFolder): string[] {
  const alternatives = join(folder, 'alternatives');
  return [
    'How others do it:',
    `  ${shown(join(folder, 'solution', 'stack.ts'))}  the reference solution`,
    ...alternativeFiles(folder).map(
      (file) => `  ${shown(join(alternatives, file))}  ${summaryOf(join(alternatives, file))}`,
    ),
  ];
}

/** The first sentence of a file's first comment. */
function summaryOf(path: string): string {
  const text = readFileSync(path, 'utf8');
  const comment = /\/\*\*([\s\S]*?)\*\/|^# (.*)$/m.exec(text);
  const words = (comment?.[1] ?? comment?.[2] ?? 'another way').replaceAll(/\s*\n\s*\*\s?/g, ' ');
  return words.trim().split(/(?<=\.)\s/)[0] ?? '';
}
