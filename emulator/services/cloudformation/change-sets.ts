import {
  AlreadyExistsException,
  InvalidChangeSetStatusException,
} from '@aws-sdk/client-cloudformation';
import type { ChangeSet } from '../../cloudformation/change-set';
import { setStatus } from '../../cloudformation/deployment/events';
import { validationError } from '../../cloudformation/errors';
import type { Stack } from '../../cloudformation/stack';
import { refuse } from '../../refuse';
import { describeChangeSet, summaryOf } from './change-set-shape';
import { findChangeSet, findStack, getChangeSet, getStack, stackOfChangeSet } from './find';
import { assess } from './assess';
import { newStack, prepareForFailure, register } from './new-stack';
import {
  checkTypes,
  checkUpdatable,
  retireChangeSets,
  startCreation,
  startUpdate,
} from './operations';
import { propose, recall } from './proposal';
import { pageOf } from './pages';
import type { CloudFormationCall, CloudFormationHandlers } from './state';
import { refuseUnsupported } from './unsupported';

export const changeSets = {
  async CreateChangeSet(input, call) {
    refuseUnsupported(input);
    const { ChangeSetName: name = '', ChangeSetType: type = 'UPDATE' } = input;
    const stack = targetOf(call, input);
    const proposal = await propose(call, input, stack);
    if (type === 'UPDATE') checkTypes(stack, proposal);
    const changeSet: ChangeSet = {
      id: call.arn(`changeSet/${name}/${call.random.uuid()}`),
      name,
      stackId: stack.id,
      type,
      settings: proposal.settings,
      createdAt: call.now(),
      description: input.Description,
      onStackFailure: input.OnStackFailure,
      ...assess({ ...proposal, call, stack }, call.state),
    };
    if (!call.state.stacks.has(stack.id)) {
      register(call, stack);
      setStatus({ call, stack }, 'REVIEW_IN_PROGRESS', 'User Initiated');
    }
    call.state.changeSets.set(changeSet.id, changeSet);
    stack.changeSets.set(name, changeSet.id);
    return { Id: changeSet.id, StackId: stack.id };
  },

  DescribeChangeSet(input, call) {
    const changeSet = getChangeSet(call, input);
    const { page, rest } = pageOf(changeSet.changes, input.NextToken);
    return {
      ...describeChangeSet(changeSet, stackOfChangeSet(call, changeSet), {
        changes: page,
        showsValues: input.IncludePropertyValues ?? false,
      }),
      ...rest,
    };
  },

  async ExecuteChangeSet(input, call) {
    refuseUnsupported(input);
    const changeSet = getChangeSet(call, input);
    const stack = stackOfChangeSet(call, changeSet);
    checkExecutable(changeSet);
    if (changeSet.type === 'UPDATE') checkUpdatable(stack);
    const proposal = await recall(call, changeSet.settings, stack);
    retireChangeSets(call, stack);
    stack.changeSets.clear();
    changeSet.executionStatus = 'EXECUTE_COMPLETE';
    stack.changeSetId = changeSet.id;
    stack.updatedAt = call.now();
    const { onStackFailure } = changeSet;
    prepareForFailure(stack, { ...input, OnStackFailure: onStackFailure });
    const start = changeSet.type === 'CREATE' ? startCreation : startUpdate;
    await start(call, { stack, proposal, token: input.ClientRequestToken });
    return {};
  },

  DeleteChangeSet(input, call) {
    // Deleting what is not there succeeds: the CDK does it before each deployment.
    const changeSet = findChangeSet(call, input);
    if (!changeSet) return {};
    const stack = stackOfChangeSet(call, changeSet);
    call.state.changeSets.delete(changeSet.id);
    if (stack.changeSets.get(changeSet.name) === changeSet.id) {
      stack.changeSets.delete(changeSet.name);
    }
    return {};
  },

  ListChangeSets({ StackName: name, NextToken: token }, call) {
    const stack = getStack(call, name);
    const ids = [...stack.changeSets.values()].toReversed();
    const found = ids.flatMap((id) => call.state.changeSets.get(id) ?? []);
    const { page, rest } = pageOf(found, token);
    return {
      Summaries: page.map((changeSet) => summaryOf(changeSet, stack)),
      ...rest,
    };
  },
} satisfies CloudFormationHandlers;

interface Target {
  StackName?: string | undefined;
  ChangeSetName?: string | undefined;
  ChangeSetType?: string | undefined;
}

/** The stack that the change set is for, on which its name has to be free. */
function targetOf(call: CloudFormationCall, input: Target): Stack {
  const stack = stackFor(call, input);
  if (!stack.changeSets.has(input.ChangeSetName ?? '')) return stack;
  // Text not verified against AWS.
  throw refuse(AlreadyExistsException, `ChangeSet ${input.ChangeSetName} already exists`);
}

function stackFor(call: CloudFormationCall, input: Target): Stack {
  const { StackName: name = '', ChangeSetName: changeSet = '', ChangeSetType: type } = input;
  if (type === 'IMPORT') throw validationError('The option ChangeSetType IMPORT is not emulated');
  if (type !== 'CREATE') {
    const stack = getStack(call, name);
    checkUpdatable(stack);
    return stack;
  }
  const existing = findStack(call, name);
  if (existing && existing.status !== 'REVIEW_IN_PROGRESS') {
    throw validationError(
      `Stack [${name}] already exists and cannot be created again with the changeSet [${changeSet}].`,
    );
  }
  return existing ?? newStack(call, name);
}

function checkExecutable({ id, status, executionStatus }: ChangeSet): void {
  if (executionStatus === 'AVAILABLE') return;
  const current =
    status === 'CREATE_COMPLETE'
      ? `execution status of [${executionStatus}]`
      : `status of [${status}]`;
  throw refuse(
    InvalidChangeSetStatusException,
    `ChangeSet [${id}] cannot be executed in its current ${current}`,
  );
}
