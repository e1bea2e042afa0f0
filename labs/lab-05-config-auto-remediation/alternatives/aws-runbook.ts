import { Fn, type StackProps } from 'aws-cdk-lib';
import type { CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import SolutionStack from '../solution/stack';

/**
 * AWS's own runbook instead of one's own document, and a role on the target instead of a topic
 * policy. That runbook fails on the group in the other VPC, which tasks (a) to (d) do not ask for.
 */
export default class WithAwsRunbook extends SolutionStack {
  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, props);
    this.remediation.targetId = 'AWS-DisablePublicAccessForSecurityGroup';
    this.node.tryRemoveChild(this.alertsPolicy.node.id);

    const topicArn = Fn.importValue('lab-05-AlertsTopicArn');
    const publisher = new Role(this, 'Publisher', {
      assumedBy: new ServicePrincipal('events.amazonaws.com'),
      inlinePolicies: {
        Publish: new PolicyDocument({
          statements: [new PolicyStatement({ actions: ['sns:Publish'], resources: [topicArn] })],
        }),
      },
    });
    const rule = this.alertRule.node.defaultChild as CfnRule;
    rule.targets = [{ id: 'Alerts', arn: topicArn, roleArn: publisher.roleArn }];
  }
}
