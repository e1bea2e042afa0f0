import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mutant, Refused } from '../../checker/mutant';
import { alternativeFiles, type LabFolder } from '../../lib/discover';
import { loadChecks, loadLab } from '../cli/lab';
import type { Linted } from './problem';

const files = [
  'README.md',
  'lab.ts',
  'stack.ts',
  'starter/stack.ts',
  'checks.ts',
  'solution/stack.ts',
  'mutants.ts',
];

/** The files that a lab's folder lacks. */
export const missingFiles = ({ folder }: LabFolder): string[] =>
  files.filter((file) => !existsSync(join(folder, file)));

/** Loads what the lint reads; a lab that lacks files cannot be loaded. */
export function loadLinted(found: LabFolder): Linted {
  const { folder, short } = found;
  const answers = require(join(folder, 'mutants')) as {
    mutants: Mutant<never>[];
    refused?: Refused[];
  };
  return {
    short,
    folder,
    lab: loadLab(found),
    checks: loadChecks(found),
    mutants: answers.mutants,
    refused: answers.refused ?? [],
    alternatives: alternativeFiles(folder),
    readme: readFileSync(join(folder, 'README.md'), 'utf8'),
  };
}
