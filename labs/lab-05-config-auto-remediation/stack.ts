import { CfnOutput, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import { CfnSecurityGroup, CfnVPC } from 'aws-cdk-lib/aws-ec2';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { sceneRules } from './scene/ingress';
import { Recorder } from './scene/recorder';

/** What the tasks only use: two groups open on 22, a recorder, and alerts that EventBridge may not publish yet. */
export default class ConfigAutoRemediationScene extends Stack {
  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, props);
    Tags.of(this).add('dop-labs:lab', 'lab-05');

    const recorder = new Recorder(this, 'Recorder');
    const vpc = new CfnVPC(this, 'OtherVpc', { cidrBlock: '10.5.0.0/24' });
    const inDefaultVpc = new CfnSecurityGroup(this, 'DefaultVpcGroup', {
      groupDescription: 'Web servers in the default VPC',
      securityGroupIngress: sceneRules,
    });
    const inOtherVpc = new CfnSecurityGroup(this, 'OtherVpcGroup', {
      groupDescription: 'Web servers in a VPC of their own',
      vpcId: vpc.ref,
      securityGroupIngress: sceneRules,
    });
    const alerts = new Topic(this, 'Alerts');
    const inbox = new Queue(this, 'Inbox');
    alerts.addSubscription(new SqsSubscription(inbox));

    this.export('DefaultVpcGroupId', inDefaultVpc.attrGroupId);
    this.export('OtherVpcGroupId', inOtherVpc.attrGroupId);
    this.export('AlertsTopicArn', alerts.topicArn);
    this.export('InboxUrl', inbox.queueUrl);
    recorder.outputs();
  }

  /** `Fn.importValue('lab-05-AlertsTopicArn')` reads it in the learner's stack. */
  private export(key: string, value: string): void {
    new CfnOutput(this, key, { value, exportName: `lab-05-${key}` });
  }
}
