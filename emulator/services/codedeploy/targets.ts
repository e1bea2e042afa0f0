import {
  DeploymentNotStartedException,
  type DeploymentTarget,
  DeploymentTargetDoesNotExistException,
  DeploymentTargetIdRequiredException,
  type LifecycleEvent,
  type TargetStatus,
} from '@aws-sdk/client-codedeploy';
import { refuse } from '../../refuse';
import { findDeployment } from './find';
import {
  type CodeDeployCall,
  type CodeDeployHandlers,
  type Deployment,
  lifecycleEvents,
} from './state';

export const targets = {
  ListDeploymentTargets({ deploymentId }, call) {
    return { targetIds: [targetIdOf(started(deploymentId, call))] };
  },

  GetDeploymentTarget({ deploymentId, targetId }, call) {
    const deployment = started(deploymentId, call);
    return { deploymentTarget: show(deployment, targetId, call) };
  },

  BatchGetDeploymentTargets({ deploymentId, targetIds = [] }, call) {
    const deployment = started(deploymentId, call);
    return { deploymentTargets: targetIds.map((targetId) => show(deployment, targetId, call)) };
  },
} satisfies CodeDeployHandlers;

function started(deploymentId: string | undefined, call: CodeDeployCall): Deployment {
  const deployment = findDeployment(deploymentId, call);
  if (deployment.status === 'Created')
    // text unverified
    throw refuse(DeploymentNotStartedException, `The deployment ${deployment.id} has not started`);
  return deployment;
}

/** `function:alias`, the one target of a Lambda deployment. */
const targetIdOf = ({ spec }: Deployment): string => `${spec.functionName}:${spec.alias}`;

function show(
  deployment: Deployment,
  targetId: string | undefined,
  call: CodeDeployCall,
): DeploymentTarget {
  // Both texts unverified.
  if (!targetId) throw refuse(DeploymentTargetIdRequiredException, 'Target ID is required');
  if (targetId !== targetIdOf(deployment))
    throw refuse(
      DeploymentTargetDoesNotExistException,
      `The deployment ${deployment.id} has no target ${targetId}`,
    );
  const { functionName, alias, currentVersion, targetVersion } = deployment.spec;
  return {
    deploymentTargetType: 'LambdaTarget',
    lambdaTarget: {
      deploymentId: deployment.id,
      targetId,
      targetArn: `arn:aws:lambda:${call.region}:${call.accountId}:function:${functionName}:${alias}`,
      status: statusOf(deployment),
      lastUpdatedAt: deployment.updatedAt,
      lifecycleEvents: lifecycleEvents.map((name) => eventOf(deployment, name)),
      lambdaFunctionInfo: {
        functionName,
        functionAlias: alias,
        currentVersion,
        targetVersion,
        targetVersionWeight: deployment.weight,
      },
    },
  };
}

function statusOf({ status }: Deployment): TargetStatus {
  if (status === 'Succeeded' || status === 'InProgress') return status;
  return status === 'Stopped' || status === 'Failed' ? 'Failed' : 'Pending';
}

function eventOf(deployment: Deployment, name: (typeof lifecycleEvents)[number]): LifecycleEvent {
  const { status, startedAt, endedAt } = deployment.steps[name];
  return {
    lifecycleEventName: name,
    status,
    ...(startedAt === undefined ? {} : { startTime: startedAt }),
    ...(endedAt === undefined ? {} : { endTime: endedAt }),
  };
}
