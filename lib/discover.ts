import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LearnerError } from './errors';
import { projectRoot } from './home';
import { nearest } from './nearest';

/** A lab's folder, found and not loaded. */
export interface LabFolder {
  /** `lab-05-config-auto-remediation`, the folder's name. */
  id: string;
  /** `lab-05`, what people type. */
  short: string;
  folder: string;
}

/** Every lab by its folder, in the order of their numbers. */
export const findLabs = (): LabFolder[] =>
  readdirSync(join(projectRoot, 'labs'))
    .filter((name) => /^lab-\d\d-/.test(name))
    .sort()
    .map((id) => ({ id, short: id.slice(0, 6), folder: join(projectRoot, 'labs', id) }));

/** The lab that someone means by `lab-05`, `lab-5`, `5` or its whole name. */
export function findLab(typed: string): LabFolder {
  const labs = findLabs();
  const number = /^(?:lab-)?(\d{1,2})$/.exec(typed)?.[1];
  const wanted = number ? `lab-${number.padStart(2, '0')}` : typed;
  const found = labs.find(({ id, short }) => id === wanted || short === wanted);
  if (found) return found;
  const names = labs.flatMap(({ id, short }) => [short, id]);
  // Another number is another lab, not a slip.
  const suggestion = /^(?:lab-)?\d+$/.test(typed) ? undefined : nearest(typed, names);
  throw new LearnerError('LAB_NOT_FOUND', [typed, suggestion ?? '']);
}

/** Files of other answers in a lab's folder: programs (`.ts`) and plain templates (`.yaml`, `.json`); what they use lies in folders. */
export function alternativeFiles(folder: string): string[] {
  const inside = join(folder, 'alternatives');
  if (!existsSync(inside)) return [];
  return readdirSync(inside)
    .filter((name) => /\.(ts|yaml|json)$/.test(name))
    .sort();
}
