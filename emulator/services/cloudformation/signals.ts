import { setResource } from '../../cloudformation/deployment/events';
import { fileSignal, signalKey } from '../../cloudformation/deployment/signals';
import { validationError } from '../../cloudformation/errors';
import { getStack } from './find';
import { getResource } from './resources-of-stack';
import type { CloudFormationHandlers } from './state';

export const signals = {
  SignalResource(input, call) {
    const { LogicalResourceId: logicalId = '', UniqueId: uniqueId = '', Status: status } = input;
    const stack = getStack(call, input.StackName);
    if (!['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS'].includes(stack.status)) {
      throw validationError(`Stack ${stack.id} is in ${stack.status} state and cannot be signaled`);
    }
    const resource = getResource(stack, logicalId);
    const isNew = fileSignal(stack, logicalId, {
      uniqueId,
      status: status ?? 'SUCCESS',
      reason: '',
      data: '',
    });
    if (!isNew) return;
    setResource({ call, stack }, resource, `Received ${status} signal with UniqueId ${uniqueId}`);
    call.wake(signalKey(stack, logicalId));
  },
} satisfies CloudFormationHandlers;
