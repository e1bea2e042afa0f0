import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnResource, Stack } from 'aws-cdk-lib';
import type { Account } from '../../../checker/account';
import type { Graded } from '../../../checker/check';
import type { Lab } from '../../../checker/lab';
import type { Mutant, Refused } from '../../../checker/mutant';
import { loadChecks } from '../../../bin/cli/lab';
import type { LabFolder } from '../../../lib/discover';
import { type StackClass, synthesised } from '../graded';

/** A correct answer that is not the reference solution: a template, or calls that start from the deployed starter. */
export type Alternative =
  | { name: string; template: string }
  | { name: string; act: (account: Account) => Promise<unknown> };

/** A lab with everything that its proof needs, its templates made. */
export interface LoadedLab {
  short: string;
  folder: string;
  lab: Lab;
  checks: Record<string, Graded>;
  scene: string;
  starter: string;
  solution: (change?: (stack: Stack) => void) => string;
  mutants: Mutant<Stack>[];
  refused: Refused[];
  alternatives: Alternative[];
}

// Validation of templates is slow; it runs where the CDK deploys.
process.env['CDK_VALIDATION'] = 'false';

export function loadLabWhole(found: LabFolder): LoadedLab {
  const { short, folder } = found;
  const read = <T>(path: string) => require(join(folder, path)) as T;
  const stackIn = (path: string) => read<{ default: StackClass }>(path).default;
  const Solution = stackIn('solution/stack');
  const answers = read<{ mutants: Mutant<Stack>[]; refused?: Refused[] }>('mutants');
  return {
    short,
    folder,
    lab: read<{ default: Lab }>('lab').default,
    checks: loadChecks(found),
    scene: synthesised(stackIn('stack'), `${short}-scene`),
    starter: synthesised(stackIn('starter/stack'), `${short}-work`),
    solution: (change) => synthesised(Solution, `${short}-work`, change),
    mutants: answers.mutants,
    refused: answers.refused ?? [],
    alternatives: alternativeFiles(folder).map((file) => alternativeIn(folder, file, short)),
  };
}

/** Files of other answers: CDK classes and functions (`.ts`), plain templates (`.yaml`, `.json`). */
export function alternativeFiles(folder: string): string[] {
  const inside = join(folder, 'alternatives');
  return existsSync(inside) ? readdirSync(inside).sort() : [];
}

/** The class that a file of TypeScript exports, unless it exports a function of calls. */
export function stackClassIn(path: string): StackClass | undefined {
  const { default: exported } = require(path) as { default: StackClass };
  return exported.prototype instanceof Stack ? exported : undefined;
}

/** Other names for all that a stack makes: whoever grades by names that no task names is found out. */
export function renameAll(stack: Stack): void {
  for (const child of stack.node.findAll()) {
    if (!CfnResource.isCfnResource(child)) continue;
    const { logicalId } = child;
    child.overrideLogicalId(`Other${stack.resolve(logicalId)}`);
  }
}

// --- internal ---

function alternativeIn(folder: string, file: string, short: string): Alternative {
  const path = join(folder, 'alternatives', file);
  const name = file.replace(/\.\w+$/, '');
  if (!file.endsWith('.ts')) return { name, template: readFileSync(path, 'utf8') };
  const Class = stackClassIn(path);
  if (Class) return { name, template: synthesised(Class, `${short}-work`) };
  const { default: act } = require(path) as { default: (account: Account) => Promise<unknown> };
  return { name, act };
}
