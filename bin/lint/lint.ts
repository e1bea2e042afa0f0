import type { LabFolder } from '../../lib/discover';
import { checks, nearMisses, points } from './checks';
import { counts, definition } from './definition';
import { literals } from './literals';
import { loadLinted, missingFiles } from './load';
import type { Problem } from './problem';
import { readme } from './readme';

const rules = [definition, checks, points, counts, nearMisses, readme, literals];

/** What the contract of labs asks and this lab lacks, as far as it can be read without an account. */
export function lintLab(folder: LabFolder): Problem[] {
  const missing = missingFiles(folder);
  if (missing.length > 0) return missing.map((file) => `${file} is missing`);
  const linted = loadLinted(folder);
  return rules.flatMap((rule) => rule(linted));
}
