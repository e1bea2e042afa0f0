import type {
  CodeDeploy,
  ComputePlatform,
  CreateDeploymentConfigInput,
  CreateDeploymentGroupInput,
} from '@aws-sdk/client-codedeploy';
import { asText } from '../../cloudformation/as-text';
import { ignoring, tagsFor, text } from '../../cloudformation/properties';
import type {
  Properties,
  ProviderContext,
  ResourceProvider,
  ResourceProviders,
} from '../../cloudformation/provider';
import { replaceTags } from '../../cloudformation/replace-tags';
import { uncapitalised } from '../../cloudformation/member-names';
import { table } from '../../table';

const codedeployOf = (context: ProviderContext): CodeDeploy =>
  context.client<CodeDeploy>('codedeploy');

async function updateTags(
  ResourceArn: string,
  properties: Properties,
  context: ProviderContext,
): Promise<void> {
  const codedeploy = codedeployOf(context);
  await replaceTags(tagsFor(properties, context), {
    keys: async () =>
      ((await codedeploy.listTagsForResource({ ResourceArn })).Tags ?? []).map(({ Key }) => Key),
    remove: (TagKeys) => codedeploy.untagResource({ ResourceArn, TagKeys }),
    set: (Tags) => codedeploy.tagResource({ ResourceArn, Tags }),
  });
}

const arnOf = (resource: string, { region, accountId }: ProviderContext): string =>
  `arn:aws:codedeploy:${region}:${accountId}:${resource}`;

const application: ResourceProvider = {
  properties: ['ApplicationName', 'ComputePlatform', 'Tags'],

  async create(properties, context) {
    const name = text(properties, 'ApplicationName') ?? context.physicalName(100);
    await codedeployOf(context).createApplication({
      applicationName: name,
      computePlatform: (text(properties, 'ComputePlatform') ?? 'Server') as ComputePlatform,
      tags: tagsFor(properties, context),
    });
    return { physicalId: name };
  },

  async update(name, { properties }, context) {
    await updateTags(arnOf(`application:${name}`, context), properties, context);
    return { physicalId: name };
  },

  async delete(applicationName, _properties, context) {
    await codedeployOf(context).deleteApplication({ applicationName });
  },
};

const configMembers = ['ComputePlatform', 'MinimumHealthyHosts', 'TrafficRoutingConfig'];

/** Those of the members that are set, as the API spells them. */
const membersOf = (properties: Properties, members: readonly string[]): Record<string, unknown> =>
  uncapitalised(
    Object.fromEntries(
      members.flatMap((member) =>
        properties[member] === undefined ? [] : [[member, properties[member]]],
      ),
    ),
  );

const config: ResourceProvider = {
  properties: [
    'ComputePlatform',
    'DeploymentConfigName',
    'MinimumHealthyHosts.Type',
    'MinimumHealthyHosts.Value',
    'TrafficRoutingConfig.TimeBasedCanary.CanaryInterval',
    'TrafficRoutingConfig.TimeBasedCanary.CanaryPercentage',
    'TrafficRoutingConfig.TimeBasedLinear.LinearInterval',
    'TrafficRoutingConfig.TimeBasedLinear.LinearPercentage',
    'TrafficRoutingConfig.Type',
  ],

  async create(properties, context) {
    const name = text(properties, 'DeploymentConfigName') ?? context.physicalName(100);
    const given = membersOf(properties, configMembers) as Partial<CreateDeploymentConfigInput>;
    await codedeployOf(context).createDeploymentConfig({ ...given, deploymentConfigName: name });
    return { physicalId: name };
  },

  async delete(deploymentConfigName, _properties, context) {
    await codedeployOf(context).deleteDeploymentConfig({ deploymentConfigName });
  },
};

const changeable = [
  'AlarmConfiguration',
  'AutoRollbackConfiguration',
  'DeploymentConfigName',
  'DeploymentStyle',
  'ServiceRoleArn',
  'TriggerConfigurations',
];

/** What an update no longer has goes back to nothing. */
const nothing: Record<string, unknown> = table({
  AlarmConfiguration: { enabled: false, alarms: [] },
  AutoRollbackConfiguration: { enabled: false, events: [] },
  TriggerConfigurations: [],
});

const group: ResourceProvider = {
  properties: [
    'AlarmConfiguration.Alarms.Name',
    'AlarmConfiguration.Enabled',
    'AlarmConfiguration.IgnorePollAlarmFailure',
    'ApplicationName',
    'AutoRollbackConfiguration.Enabled',
    'AutoRollbackConfiguration.Events',
    'DeploymentConfigName',
    'DeploymentGroupName',
    'DeploymentStyle.DeploymentOption',
    'DeploymentStyle.DeploymentType',
    'ServiceRoleArn',
    'Tags',
    'TriggerConfigurations.TriggerEvents',
    'TriggerConfigurations.TriggerName',
    'TriggerConfigurations.TriggerTargetArn',
  ],

  async create(properties, context) {
    const name = text(properties, 'DeploymentGroupName') ?? context.physicalName(100);
    await codedeployOf(context).createDeploymentGroup({
      ...(membersOf(properties, changeable) as Partial<CreateDeploymentGroupInput>),
      applicationName: asText(properties['ApplicationName']),
      deploymentGroupName: name,
      serviceRoleArn: text(properties, 'ServiceRoleArn'),
      tags: tagsFor(properties, context),
    });
    return { physicalId: name };
  },

  async update(name, { properties, previous }, context) {
    const applicationName = asText(properties['ApplicationName']);
    const gone = changeable.filter((member) => member in previous && !(member in properties));
    await codedeployOf(context).updateDeploymentGroup({
      ...(uncapitalised(
        Object.fromEntries(
          gone.flatMap((member) => (nothing[member] ? [[member, nothing[member]]] : [])),
        ),
      ) as object),
      ...(membersOf(properties, changeable) as object),
      applicationName,
      currentDeploymentGroupName: name,
    });
    const arn = arnOf(`deploymentgroup:${applicationName}/${name}`, context);
    await updateTags(arn, properties, context);
    return { physicalId: name };
  },

  async delete(deploymentGroupName, properties, context) {
    await ignoring(
      ['ApplicationDoesNotExistException'],
      codedeployOf(context).deleteDeploymentGroup({
        applicationName: asText(properties['ApplicationName']),
        deploymentGroupName,
      }),
    );
  },
};

export default {
  'AWS::CodeDeploy::Application': application,
  'AWS::CodeDeploy::DeploymentConfig': config,
  'AWS::CodeDeploy::DeploymentGroup': group,
} satisfies ResourceProviders;
