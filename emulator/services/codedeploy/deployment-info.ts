import type { DeploymentInfo, DeploymentOverview } from '@aws-sdk/client-codedeploy';
import type { Deployment } from './state';

const whatIsSet = <T extends object>(members: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as Partial<T>;

/** A deployment as the API shows it. */
export function show(deployment: Deployment): DeploymentInfo {
  return {
    applicationName: deployment.applicationName,
    deploymentGroupName: deployment.groupName,
    deploymentConfigName: deployment.configName,
    deploymentId: deployment.id,
    revision: deployment.revision,
    status: deployment.status,
    createTime: deployment.createdAt,
    creator: deployment.creator,
    computePlatform: 'Lambda',
    deploymentStyle: {
      deploymentType: 'BLUE_GREEN',
      deploymentOption: 'WITH_TRAFFIC_CONTROL',
    },
    deploymentOverview: overviewOf(deployment),
    ignoreApplicationStopFailures: false,
    updateOutdatedInstancesOnly: false,
    instanceTerminationWaitTimeStarted: false,
    ...whatIsSet({
      previousRevision: deployment.previousRevision,
      description: deployment.description,
      startTime: deployment.startedAt,
      completeTime: deployment.completedAt,
      errorInformation: deployment.error,
      autoRollbackConfiguration: deployment.autoRollback,
      overrideAlarmConfiguration: deployment.overrideAlarms,
      externalId: deployment.externalId,
    }),
    ...(Object.keys(deployment.rollback).length > 0 ? { rollbackInfo: deployment.rollback } : {}),
  };
}

/** A Lambda deployment has one target. */
function overviewOf({ steps }: Deployment): DeploymentOverview {
  const none = { Pending: 0, InProgress: 0, Succeeded: 0, Failed: 0, Skipped: 0, Ready: 0 };
  return { ...none, [steps.AllowTraffic.status]: 1 };
}
