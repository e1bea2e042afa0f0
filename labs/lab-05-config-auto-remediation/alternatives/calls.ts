import type { Account } from '../../../checker/account';
import { output } from '../checks/found';
import { closeSsh } from '../solution/runbook';

/** Calls alone, as with the AWS CLI, on top of the starter: its role is mended, its rule replaced. */
export default async function answer(account: Account): Promise<void> {
  const role = await mendRole(account);
  const rule = await replaceRule(account);
  await remediate(account, rule, role);
  await alert(account, rule);
  await openOpsItems(account);
}

// --- internal ---

const document = 'close-ssh';

const allow = (...Statement: object[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: Statement.map((each) => ({ Effect: 'Allow', ...each })),
  });

const trust = (service: string): string =>
  allow({ Principal: { Service: service }, Action: 'sts:AssumeRole' });

async function mendRole({ iam, outputs, region, accountId }: Account): Promise<string> {
  const arn = output(outputs, 'AutomationRoleArn');
  const RoleName = arn.slice(arn.lastIndexOf('/') + 1);
  await iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: trust('ssm.amazonaws.com') });
  await iam.putRolePolicy({
    RoleName,
    PolicyName: 'CloseSsh',
    PolicyDocument: allow(
      {
        Action: ['ec2:DescribeSecurityGroups', 'ec2:DescribeSecurityGroupRules'],
        Resource: '*',
      },
      {
        Action: 'ec2:RevokeSecurityGroupIngress',
        Resource: `arn:aws:ec2:${region}:${accountId}:security-group/*`,
        Condition: { StringEquals: { 'ec2:ResourceTag/dop-labs:lab': 'lab-05' } },
      },
    ),
  });
  return arn;
}

async function replaceRule({ config }: Account): Promise<string> {
  const { ConfigRules = [] } = await config.describeConfigRules({});
  for (const { ConfigRuleName } of ConfigRules) {
    await config.deleteRemediationConfiguration({ ConfigRuleName });
    await config.deleteConfigRule({ ConfigRuleName });
  }
  await config.putConfigRule({
    ConfigRule: {
      ConfigRuleName: 'restricted-ssh',
      Source: { Owner: 'AWS', SourceIdentifier: 'INCOMING_SSH_DISABLED' },
      Scope: { TagKey: 'dop-labs:lab', TagValue: 'lab-05' },
    },
  });
  return 'restricted-ssh';
}

async function remediate(account: Account, ConfigRuleName: string, role: string): Promise<void> {
  await account.ssm.createDocument({
    Name: document,
    DocumentType: 'Automation',
    DocumentFormat: 'JSON',
    Content: JSON.stringify(closeSsh),
  });
  await account.config.putRemediationConfigurations({
    RemediationConfigurations: [
      {
        ConfigRuleName,
        TargetType: 'SSM_DOCUMENT',
        TargetId: document,
        Automatic: true,
        MaximumAutomaticAttempts: 5,
        RetryAttemptSeconds: 60,
        Parameters: {
          GroupId: { ResourceValue: { Value: 'RESOURCE_ID' } },
          AutomationAssumeRole: { StaticValue: { Values: [role] } },
        },
      },
    ],
  });
}

async function alert({ events, sns, outputs }: Account, rule: string): Promise<void> {
  const TopicArn = output(outputs, 'AlertsTopicArn');
  const { RuleArn } = await events.putRule({
    Name: 'ssh-alerts',
    EventPattern: JSON.stringify({
      source: ['aws.config'],
      detail: {
        configRuleName: [rule],
        newEvaluationResult: { complianceType: ['NON_COMPLIANT'] },
      },
    }),
  });
  await events.putTargets({ Rule: 'ssh-alerts', Targets: [{ Id: 'alerts', Arn: TopicArn }] });
  await sns.setTopicAttributes({
    TopicArn,
    AttributeName: 'Policy',
    AttributeValue: allow({
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sns:Publish',
      Resource: TopicArn,
      Condition: { ArnEquals: { 'aws:SourceArn': RuleArn } },
    }),
  });
}

async function openOpsItems({ events, iam, region, accountId }: Account): Promise<void> {
  const RoleName = 'ops-item-opener';
  const { Role } = await iam.createRole({
    RoleName,
    AssumeRolePolicyDocument: trust('events.amazonaws.com'),
  });
  const PolicyDocument = allow({ Action: 'ssm:CreateOpsItem', Resource: '*' });
  await iam.putRolePolicy({ RoleName, PolicyName: 'OpenOpsItems', PolicyDocument });
  await events.putRule({
    Name: 'failed-automations',
    EventPattern: JSON.stringify({
      source: ['aws.ssm'],
      'detail-type': ['EC2 Automation Execution Status-change Notification'],
      detail: {
        Definition: [{ prefix: document }],
        Status: [{ 'anything-but': ['InProgress', 'Success'] }],
      },
    }),
  });
  const Arn = `arn:aws:ssm:${region}:${accountId}:opsitem`;
  await events.putTargets({
    Rule: 'failed-automations',
    Targets: [{ Id: 'OpsCenter', Arn, RoleArn: Role?.Arn }],
  });
}
