import { rollBackCreation } from '../../cloudformation/deployment/deploy';
import { cancel, launch } from '../../cloudformation/deployment/launch';
import { rollBackUpdate } from '../../cloudformation/deployment/rollback';
import { validationError } from '../../cloudformation/errors';
import { getStack } from './find';
import { callerFor } from './proposal';
import type { CloudFormationHandlers } from './state';
import { refuseUnsupported } from './unsupported';

export const rollbacks = {
  CancelUpdateStack({ StackName: name }, call) {
    const stack = getStack(call, name);
    if (stack.status !== 'UPDATE_IN_PROGRESS') {
      throw validationError('CancelUpdateStack cannot be called from current stack status');
    }
    cancel(call, stack);
    return {};
  },

  async ContinueUpdateRollback(input, call) {
    const stack = getStack(call, input.StackName);
    if (stack.status !== 'UPDATE_ROLLBACK_FAILED') {
      throw validationError(
        `Stack:${stack.id} is in ${stack.status} state and can not continue rollback.`,
      );
    }
    await launch(call, {
      stack,
      caller: await callerFor(call, input.RoleARN ?? stack.settings.roleArn),
      token: input.ClientRequestToken,
      work: (run) =>
        rollBackUpdate({ ...run, skip: input.ResourcesToSkip ?? [] }, 'User Initiated'),
    });
    return {};
  },

  async RollbackStack(input, call) {
    refuseUnsupported(input);
    const stack = getStack(call, input.StackName);
    const isUpdate = stack.status === 'UPDATE_FAILED';
    if (!isUpdate && stack.status !== 'CREATE_FAILED') {
      // Text not verified against AWS.
      throw validationError(
        `Stack:${stack.id} is in ${stack.status} state and can not be rolled back.`,
      );
    }
    stack.retainsExceptOnCreate = input.RetainExceptOnCreate ?? false;
    await launch(call, {
      stack,
      caller: await callerFor(call, input.RoleARN ?? stack.settings.roleArn),
      token: input.ClientRequestToken,
      work: (run) =>
        isUpdate ? rollBackUpdate(run, 'User Initiated') : rollBackCreation(run, 'User Initiated'),
    });
    return { StackId: stack.id };
  },
} satisfies CloudFormationHandlers;
