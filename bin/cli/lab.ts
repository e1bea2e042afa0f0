import { join } from 'node:path';
import type { Graded } from '../../checker/check';
import type { Lab } from '../../checker/lab';
import type { LabFolder } from '../../lib/discover';

/** Loads a lab's definition, and nothing else of it. */
export const loadLab = ({ folder }: LabFolder): Lab =>
  (require(join(folder, 'lab')) as { default: Lab }).default;

/** The graded exports of a lab's `checks.ts`, by their names. */
export function loadChecks({ folder }: LabFolder): Record<string, Graded> {
  const exported = require(join(folder, 'checks')) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(exported).filter((entry): entry is [string, Graded] => isGraded(entry[1])),
  );
}

const isGraded = (value: unknown): value is Graded =>
  typeof value === 'object' && value !== null && 'title' in value && 'look' in value;
