import { CfnOutput, Fn, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** The starter, completed: what was received five times in vain goes out of the way. */
export default class WorkStack extends Stack {
  readonly orders: Queue;

  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, props);
    Tags.of(this).add('dop-labs:lab', 'lab-00');

    const arn = Fn.importValue('lab-00-DeadLettersArn');
    const queue = Queue.fromQueueArn(this, 'DeadLetters', arn);
    this.orders = new Queue(this, 'Orders', { deadLetterQueue: { queue, maxReceiveCount: 5 } });

    new CfnOutput(this, 'OrdersUrl', { value: this.orders.queueUrl });
  }
}
