import { CfnOutput, Duration, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** What the task only uses: a queue for what nobody could process. */
export default class Scene extends Stack {
  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, props);
    Tags.of(this).add('dop-labs:lab', 'lab-00');
    const deadLetters = new Queue(this, 'DeadLetters', { retentionPeriod: Duration.days(14) });
    this.export('DeadLettersArn', deadLetters.queueArn);
    this.export('DeadLettersUrl', deadLetters.queueUrl);
  }

  /** `Fn.importValue('lab-00-DeadLettersArn')` reads it in the learner's stack. */
  private export(key: string, value: string): void {
    new CfnOutput(this, key, { value, exportName: `lab-00-${key}` });
  }
}
