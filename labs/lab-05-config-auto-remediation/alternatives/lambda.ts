import { Aws, Fn, type StackProps } from 'aws-cdk-lib';
import type { CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import SolutionStack from '../solution/stack';

const handler = `
const { EC2 } = require('@aws-sdk/client-ec2');
const isOpen = (rule) => !rule.IsEgress && rule.FromPort === 22 && rule.ToPort === 22 &&
  (rule.CidrIpv4 === '0.0.0.0/0' || rule.CidrIpv6 === '::/0');

exports.handler = async ({ GroupId }) => {
  const ec2 = new EC2();
  const { SecurityGroups = [] } = await ec2.describeSecurityGroups({ GroupIds: [GroupId] });
  if (SecurityGroups.length === 0) throw new Error('there is no group ' + GroupId);
  const { SecurityGroupRules = [] } = await ec2.describeSecurityGroupRules({
    Filters: [{ Name: 'group-id', Values: [GroupId] }],
  });
  const ids = SecurityGroupRules.filter(isOpen).map((rule) => rule.SecurityGroupRuleId);
  if (ids.length > 0) {
    await ec2.revokeSecurityGroupIngress({ GroupId, SecurityGroupRuleIds: ids });
  }
  return { revoked: ids };
};
`;

/**
 * A function does the work, called by a document of one step, and a role on the target of the alert
 * instead of a topic policy.
 */
export default class WithLambda extends SolutionStack {
  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, props);
    this.closeByFunction();
    this.publishByRole();
  }

  private closeByFunction(): void {
    const closer = new Function(this, 'Closer', {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline(handler),
    });
    const describe = ['ec2:DescribeSecurityGroups', 'ec2:DescribeSecurityGroupRules'];
    closer.addToRolePolicy(new PolicyStatement({ actions: describe, resources: ['*'] }));
    closer.addToRolePolicy(
      new PolicyStatement({
        actions: ['ec2:RevokeSecurityGroupIngress'],
        resources: [`arn:aws:ec2:${Aws.REGION}:${Aws.ACCOUNT_ID}:security-group/*`],
        conditions: { StringEquals: { 'aws:ResourceTag/dop-labs:lab': 'lab-05' } },
      }),
    );
    closer.grantInvoke(this.role);
    this.runbook.content = {
      schemaVersion: '0.3',
      assumeRole: '{{ AutomationAssumeRole }}',
      parameters: { GroupId: { type: 'String' }, AutomationAssumeRole: { type: 'String' } },
      mainSteps: [
        {
          name: 'Close',
          action: 'aws:invokeLambdaFunction',
          inputs: {
            FunctionName: closer.functionName,
            InputPayload: { GroupId: '{{ GroupId }}' },
          },
        },
      ],
    };
  }

  private publishByRole(): void {
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
