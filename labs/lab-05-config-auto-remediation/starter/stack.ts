import { CfnOutput, Fn, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import {
  CfnRemediationConfiguration,
  ManagedRule,
  ResourceType,
  RuleScope,
} from 'aws-cdk-lib/aws-config';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** Yours to change. It deploys, and it closes nothing and tells nobody. */
export default class WorkStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, props);
    Tags.of(this).add('dop-labs:lab', 'lab-05');
    const groupId = Fn.importValue('lab-05-DefaultVpcGroupId');
    const alerts = Topic.fromTopicArn(this, 'Alerts', Fn.importValue('lab-05-AlertsTopicArn'));

    // TODO (a): who runs the automation, what does it need, and on which groups?
    const role = new Role(this, 'AutomationRole', {
      assumedBy: new ServicePrincipal('config.amazonaws.com'),
      inlinePolicies: {
        CloseSsh: new PolicyDocument({
          statements: [new PolicyStatement({ actions: ['ec2:*'], resources: ['*'] })],
        }),
      },
    });

    // TODO (b): which managed rule looks at SSH, and which groups should it look at?
    const rule = new ManagedRule(this, 'SshRule', {
      identifier: 'RESTRICTED_INCOMING_TRAFFIC',
      ruleScope: RuleScope.fromResource(ResourceType.EC2_SECURITY_GROUP, groupId),
    });

    this.remediate(rule, role, groupId);
    this.alert(alerts);
    new CfnOutput(this, 'AutomationRoleArn', { value: role.roleArn });
  }

  private remediate(rule: ManagedRule, role: Role, groupId: string): void {
    // TODO (c): make it run by itself, on the group that the rule found.
    new CfnRemediationConfiguration(this, 'Remediation', {
      configRuleName: rule.configRuleName,
      targetType: 'SSM_DOCUMENT',
      targetId: 'AWS-DisablePublicAccessForSecurityGroup',
      automatic: false,
      parameters: {
        AutomationAssumeRole: { StaticValue: { Values: [role.roleArn] } },
        GroupId: { StaticValue: { Values: [groupId] } },
      },
    });
  }

  private alert(alerts: ITopic): void {
    // TODO (d): where in the event does the new verdict stand, and may the event reach the topic?
    new Rule(this, 'AlertRule', {
      eventPattern: {
        source: ['aws.config'],
        detailType: ['Config Rules Compliance Change'],
        detail: { complianceType: ['NON_COMPLIANT'] },
      },
      targets: [new SnsTopic(alerts)],
    });
  }
}
