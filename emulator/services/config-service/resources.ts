import type { ConfigRule, RemediationConfiguration } from '@aws-sdk/client-config-service';
import type {
  Properties,
  ProviderContext,
  ResourceProvider,
  ResourceProviders,
} from '../../cloudformation/provider';
import { unlessGone } from '../../cloudformation/unless-gone';
import { tagList } from '../../tags';
import { channel, configOf, flag, recorder } from './resource-recorders';

type RuleProperties = Omit<ConfigRule, 'InputParameters'> & { InputParameters?: unknown };

/** `InputParameters` is an object in a template and a JSON text in the API. */
function ruleInput(name: string, properties: Properties): ConfigRule {
  const given = properties as unknown as RuleProperties;
  const { InputParameters: parameters } = given;
  const text = typeof parameters === 'object' ? JSON.stringify(parameters) : parameters;
  return {
    ConfigRuleName: name,
    Description: given.Description,
    EvaluationModes: given.EvaluationModes,
    MaximumExecutionFrequency: given.MaximumExecutionFrequency,
    Scope: given.Scope,
    Source: given.Source,
    ...(typeof text === 'string' && { InputParameters: text }),
  };
}

async function putRule(name: string, properties: Properties, context: ProviderContext) {
  const config = configOf(context);
  const names = { ConfigRuleNames: [name] };
  await config.putConfigRule({
    ConfigRule: ruleInput(name, properties),
    Tags: tagList(context.tags),
  });
  const { ConfigRules: [rule] = [] } = await config.describeConfigRules(names);
  const { ComplianceByConfigRules: [judged] = [] } =
    await config.describeComplianceByConfigRule(names);
  return {
    physicalId: name,
    attributes: {
      Arn: rule?.ConfigRuleArn,
      ConfigRuleId: rule?.ConfigRuleId,
      'Compliance.Type': judged?.Compliance?.ComplianceType,
    },
  };
}

const rule: ResourceProvider = {
  properties: [
    'ConfigRuleName',
    'Description',
    'EvaluationModes.Mode',
    'InputParameters',
    'MaximumExecutionFrequency',
    'Scope.ComplianceResourceId',
    'Scope.ComplianceResourceTypes',
    'Scope.TagKey',
    'Scope.TagValue',
    'Source.Owner',
    'Source.SourceIdentifier',
  ],

  create(properties, context) {
    const { ConfigRuleName = context.physicalName(64) } = properties as { ConfigRuleName?: string };
    return putRule(ConfigRuleName, properties, context);
  },
  update: (name, { properties }, context) => putRule(name, properties, context),
  async delete(ConfigRuleName, _properties, context) {
    const config = configOf(context);
    await unlessGone(['NoSuchConfigRuleException'], () =>
      config.deleteConfigRule({ ConfigRuleName }),
    );
  },
};

async function putRemediation(properties: Properties, context: ProviderContext) {
  const given = properties as unknown as RemediationConfiguration;
  const number = (value: unknown) => (value === undefined ? undefined : Number(value));
  await configOf(context).putRemediationConfigurations({
    RemediationConfigurations: [
      {
        ConfigRuleName: given.ConfigRuleName,
        TargetType: given.TargetType,
        TargetId: given.TargetId,
        TargetVersion: given.TargetVersion,
        Parameters: given.Parameters,
        ResourceType: given.ResourceType,
        ExecutionControls: given.ExecutionControls,
        Automatic: flag(given.Automatic) === true,
        MaximumAutomaticAttempts: number(given.MaximumAutomaticAttempts),
        RetryAttemptSeconds: number(given.RetryAttemptSeconds),
      },
    ],
  });
  return { physicalId: given.ConfigRuleName ?? '' };
}

const remediation: ResourceProvider = {
  properties: [
    'Automatic',
    'ConfigRuleName',
    'MaximumAutomaticAttempts',
    'Parameters',
    'RetryAttemptSeconds',
    'TargetId',
    'TargetType',
    'TargetVersion',
  ],
  stored: ['ExecutionControls', 'ResourceType'],

  create: putRemediation,
  update: (_id, { properties }, context) => putRemediation(properties, context),
  async delete(ConfigRuleName, _properties, context) {
    const config = configOf(context);
    await unlessGone(['NoSuchRemediationConfigurationException'], () =>
      config.deleteRemediationConfiguration({ ConfigRuleName }),
    );
  },
};

const resources: ResourceProviders = {
  'AWS::Config::ConfigurationRecorder': recorder,
  'AWS::Config::DeliveryChannel': channel,
  'AWS::Config::ConfigRule': rule,
  'AWS::Config::RemediationConfiguration': remediation,
};

export default resources;
