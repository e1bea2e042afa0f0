import { EventBridge } from '@aws-sdk/client-eventbridge';
import { S3 } from '@aws-sdk/client-s3';
import { SQS } from '@aws-sdk/client-sqs';
import { emulated } from '../../../test/support/emulated';

async function bucketWithInbox(settings: object) {
  const { client, clock } = emulated();
  const s3 = client(S3);
  const events = client(EventBridge);
  const sqs = client(SQS);
  const QueueUrl = (await sqs.createQueue({ QueueName: 'inbox' })).QueueUrl ?? '';
  await sqs.setQueueAttributes({
    QueueUrl,
    Attributes: {
      Policy: JSON.stringify({
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: '*',
          },
        ],
      }),
    },
  });
  await events.putRule({ Name: 'objects', EventPattern: JSON.stringify({ source: ['aws.s3'] }) });
  await events.putTargets({
    Rule: 'objects',
    Targets: [{ Id: 'inbox', Arn: 'arn:aws:sqs:us-east-1:000000000000:inbox' }],
  });
  await s3.createBucket({ Bucket: 'releases' });
  await s3.putBucketVersioning({
    Bucket: 'releases',
    VersioningConfiguration: { Status: 'Enabled' },
  });
  await s3.putBucketNotificationConfiguration({
    Bucket: 'releases',
    NotificationConfiguration: settings,
  });
  async function received() {
    await clock.settle();
    const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
    return Messages.map(({ Body = '' }) => JSON.parse(Body) as Record<string, unknown>);
  }
  return { s3, received };
}

test('a bucket with EventBridge on tells of the object, its version and what was done', async () => {
  const { s3, received } = await bucketWithInbox({ EventBridgeConfiguration: {} });

  const { VersionId } = await s3.putObject({ Bucket: 'releases', Key: 'a.zip', Body: 'one' });

  expect(await received()).toMatchObject([
    {
      'detail-type': 'Object Created',
      source: 'aws.s3',
      resources: ['arn:aws:s3:::releases'],
      detail: {
        bucket: { name: 'releases' },
        object: { key: 'a.zip', size: 3, 'version-id': VersionId },
        reason: 'PutObject',
      },
    },
  ]);
});

test('a delete marker and a version removed for good are told apart', async () => {
  const { s3, received } = await bucketWithInbox({ EventBridgeConfiguration: {} });
  const { VersionId } = await s3.putObject({ Bucket: 'releases', Key: 'a.zip', Body: 'one' });
  await received();

  await s3.deleteObject({ Bucket: 'releases', Key: 'a.zip' });
  await s3.deleteObject({ Bucket: 'releases', Key: 'a.zip', VersionId });

  expect(await received()).toMatchObject([
    { 'detail-type': 'Object Deleted', detail: { 'deletion-type': 'Delete Marker Created' } },
    { 'detail-type': 'Object Deleted', detail: { 'deletion-type': 'Permanently Deleted' } },
  ]);
});

test('a bucket without EventBridge tells nobody', async () => {
  const { s3, received } = await bucketWithInbox({});

  await s3.putObject({ Bucket: 'releases', Key: 'a.zip', Body: 'one' });

  expect(await received()).toEqual([]);
});
