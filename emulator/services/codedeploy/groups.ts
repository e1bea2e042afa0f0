import {
  type CreateDeploymentGroupInput,
  DeploymentGroupAlreadyExistsException,
  type UpdateDeploymentGroupInput,
} from '@aws-sdk/client-codedeploy';
import { paginate } from '../../paginate';
import { refuse } from '../../refuse';
import { tagRecord } from '../../tags';
import { findConfig } from './configs';
import { applicationNameRequired, findApplication, findGroup } from './find';
import { checkFleets } from './fleets';
import {
  checkAlarms,
  checkGroupName,
  checkRole,
  checkRollback,
  checkStyle,
  checkTriggers,
} from './group-input';
import { invalidToken } from './pages';
import { checkSamePlatform } from './platforms';
import type { Application, CodeDeployCall, CodeDeployHandlers, Group } from './state';

const defaultConfigs = {
  Lambda: 'CodeDeployDefault.LambdaAllAtOnce',
  ECS: 'CodeDeployDefault.ECSAllAtOnce',
  Server: 'CodeDeployDefault.OneAtATime',
  Kubernetes: 'CodeDeployDefault.OneAtATime',
};

const changeable = [
  'ec2TagFilters',
  'ec2TagSet',
  'onPremisesInstanceTagFilters',
  'onPremisesTagSet',
  'triggerConfigurations',
  'alarmConfiguration',
  'autoRollbackConfiguration',
  'deploymentStyle',
  'outdatedInstancesStrategy',
  'blueGreenDeploymentConfiguration',
  'terminationHookEnabled',
] as const;

export const groups = {
  CreateDeploymentGroup(input, call) {
    const { applicationName, deploymentGroupName: name, serviceRoleArn } = input;
    const application = findApplication(applicationName, call);
    checkGroupName(name);
    checkRole(serviceRoleArn);
    if (application.groups.has(name)) throw alreadyExists(name);
    const { deploymentConfigName = defaultConfigs[application.platform] } = input;
    const group: Group = {
      info: {
        applicationName: application.name,
        deploymentGroupId: call.random.uuid(),
        deploymentGroupName: name,
        deploymentConfigName,
        serviceRoleArn,
        computePlatform: application.platform,
        ...checked(input, { application }, call),
      },
      tags: tagRecord(input.tags),
    };
    application.groups.set(name, group);
    announce('CREATE', group, call);
    return { deploymentGroupId: group.info.deploymentGroupId };
  },

  UpdateDeploymentGroup(input, call) {
    const { applicationName, currentDeploymentGroupName } = input;
    const application = findApplication(applicationName, call);
    const group = findGroup(
      { applicationName, deploymentGroupName: currentDeploymentGroupName },
      call,
    );
    const changes = checked(input, { application, group }, call);
    const { deploymentConfigName, serviceRoleArn, newDeploymentGroupName } = input;
    if (serviceRoleArn !== undefined) checkRole(serviceRoleArn);
    rename(application, group, newDeploymentGroupName);
    if (deploymentConfigName !== undefined) group.info.deploymentConfigName = deploymentConfigName;
    if (serviceRoleArn !== undefined) group.info.serviceRoleArn = serviceRoleArn;
    Object.assign(group.info, changes);
    announce('UPDATE', group, call);
    return { hooksNotCleanedUp: [] };
  },

  /** What is gone already is a success: the API knows no exception for it. */
  DeleteDeploymentGroup({ applicationName, deploymentGroupName: name }, call) {
    if (!applicationName) throw applicationNameRequired();
    checkGroupName(name);
    const all = call.state.applications.get(applicationName)?.groups;
    const group = all?.get(name);
    if (group && all?.delete(name)) announce('DELETE', group, call);
    return { hooksNotCleanedUp: [] };
  },

  GetDeploymentGroup(input, call) {
    return { deploymentGroupInfo: findGroup(input, call).info };
  },

  BatchGetDeploymentGroups({ applicationName, deploymentGroupNames = [] }, call) {
    return {
      deploymentGroupsInfo: deploymentGroupNames.map(
        (deploymentGroupName) => findGroup({ applicationName, deploymentGroupName }, call).info,
      ),
    };
  },

  ListDeploymentGroups({ applicationName, nextToken }, call) {
    const application = findApplication(applicationName, call);
    const names = [...application.groups.keys()];
    const { page, next } = paginate(names, nextToken, invalidToken(100));
    return {
      applicationName: application.name,
      deploymentGroups: page,
      ...(next === undefined ? {} : { nextToken: next }),
    };
  },
} satisfies CodeDeployHandlers;

type Changes = Partial<Pick<CreateDeploymentGroupInput, (typeof changeable)[number]>>;

/** The members that create and update share, once they are found right. */
function checked(
  input: CreateDeploymentGroupInput | UpdateDeploymentGroupInput,
  { application: { platform }, group }: { application: Application; group?: Group },
  call: CodeDeployCall,
): Changes {
  if (!group || input.deploymentStyle) checkStyle(platform, input.deploymentStyle);
  checkFleets(platform, input);
  if (input.deploymentConfigName !== undefined)
    checkSamePlatform(findConfig(input.deploymentConfigName, call), platform);
  checkRollback(input.autoRollbackConfiguration);
  checkAlarms(input.alarmConfiguration);
  checkTriggers(input.triggerConfigurations);
  return Object.fromEntries(
    changeable.flatMap((member) => (input[member] === undefined ? [] : [[member, input[member]]])),
  );
}

/** Text unverified. */
const alreadyExists = (name: string): Error =>
  refuse(DeploymentGroupAlreadyExistsException, `Deployment group already exists: ${name}`);

function rename(application: Application, group: Group, name: string | undefined): void {
  if (name === undefined || name === group.info.deploymentGroupName) return;
  checkGroupName(name);
  if (application.groups.has(name)) throw alreadyExists(name);
  application.groups.delete(group.info.deploymentGroupName);
  group.info.deploymentGroupName = name;
  application.groups.set(name, group);
}

const announce = (kind: 'CREATE' | 'UPDATE' | 'DELETE', { info }: Group, call: CodeDeployCall) =>
  call.announce({
    kind,
    type: 'AWS::CodeDeploy::DeploymentGroup',
    id: info.deploymentGroupName,
  });
