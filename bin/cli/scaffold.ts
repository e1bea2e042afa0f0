import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { LabFolder } from '../../lib/discover';
import { LearnerError } from '../../lib/errors';
import { projectRoot } from '../../lib/home';

const template = join(projectRoot, 'labs', 'template');

/** Writes a small lab that works: an author changes it bit by bit, and it stays provable all the way. */
export function scaffoldLab(id: string, labs: string): LabFolder {
  if (!/^lab-\d\d-[a-z0-9]+(-[a-z0-9]+)*$/.test(id))
    throw new LearnerError('LAB_NAME_INVALID', [id]);
  const short = id.slice(0, 6);
  const taken = readdirSync(labs).find((name) => name.startsWith(`${short}-`));
  if (taken) throw new LearnerError('LAB_EXISTS', [id, taken]);
  const folder = join(labs, id);
  for (const file of templateFiles()) {
    const text = readFileSync(join(template, file), 'utf8').replaceAll('lab-00', short);
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return { id, short, folder };
}

const templateFiles = (): string[] =>
  readdirSync(template, { recursive: true })
    .map(String)
    .filter((file) => statSync(join(template, file)).isFile());
