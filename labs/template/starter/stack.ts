import { CfnOutput, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** Yours to change. What nobody can process comes back for days. */
export default class WorkStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, props);
    Tags.of(this).add('dop-labs:lab', 'lab-00');

    // TODO (a): where should a message go that was received again and again?
    const orders = new Queue(this, 'Orders');

    new CfnOutput(this, 'OrdersUrl', { value: orders.queueUrl });
  }
}
