import {
  ApplicationNameRequiredException,
  type CreateDeploymentInput,
  DeploymentAlreadyCompletedException,
  DeploymentGroupNameRequiredException,
  DeploymentLimitExceededException,
  InvalidFileExistsBehaviorException,
  type ListDeploymentsInput,
  type TimeRange,
} from '@aws-sdk/client-codedeploy';
import { awsError } from '../../errors';
import { paginate } from '../../paginate';
import { refuse } from '../../refuse';
import { readAppSpec } from './app-spec';
import { findConfig } from './configs';
import { show } from './deployment-info';
import { isOver, stop } from './endings';
import { checkDeploymentId, findApplication, findDeployment, findGroup } from './find';
import { checkAlarms, checkRollback } from './group-input';
import { newDeployment } from './new-deployment';
import { invalidToken } from './pages';
import { checkSamePlatform } from './platforms';
import { contentOf, given, register } from './revisions';
import type { CodeDeployCall, CodeDeployHandlers, Deployment, Group } from './state';

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
    if (input.fileExistsBehavior !== undefined) throw noFiles();
    checkRollback(input.autoRollbackConfiguration);
    checkAlarms(input.overrideAlarmConfiguration);
    const revision = given(input.revision ?? group.info.targetRevision);
    const config = findConfig(input.deploymentConfigName ?? group.info.deploymentConfigName, call);
    checkSamePlatform(config, application.platform);
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

  /** Leaves out what is not there: the API knows no exception for it. */
  BatchGetDeployments({ deploymentIds = [] }, { state }) {
    deploymentIds.forEach(checkDeploymentId);
    const found = deploymentIds.flatMap((id) => state.deployments.get(id) ?? []);
    return { deploymentsInfo: found.map(show) };
  },

  ListDeployments(input, call) {
    checkNames(input, call);
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

/** https://github.com/CircleCI-Public/aws-ecs-orb/issues/181 shows the text. */
const alreadyActive = ({ info, running }: Group): Error =>
  refuse(
    DeploymentLimitExceededException,
    `The Deployment Group '${info.deploymentGroupName}' already has an active Deployment '${running}'`,
  );

const chosen = (input: CreateDeploymentInput, { info }: Group) => ({
  applicationName: info.applicationName,
  groupName: info.deploymentGroupName,
  description: input.description,
  autoRollback: input.autoRollbackConfiguration ?? info.autoRollbackConfiguration,
  overrideAlarms: input.overrideAlarmConfiguration,
  previousRevision: info.targetRevision,
});

/** https://github.com/aws/aws-toolkit-azure-devops/issues/288 shows the text. */
const noFiles = (): Error =>
  refuse(
    InvalidFileExistsBehaviorException,
    'For Lambda, ECS and Kubernetes deployment, fileExistsBehavior can not be specified',
  );

/** An application and its group are named together or not at all; moto has the texts. */
function checkNames(
  { applicationName, deploymentGroupName }: ListDeploymentsInput,
  call: CodeDeployCall,
): void {
  if (applicationName && !deploymentGroupName)
    throw refuse(
      DeploymentGroupNameRequiredException,
      'If applicationName is specified, then deploymentGroupName must be specified.',
    );
  if (deploymentGroupName && !applicationName)
    throw refuse(
      ApplicationNameRequiredException,
      'If deploymentGroupName is specified, applicationName must be specified.',
    );
  if (applicationName) findGroup({ applicationName, deploymentGroupName }, call);
}

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
