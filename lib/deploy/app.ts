import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Tags, type App, type Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { findLab, findLabs, type LabFolder } from '../discover';
import { workFolder } from '../home';

type StackClass = new (scope: Construct, id: string, props?: StackProps) => Stack;

/** Whose answer the work stack holds: the learner's own (the starter until there is one), or one of the lab's. */
export type Answer = 'work' | 'starter' | 'solution';

export const sceneStack = (lab: LabFolder): string => `${lab.short}-scene`;
export const workStack = (lab: LabFolder): string => `${lab.short}-work`;

/**
 * Adds the stacks of the lab that the context names (`-c lab=lab-05 -c answer=solution`), or of
 * all labs. Only these labs' files are loaded, so one learner's type error breaks no other lab.
 */
export function addLabs(app: App): void {
  const wanted: unknown = app.node.tryGetContext('lab');
  const answer: unknown = app.node.tryGetContext('answer') ?? 'work';
  const labs = typeof wanted === 'string' ? [findLab(wanted)] : findLabs();
  for (const lab of labs) addLab(app, lab, answerOf(answer));
}

/** The file of a lab's work stack. */
function answerFile(lab: LabFolder, answer: Answer): string {
  const own = join(workFolder(lab.short), 'stack.ts');
  if (answer === 'work') return existsSync(own) ? own : join(lab.folder, 'starter', 'stack.ts');
  return join(lab.folder, answer, 'stack.ts');
}

function addLab(app: App, lab: LabFolder, answer: Answer): void {
  const Scene = loadStack(join(lab.folder, 'stack.ts'));
  const Work = loadStack(answerFile(lab, answer));
  const scene = new Scene(app, sceneStack(lab));
  const work = new Work(app, workStack(lab));
  work.addStackDependency(scene, 'the work stack imports what the scene exports');
  for (const stack of [scene, work]) Tags.of(stack).add('dop-labs:lab', lab.short);
}

function answerOf(value: unknown): Answer {
  if (value === 'work' || value === 'starter' || value === 'solution') return value;
  throw new Error(`the context value answer=${String(value)} is none of work, starter, solution`);
}

function loadStack(file: string): StackClass {
  const { default: loaded } = require(file) as { default?: unknown };
  if (typeof loaded === 'function') return loaded as StackClass;
  const what = loaded === undefined ? 'no default export' : 'a default export that is no class';
  throw new Error(`${file} has ${what}; it must export the stack's class as default`);
}
