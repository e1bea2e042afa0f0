import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

/** The checkout itself, with `labs/` and `node_modules/`. */
export const projectRoot = resolve(__dirname, '..');

/** The folder that holds `.lab/` and `work/`: the checkout, unless DOP_LABS_HOME names another. */
export const homeFolder = (): string => resolve(process.env['DOP_LABS_HOME'] || projectRoot);

/** A path under `.lab/`, where everything lives that this machine keeps about a learner. */
export const labFile = (...names: string[]): string => join(homeFolder(), '.lab', ...names);

/** `work/lab-05` in the home folder. */
export const workFolder = (shortId: string): string => join(homeFolder(), 'work', shortId);

/** A path as a learner would type it from where they stand. */
export function shown(path: string): string {
  const near = relative(process.cwd(), path);
  return near === '' ? '.' : near.startsWith('..') ? path : near;
}

/**
 * A home outside of the checkout has no `node_modules` above it, and the learner's stack imports
 * aws-cdk-lib: a link stands in for it.
 */
export function linkPackages(): void {
  const link = join(homeFolder(), 'work', 'node_modules');
  if (homeFolder() === projectRoot || existsSync(link)) return;
  mkdirSync(join(homeFolder(), 'work'), { recursive: true });
  symlinkSync(join(projectRoot, 'node_modules'), link, 'junction');
}
