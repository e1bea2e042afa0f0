import { ChangeSetNotFoundException } from '@aws-sdk/client-cloudformation';
import type { ChangeSet } from '../../cloudformation/change-set';
import { validationError } from '../../cloudformation/errors';
import type { Stack } from '../../cloudformation/stack';
import { refuse } from '../../refuse';
import type { CloudFormationCall } from './state';

/** A stack by its name while it exists, or by its id for good. */
export function findStack(call: CloudFormationCall, nameOrId: string): Stack | undefined {
  const { state } = call;
  return state.stacks.get(
    nameOrId.startsWith('arn:') ? nameOrId : (state.names.get(nameOrId) ?? ''),
  );
}

/** The stack, or the error in the form `Stack [x] does not exist`. */
export function getStack(call: CloudFormationCall, nameOrId = ''): Stack {
  const stack = findStack(call, nameOrId);
  if (!stack) throw validationError(`Stack [${nameOrId}] does not exist`);
  return stack;
}

/** The stack, or the error in DescribeStacks' own form. */
export function getStackById(call: CloudFormationCall, nameOrId = ''): Stack {
  const stack = findStack(call, nameOrId);
  if (!stack) throw validationError(`Stack with id ${nameOrId} does not exist`);
  return stack;
}

/** A stack that was not deleted, newest first. */
export function existingStacks(call: CloudFormationCall): Stack[] {
  return allStacks(call).filter(({ status }) => status !== 'DELETE_COMPLETE');
}

/** Every stack there was, newest first. */
export function allStacks(call: CloudFormationCall): Stack[] {
  return [...call.state.stacks.values()].toReversed();
}

interface ChangeSetName {
  ChangeSetName?: string | undefined;
  StackName?: string | undefined;
}

/** A change set by its id, or by its name and that of its stack. */
export function findChangeSet(
  call: CloudFormationCall,
  { ChangeSetName: name = '', StackName: stackName }: ChangeSetName,
): ChangeSet | undefined {
  const { state } = call;
  if (name.startsWith('arn:')) return state.changeSets.get(name);
  if (!stackName) {
    throw validationError(
      'StackName must be specified if ChangeSetName is not specified as an ARN.',
    );
  }
  return state.changeSets.get(getStack(call, stackName).changeSets.get(name) ?? '');
}

/** The change set, or AWS's ChangeSetNotFound. */
export function getChangeSet(call: CloudFormationCall, input: ChangeSetName): ChangeSet {
  const found = findChangeSet(call, input);
  if (found) return found;
  throw refuse(
    ChangeSetNotFoundException,
    `ChangeSet [${input.ChangeSetName ?? ''}] does not exist`,
  );
}

/** The stack of a change set that was found. */
export const stackOfChangeSet = (call: CloudFormationCall, { stackId }: ChangeSet): Stack =>
  getStack(call, stackId);
