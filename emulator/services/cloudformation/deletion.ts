import { deleteStack } from '../../cloudformation/deployment/deploy';
import { setStatus } from '../../cloudformation/deployment/events';
import { cancel, launch, settled } from '../../cloudformation/deployment/launch';
import { checkInUse } from '../../cloudformation/deployment/outputs';
import { validationError } from '../../cloudformation/errors';
import { isBusy, type Stack } from '../../cloudformation/stack';
import { findStack } from './find';
import { callerFor } from './proposal';
import type { CloudFormationCall, CloudFormationHandlers } from './state';

export const deletion = {
  async DeleteStack(input, call) {
    const stack = findStack(call, input.StackName ?? '');
    if (!stack || stack.status === 'DELETE_COMPLETE') return {};
    await checkDeletable(call, stack, input.RetainResources ?? []);
    const caller = await callerFor(call, input.RoleARN ?? stack.settings.roleArn);
    await launch(call, {
      stack,
      caller,
      token: input.ClientRequestToken,
      async work(run) {
        if (refuseDeletion(run.call, stack)) return;
        await deleteStack(run, {
          reason: 'User Initiated',
          retain: input.RetainResources ?? [],
          isForced: input.DeletionMode === 'FORCE_DELETE_STACK',
        });
      },
    });
    return {};
  },
} satisfies CloudFormationHandlers;

async function checkDeletable(
  call: CloudFormationCall,
  stack: Stack,
  retain: string[],
): Promise<void> {
  if (stack.isProtected) {
    throw validationError(
      `Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`,
    );
  }
  if (retain.length > 0 && stack.status !== 'DELETE_FAILED') {
    // Text not verified against AWS.
    throw validationError(
      'Specify the resources to retain only when the stack is in the DELETE_FAILED state.',
    );
  }
  if (!isBusy(stack)) return;
  if (stack.status.startsWith('UPDATE')) {
    throw validationError(`Stack [${stack.id}] cannot be deleted while in status ${stack.status}`);
  }
  // A creation stops before its next resource, and is deleted then.
  cancel(call, stack);
  await settled(call, stack);
  delete stack.isCancelled;
}

/** A stack whose exports are in use stays as it is and says why. */
function refuseDeletion(call: CloudFormationCall, stack: Stack): boolean {
  const { status } = stack;
  try {
    checkInUse(call.state, stack, []);
    return false;
  } catch (error) {
    setStatus({ call, stack }, 'DELETE_IN_PROGRESS', 'User Initiated');
    setStatus({ call, stack }, status, error instanceof Error ? error.message : String(error));
    return true;
  }
}
