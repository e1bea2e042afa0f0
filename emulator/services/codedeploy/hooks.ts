import {
  InvalidLifecycleEventHookExecutionIdException,
  InvalidLifecycleEventHookExecutionStatusException,
  LifecycleEventAlreadyCompletedException,
} from '@aws-sdk/client-codedeploy';
import { refuse } from '../../refuse';
import { nextTimer } from './endings';
import { findDeployment } from './find';
import type { CodeDeployHandlers } from './state';

// Texts unverified.
export const hooks = {
  PutLifecycleEventHookExecutionStatus(input, call) {
    const { deploymentId, lifecycleEventHookExecutionId: id = '', status = '' } = input;
    const deployment = findDeployment(deploymentId, call);
    if (status !== 'Succeeded' && status !== 'Failed')
      throw refuse(
        InvalidLifecycleEventHookExecutionStatusException,
        `The lifecycle event hook execution status ${status} is not valid`,
      );
    const step = Object.values(deployment.steps).find(
      ({ hookExecutionId }) => hookExecutionId === id,
    );
    if (!step)
      throw refuse(
        InvalidLifecycleEventHookExecutionIdException,
        'The lifecycle event hook execution ID is not valid',
      );
    if (step.status !== 'InProgress' || deployment.reported.includes(id))
      throw refuse(
        LifecycleEventAlreadyCompletedException,
        'The lifecycle event has already completed',
      );
    deployment.reported.push(id);
    step.status = status;
    step.endedAt = call.now();
    call.timers.cancel(nextTimer(deployment));
    call.timers.set({ name: 'proceed', at: call.now(), payload: { id: deployment.id } });
    return { lifecycleEventHookExecutionId: id };
  },
} satisfies CodeDeployHandlers;
