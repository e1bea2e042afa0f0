import type { Resource } from '../../changes/resource';
import { applicationArn, groupArn } from './find';
import { capitalised } from '../../cloudformation/member-names';
import type { Application, CodeDeployCall, Group } from './state';

export const view = (call: CodeDeployCall): Resource[] => [
  ...[...call.state.applications.values()].flatMap((application) => [
    applicationView(application, call),
    ...[...application.groups.values()].map((group) => groupView(group, call)),
  ]),
  ...[...call.state.configs.values()].map((config) => ({
    arn: call.arn(`deploymentconfig:${config.deploymentConfigName}`),
    type: 'AWS::CodeDeploy::DeploymentConfig',
    id: config.deploymentConfigName,
    name: config.deploymentConfigName,
    tags: {},
    configuration: {
      DeploymentConfigName: config.deploymentConfigName,
      ComputePlatform: config.computePlatform,
      ...capitalised({
        minimumHealthyHosts: config.minimumHealthyHosts,
        trafficRoutingConfig: config.trafficRoutingConfig,
        zonalConfig: config.zonalConfig,
      }),
    },
  })),
];

const applicationView = (application: Application, call: CodeDeployCall): Resource => ({
  arn: applicationArn(application.name, call),
  type: 'AWS::CodeDeploy::Application',
  id: application.name,
  name: application.name,
  tags: application.tags,
  configuration: { ApplicationName: application.name, ComputePlatform: application.platform },
  createdAt: application.createdAt,
});

function groupView({ info, tags }: Group, call: CodeDeployCall): Resource {
  const { applicationName, deploymentGroupName } = info;
  return {
    arn: groupArn(applicationName, deploymentGroupName, call),
    type: 'AWS::CodeDeploy::DeploymentGroup',
    id: deploymentGroupName,
    name: deploymentGroupName,
    tags,
    configuration: {
      ApplicationName: applicationName,
      DeploymentGroupName: deploymentGroupName,
      DeploymentConfigName: info.deploymentConfigName,
      ServiceRoleArn: info.serviceRoleArn,
      ...capitalised({
        alarmConfiguration: info.alarmConfiguration,
        autoRollbackConfiguration: info.autoRollbackConfiguration,
        deploymentStyle: info.deploymentStyle,
        triggerConfigurations: info.triggerConfigurations,
        outdatedInstancesStrategy: info.outdatedInstancesStrategy,
      }),
    },
  };
}
