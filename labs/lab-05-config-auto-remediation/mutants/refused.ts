import type { Refused } from '../../../checker/mutant';
import { output } from '../checks/found';

/** Mistakes that AWS does not even take. */
export const refused: Refused[] = [
  {
    name: 'INCOMING_SSH_DISABLED with parameters',
    call: ({ config }) =>
      config.putConfigRule({
        ConfigRule: {
          ConfigRuleName: 'ssh-with-parameters',
          Source: { Owner: 'AWS', SourceIdentifier: 'INCOMING_SSH_DISABLED' },
          InputParameters: '{"blockedPort1":"22"}',
        },
      }),
    error: 'InvalidParameterValueException',
    says: 'blockedPort1',
    hint: { task: 'b', says: 'InputParameters on it are refused' },
  },
  {
    name: 'automatic remediation without a role',
    call: async (account) => {
      const { ConfigRules = [] } = await account.config.describeConfigRules({});
      return account.config.putRemediationConfigurations({
        RemediationConfigurations: [
          {
            ConfigRuleName: ConfigRules[0]?.ConfigRuleName,
            TargetType: 'SSM_DOCUMENT',
            TargetId: 'AWS-DisablePublicAccessForSecurityGroup',
            Automatic: true,
            MaximumAutomaticAttempts: 5,
            RetryAttemptSeconds: 60,
            Parameters: {
              GroupId: { StaticValue: { Values: [output(account.outputs, 'OtherVpcGroupId')] } },
            },
          },
        ],
      });
    },
    error: 'InvalidParameterValueException',
    says: 'AutomationAssumeRole',
    hint: { task: 'c', says: 'without that role AWS refuses automatic' },
  },
  {
    name: 'deleting a rule that has a remediation',
    call: async ({ config }) => {
      const { ConfigRules = [] } = await config.describeConfigRules({});
      return config.deleteConfigRule({ ConfigRuleName: ConfigRules[0]?.ConfigRuleName });
    },
    error: 'ResourceInUseException',
    says: 'remediation',
    hint: { task: 'c', says: 'AWS refuses to delete a rule that has one' },
  },
  {
    name: 'OpsCenter as a target without a role',
    call: async ({ events, region, accountId }) => {
      const Rule = 'failures-without-role';
      await events.putRule({ Name: Rule, EventPattern: '{"source":["aws.ssm"]}' });
      const Arn = `arn:aws:ssm:${region}:${accountId}:opsitem`;
      return events.putTargets({ Rule, Targets: [{ Id: 'OpsCenter', Arn }] });
    },
    error: 'ValidationException',
    says: 'RoleArn is required for target',
    hint: { task: 'f', says: 'AWS refuses it without a role' },
  },
];
