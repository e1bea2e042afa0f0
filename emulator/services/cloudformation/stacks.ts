import { AlreadyExistsException } from '@aws-sdk/client-cloudformation';
import { validationError } from '../../cloudformation/errors';
import { hasChanges } from '../../cloudformation/planning/has-changes';
import { refuse } from '../../refuse';
import { findStack, getStack } from './find';
import { newStack, prepareForFailure } from './new-stack';
import {
  checkTypes,
  checkUpdatable,
  retireChangeSets,
  startCreation,
  startUpdate,
} from './operations';
import { checkExpansion, propose } from './proposal';
import { policiesOf } from './stack-policies';
import type { CloudFormationHandlers } from './state';
import { refuseUnsupported } from './unsupported';

export const stacks = {
  async CreateStack(input, call) {
    refuseUnsupported(input);
    const { StackName: name = '' } = input;
    const existing = findStack(call, name);
    if (existing && existing.status !== 'REVIEW_IN_PROGRESS') {
      throw refuse(AlreadyExistsException, `Stack [${name}] already exists`);
    }
    const stack = existing ?? newStack(call, name);
    const proposal = await propose(call, input, stack);
    checkExpansion(proposal);
    const { lasting } = await policiesOf(call, input);
    if (lasting !== undefined) stack.policy = lasting;
    stack.isProtected = input.EnableTerminationProtection ?? false;
    if (input.TimeoutInMinutes) stack.timeoutInMinutes = input.TimeoutInMinutes;
    prepareForFailure(stack, input);
    retireChangeSets(call, stack);
    await startCreation(call, { stack, proposal, token: input.ClientRequestToken });
    return { StackId: stack.id };
  },

  async UpdateStack(input, call) {
    refuseUnsupported(input);
    const stack = getStack(call, input.StackName);
    checkUpdatable(stack);
    const proposal = await propose(call, input, stack);
    checkExpansion(proposal);
    checkTypes(stack, proposal);
    if (!hasChanges({ ...proposal, call, stack })) {
      throw validationError('No updates are to be performed.');
    }
    prepareForFailure(stack, input);
    const { lasting, duringUpdate } = await policiesOf(call, input);
    const policy = duringUpdate ?? stack.policy;
    if (lasting !== undefined) stack.policy = lasting;
    delete stack.changeSetId;
    retireChangeSets(call, stack);
    await startUpdate(call, { stack, proposal, token: input.ClientRequestToken, policy });
    return { StackId: stack.id };
  },

  UpdateTerminationProtection({ StackName: name, EnableTerminationProtection: enable }, call) {
    const stack = getStack(call, name);
    stack.isProtected = enable ?? false;
    return { StackId: stack.id };
  },
} satisfies CloudFormationHandlers;
