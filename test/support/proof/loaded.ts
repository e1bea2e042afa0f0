import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnResource, Stack } from 'aws-cdk-lib';
import type { Account } from '../../../checker/account';
import type { Graded } from '../../../checker/check';
import type { AnswerFiles, Lab } from '../../../checker/lab';
import type { Mutant, Refused } from '../../../checker/mutant';
import { loadChecks } from '../../../bin/cli/lab';
import { filesBelow } from '../../../lib/answer-files';
import { alternativeFiles, type LabFolder } from '../../../lib/discover';
import { type StackClass, synthesised } from '../graded';

/** A correct answer that is not the reference solution: a template, or calls that start from the deployed starter. */
export type Alternative = { name: string; files?: AnswerFiles } & (
  { template: string } | { act: (account: Account) => Promise<unknown> }
);

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
  /** Of a lab whose answers have files besides their stack. */
  files?: { starter: AnswerFiles; solution: AnswerFiles };
}

// Validation of templates is slow; it runs where the CDK deploys.
process.env['CDK_VALIDATION'] = 'false';

export function loadLabWhole(found: LabFolder): LoadedLab {
  const { short, folder } = found;
  const read = <T>(path: string) => require(join(folder, path)) as T;
  const stackIn = (path: string) => read<{ default: StackClass }>(path).default;
  const Solution = stackIn('solution/stack');
  const lab = read<{ default: Lab }>('lab').default;
  const answers = read<{ mutants: Mutant<Stack>[]; refused?: Refused[] }>('mutants');
  return {
    short,
    folder,
    lab,
    checks: loadChecks(found),
    scene: synthesised(stackIn('stack'), `${short}-scene`),
    starter: synthesised(stackIn('starter/stack'), `${short}-work`),
    solution: (change) => synthesised(Solution, `${short}-work`, change),
    mutants: answers.mutants,
    refused: answers.refused ?? [],
    alternatives: alternativeFiles(folder).map((file) => alternativeIn(found, file, lab)),
    ...(lab.files && { files: filesOf(folder, lab.files.folder) }),
  };
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

const filesOf = (folder: string, name: string) => ({
  starter: filesBelow(join(folder, 'starter', name)),
  solution: filesBelow(join(folder, 'solution', name)),
});

/** The files of an alternative lie in a folder of its name; without one they are the solution's. */
function alternativeIn({ folder, short }: LabFolder, file: string, lab: Lab): Alternative {
  const path = join(folder, 'alternatives', file);
  const name = file.replace(/\.\w+$/, '');
  const own = join(folder, 'alternatives', name, lab.files?.folder ?? '');
  const about = { name, ...(lab.files && existsSync(own) && { files: filesBelow(own) }) };
  if (!file.endsWith('.ts')) return { ...about, template: readFileSync(path, 'utf8') };
  const Class = stackClassIn(path);
  if (Class) return { ...about, template: synthesised(Class, `${short}-work`) };
  const { default: act } = require(path) as { default: (account: Account) => Promise<unknown> };
  return { ...about, act };
}
