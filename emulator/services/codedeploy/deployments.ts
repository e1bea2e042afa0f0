import {
  type CreateDeploymentInput,
  DeploymentAlreadyCompletedException,
  type DeploymentConfigInfo,
  DeploymentLimitExceededException,
  type DeploymentInfo,
  type DeploymentOverview,
  type ListDeploymentsInput,
  type TimeRange,
} from '@aws-sdk/client-codedeploy';
import { awsError } from '../../errors';
import { paginate } from '../../paginate';
import { refuse } from '../../refuse';
import { readAppSpec } from './app-spec';
import { findConfig } from './configs';
import { isOver, stop } from './endings';
import { findApplication, findDeployment, findGroup } from './find';
import { checkAlarms, checkRollback } from './group-input';
import { newDeployment } from './new-deployment';
import { invalidToken } from './pages';
import { contentOf, given, register } from './revisions';
import type { CodeDeployHandlers, Deployment, Group } from './state';

export const deployments = {
  async CreateDeployment(input, call) {
    const application = findApplication(input.applicationName, call);
    const group = findGroup(
      {
        applicationName: application.name,
        deploymentGroupName: input.deploymentGroupName,
      },
      call,
    );
    if (application.platform !== 'Lambda')
      throw awsError(
        'InvalidComputePlatformException',
        `Deployments to the compute platform ${application.platform} are not emulated`,
      );
    checkRollback(input.autoRollbackConfiguration);
    checkAlarms(input.overrideAlarmConfiguration);
    const revision = given(input.revision ?? group.info.targetRevision);
    const config = findConfig(input.deploymentConfigName ?? group.info.deploymentConfigName, call);
    checkPlatform(config);
    const spec = readAppSpec(await contentOf(revision, call));
    if (group.running !== undefined) throw alreadyActive(group);
    const deployment = newDeployment(
      { ...chosen(input, group), revision, spec, configName: config.deploymentConfigName },
      call,
    );
    const used = register(application, { revision }, call);
    used.firstUsedAt ??= call.now();
    used.lastUsedAt = call.now();
    group.running = deployment.id;
    call.timers.set({ name: 'begin', at: call.now(), payload: { id: deployment.id } });
    return { deploymentId: deployment.id };
  },

  GetDeployment({ deploymentId }, call) {
    return { deploymentInfo: show(findDeployment(deploymentId, call)) };
  },

  BatchGetDeployments({ deploymentIds = [] }, call) {
    return { deploymentsInfo: deploymentIds.map((id) => show(findDeployment(id, call))) };
  },

  ListDeployments(input, call) {
    const found = [...call.state.deployments.values()]
      .filter((deployment) => isAsked(deployment, input))
      .toReversed()
      .map(({ id }) => id);
    const { page, next } = paginate(found, input.nextToken, invalidToken(100));
    return { deployments: page, ...(next === undefined ? {} : { nextToken: next }) };
  },

  /** FACTS C1.8: a manual stop goes back when the caller or the group says so. */
  async StopDeployment({ deploymentId, autoRollbackEnabled }, call) {
    const deployment = findDeployment(deploymentId, call);
    if (isOver(deployment))
      throw refuse(
        DeploymentAlreadyCompletedException,
        `The deployment ${deployment.id} has already completed`, // text unverified
      );
    await stop(
      deployment,
      {
        code: 'MANUAL_STOP',
        message: 'The deployment was stopped by the user.', // text unverified
        ...(autoRollbackEnabled === undefined ? {} : { goBack: autoRollbackEnabled }),
      },
      call,
    );
    return { status: 'Succeeded' as const, statusMessage: 'The deployment was stopped.' };
  },
} satisfies CodeDeployHandlers;

const alreadyActive = ({ info, running }: Group): Error =>
  refuse(
    DeploymentLimitExceededException,
    `The Deployment Group '${info.deploymentGroupName}' already has an active Deployment '${running}'`,
  );

function checkPlatform({ computePlatform, deploymentConfigName }: DeploymentConfigInfo): void {
  if (computePlatform !== 'Lambda')
    throw awsError(
      'InvalidDeploymentConfigNameException',
      `${deploymentConfigName} is not a configuration of the Lambda compute platform`, // text unverified
    );
}

const chosen = (input: CreateDeploymentInput, { info }: Group) => ({
  applicationName: info.applicationName,
  groupName: info.deploymentGroupName,
  description: input.description,
  autoRollback: input.autoRollbackConfiguration ?? info.autoRollbackConfiguration,
  overrideAlarms: input.overrideAlarmConfiguration,
  previousRevision: info.targetRevision,
});

function isAsked(deployment: Deployment, input: ListDeploymentsInput): boolean {
  const { includeOnlyStatuses: statuses = [] } = input;
  const members = [
    [input.applicationName, deployment.applicationName],
    [input.deploymentGroupName, deployment.groupName],
    [input.externalId, deployment.externalId],
  ];
  return (
    members.every(([wanted, actual]) => wanted === undefined || wanted === actual) &&
    (statuses.length === 0 || statuses.includes(deployment.status)) &&
    isWithin(deployment.createdAt, input.createTimeRange)
  );
}

const isWithin = (at: Date, { start, end }: TimeRange = {}): boolean =>
  (start === undefined || at >= start) && (end === undefined || at <= end);

const whatIsSet = <T extends object>(members: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as Partial<T>;

function show(deployment: Deployment): DeploymentInfo {
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
