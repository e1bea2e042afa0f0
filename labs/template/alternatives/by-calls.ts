import type { Account } from '../../../checker/account';

/** One call on the deployed starter instead of a deployment. */
export default async function byCalls({ sqs, outputs }: Account): Promise<void> {
  await sqs.setQueueAttributes({
    QueueUrl: outputs['OrdersUrl'],
    Attributes: {
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: outputs['DeadLettersArn'],
        maxReceiveCount: 5,
      }),
    },
  });
}
