import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LabFolder } from './discover';
import { workFolder } from './home';

/** Copies the starter to where the learner works, unless there is something of theirs already. */
export function copyStarter({ folder, short }: LabFolder): 'copied' | 'kept' {
  const work = workFolder(short);
  if (existsSync(work)) return 'kept';
  cpSync(join(folder, 'starter'), work, { recursive: true });
  return 'copied';
}
