import { Aws, CfnOutput, Fn, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import {
  CfnRemediationConfiguration,
  ManagedRule,
  ManagedRuleIdentifiers,
  RuleScope,
} from 'aws-cdk-lib/aws-config';
import { CfnRule, Rule } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ITopic, Topic, TopicPolicy } from 'aws-cdk-lib/aws-sns';
import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { closeSsh } from './runbook';

const tag = { key: 'dop-labs:lab', value: 'lab-05' };

const opsItem = JSON.stringify({
  title: '<document> failed: a group may still be open',
  description: 'Look at the failed step of automation <execution>.',
  source: 'ssm-automation',
  severity: '2',
  category: 'Security',
  operationalData: {
    '/aws/dedup': { type: 'SearchableString', value: '{"dedupString":"<document>"}' },
    execution: { type: 'SearchableString', value: '<execution>' },
  },
});

/** The starter, completed: SSH that opens is closed by itself, and somebody hears of it. */
export default class WorkStack extends Stack {
  readonly role: Role;
  readonly runbook: CfnDocument;
  readonly rule: ManagedRule;
  readonly remediation: CfnRemediationConfiguration;
  readonly alertRule: Rule;
  readonly alertsPolicy: TopicPolicy;
  readonly opener: Role;
  readonly failureRule: CfnRule;

  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, props);
    Tags.of(this).add(tag.key, tag.value);
    const alerts = Topic.fromTopicArn(this, 'Alerts', Fn.importValue('lab-05-AlertsTopicArn'));

    this.role = this.automationRole();
    this.rule = new ManagedRule(this, 'SshRule', {
      identifier: ManagedRuleIdentifiers.EC2_SECURITY_GROUPS_INCOMING_SSH_DISABLED,
      ruleScope: RuleScope.fromTag(tag.key, tag.value),
    });
    this.runbook = new CfnDocument(this, 'CloseSsh', {
      documentType: 'Automation',
      content: closeSsh,
      updateMethod: 'NewVersion',
    });
    this.remediation = this.automaticRemediation();
    this.alertRule = new Rule(this, 'AlertRule', {
      eventPattern: {
        source: ['aws.config'],
        detailType: ['Config Rules Compliance Change'],
        detail: {
          configRuleName: [this.rule.configRuleName],
          newEvaluationResult: { complianceType: ['NON_COMPLIANT'] },
        },
      },
      targets: [new SnsTopic(alerts)],
    });
    this.alertsPolicy = this.eventsMayPublish(alerts);
    this.opener = this.opsItemRole();
    this.failureRule = this.failuresOpenOpsItems();

    new CfnOutput(this, 'AutomationRoleArn', { value: this.role.roleArn });
  }

  /** Describing knows no resources; revoking is fenced by the tag. */
  private automationRole(): Role {
    return new Role(this, 'AutomationRole', {
      assumedBy: new ServicePrincipal('ssm.amazonaws.com').withConditions({
        StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
      }),
      inlinePolicies: {
        CloseSsh: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['ec2:DescribeSecurityGroups', 'ec2:DescribeSecurityGroupRules'],
              resources: ['*'],
            }),
            new PolicyStatement({
              actions: ['ec2:RevokeSecurityGroupIngress'],
              resources: [`arn:aws:ec2:${Aws.REGION}:${Aws.ACCOUNT_ID}:security-group/*`],
              conditions: { StringEquals: { [`aws:ResourceTag/${tag.key}`]: tag.value } },
            }),
          ],
        }),
      },
    });
  }

  private automaticRemediation(): CfnRemediationConfiguration {
    return new CfnRemediationConfiguration(this, 'Remediation', {
      configRuleName: this.rule.configRuleName,
      targetType: 'SSM_DOCUMENT',
      targetId: this.runbook.ref,
      automatic: true,
      maximumAutomaticAttempts: 5,
      retryAttemptSeconds: 60,
      parameters: {
        AutomationAssumeRole: { StaticValue: { Values: [this.role.roleArn] } },
        GroupId: { ResourceValue: { Value: 'RESOURCE_ID' } },
      },
    });
  }

  private eventsMayPublish(alerts: ITopic): TopicPolicy {
    return new TopicPolicy(this, 'AlertsPolicy', {
      topics: [alerts],
      policyDocument: new PolicyDocument({
        statements: [
          new PolicyStatement({
            principals: [new ServicePrincipal('events.amazonaws.com')],
            actions: ['sns:Publish'],
            resources: [alerts.topicArn],
            conditions: { ArnEquals: { 'aws:SourceArn': this.alertRule.ruleArn } },
          }),
        ],
      }),
    });
  }

  private opsItemRole(): Role {
    return new Role(this, 'Opener', {
      assumedBy: new ServicePrincipal('events.amazonaws.com'),
      inlinePolicies: {
        OpenOpsItems: new PolicyDocument({
          statements: [new PolicyStatement({ actions: ['ssm:CreateOpsItem'], resources: ['*'] })],
        }),
      },
    });
  }

  /** An L1 rule: the CDK has no target for OpsCenter. One OpsItem at a time, until it is resolved. */
  private failuresOpenOpsItems(): CfnRule {
    return new CfnRule(this, 'FailureRule', {
      eventPattern: {
        source: ['aws.ssm'],
        'detail-type': ['EC2 Automation Execution Status-change Notification'],
        detail: { Definition: [this.runbook.ref], Status: ['Failed', 'TimedOut'] },
      },
      targets: [
        {
          id: 'OpsCenter',
          arn: `arn:aws:ssm:${Aws.REGION}:${Aws.ACCOUNT_ID}:opsitem`,
          roleArn: this.opener.roleArn,
          inputTransformer: {
            inputPathsMap: { document: '$.detail.Definition', execution: '$.detail.ExecutionId' },
            inputTemplate: opsItem,
          },
        },
      ],
    });
  }
}
