import type { Output } from '@aws-sdk/client-cloudformation';
import { validationError } from '../errors';
import type { Stack } from '../stack';
import type { CloudFormationState } from '../state';
import { evaluate } from '../template/evaluate';
import { type Knowledge, type Model, scopeOf } from '../template/model';
import { printable } from '../template/unknown';

/** The outputs of a template; a value that is not known yet shows AWS's placeholder. */
export function outputsOf(model: Model, knowledge: Knowledge): Output[] {
  const scope = scopeOf(model, knowledge);
  return Object.entries(model.template.Outputs)
    .filter(([, { Condition: condition }]) => condition === undefined || model.isTrue(condition))
    .map(([key, { Value: value, Description: description, Export: exported }]) => ({
      OutputKey: key,
      OutputValue: String(printable(evaluate(value, scope))),
      ...(description === undefined ? {} : { Description: description }),
      ...(exported ? { ExportName: String(printable(evaluate(exported.Name, scope))) } : {}),
    }));
}

/** Takes over outputs and imports, after checking that no other stack is hurt by it. */
export function commitOutputs(
  state: CloudFormationState,
  stack: Stack,
  next: { outputs: Output[]; imports: string[] },
): void {
  checkTaken(state, stack, next.outputs);
  checkInUse(state, stack, next.outputs);
  withdraw(state, stack);
  stack.outputs = next.outputs;
  stack.imports = next.imports;
  for (const { ExportName: name, OutputValue: value = '' } of next.outputs) {
    if (name !== undefined) state.exports.set(name, { stackId: stack.id, name, value });
  }
  for (const name of next.imports) {
    state.imports.set(name, (state.imports.get(name) ?? new Set()).add(stack.id));
  }
}

/** Takes a stack's exports and imports off the account's tables. */
export function withdraw(state: CloudFormationState, stack: Stack): void {
  for (const { ExportName: name = '' } of stack.outputs) {
    if (state.exports.get(name)?.stackId === stack.id) state.exports.delete(name);
  }
  for (const name of stack.imports) stopImporting(state, stack, name);
}

function stopImporting(state: CloudFormationState, stack: Stack, name: string): void {
  const importers = state.imports.get(name);
  importers?.delete(stack.id);
  if (importers?.size === 0) state.imports.delete(name);
}

function checkTaken(state: CloudFormationState, stack: Stack, outputs: Output[]): void {
  for (const { ExportName: name } of outputs) {
    const owner = name === undefined ? undefined : state.exports.get(name)?.stackId;
    if (owner === undefined || owner === stack.id) continue;
    throw validationError(
      `Export with name ${name} is already exported by stack ${state.stacks.get(owner)?.name}.`,
    );
  }
}

/** Refuses to withdraw or change an export that another stack imports. */
export function checkInUse(state: CloudFormationState, stack: Stack, outputs: Output[]): void {
  for (const { ExportName: name, OutputValue: value } of stack.outputs) {
    const users = name === undefined ? [] : importersOf(state, name);
    if (users.length === 0) continue;
    const next = outputs.find((output) => output.ExportName === name);
    if (next?.OutputValue === value) continue;
    const verb = next ? 'updated' : 'deleted';
    throw validationError(
      `Export ${name} cannot be ${verb} as it is in use by ${enumerate(users)}`,
    );
  }
}

/** Names of the stacks that import an export. */
export const importersOf = (state: CloudFormationState, name: string): string[] =>
  [...(state.imports.get(name) ?? [])].map((id) => state.stacks.get(id)?.name ?? id);

const enumerate = (names: string[]): string =>
  names.length < 2
    ? (names[0] ?? '')
    : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
