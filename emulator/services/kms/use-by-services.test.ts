import { EventBridge } from '@aws-sdk/client-eventbridge';
import { IAM } from '@aws-sdk/client-iam';
import { KMS } from '@aws-sdk/client-kms';
import { S3 } from '@aws-sdk/client-s3';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { SSM } from '@aws-sdk/client-ssm';
import { emulated } from '../../../test/support/emulated';

const account = '000000000000';
const ann = `arn:aws:iam::${account}:user/ann`;

const toRoot = {
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${account}:root` },
  Action: 'kms:*',
  Resource: '*',
};

const policyOf = (...statements: object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

const allow = (Action: string | string[]) => ({ Effect: 'Allow', Action, Resource: '*' });

/** A key and a user, whose permissions can be set again and again. */
async function withKeyAndUser(...more: object[]) {
  const lab = emulated();
  const iam = lab.client(IAM);
  const { KeyMetadata: key } = await lab
    .client(KMS)
    .createKey({ Policy: policyOf(toRoot, ...more) });
  await iam.createUser({ UserName: 'ann' });
  const { AccessKey: made } = await iam.createAccessKey({ UserName: 'ann' });
  const may = (...actions: string[]) =>
    iam.putUserPolicy({
      UserName: 'ann',
      PolicyName: 'own',
      PolicyDocument: policyOf(allow(actions)),
    });
  const asAnn = <C>(Client: new (configuration: never) => C) =>
    lab.client(Client, { accessKeyId: made?.AccessKeyId ?? '' });
  return { ...lab, arn: key?.Arn ?? '', KeyId: key?.KeyId ?? '', may, asAnn };
}

const denied = (action: string, arn: string) =>
  `User: ${ann} is not authorized to perform: ${action} on resource: ${arn} because no identity-based policy allows the ${action} action`;

describe('a bucket encrypted by a customer managed key', () => {
  async function withBucket() {
    const lab = await withKeyAndUser();
    const s3 = lab.client(S3);
    await s3.createBucket({ Bucket: 'orders' });
    await s3.putBucketEncryption({
      Bucket: 'orders',
      ServerSideEncryptionConfiguration: {
        Rules: [
          {
            ApplyServerSideEncryptionByDefault: {
              SSEAlgorithm: 'aws:kms',
              KMSMasterKeyID: lab.KeyId,
            },
          },
        ],
      },
    });
    return { ...lab, s3, object: { Bucket: 'orders', Key: 'one' } };
  }

  test('asks its writers for kms:GenerateDataKey and its readers for kms:Decrypt', async () => {
    const { object, may, asAnn, arn } = await withBucket();
    const s3 = asAnn(S3);
    await may('s3:*');
    await expect(s3.putObject({ ...object, Body: 'x' })).rejects.toMatchObject({
      name: 'AccessDenied',
      message: denied('kms:GenerateDataKey', arn),
      $metadata: { httpStatusCode: 403 },
    });
    await may('s3:*', 'kms:GenerateDataKey');
    expect(await s3.putObject({ ...object, Body: 'x' })).toMatchObject({
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: arn,
    });
    await expect(s3.getObject(object)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: denied('kms:Decrypt', arn),
    });
    await may('s3:*', 'kms:Decrypt');
    const got = await s3.getObject(object);
    expect([await got.Body?.transformToString(), got.SSEKMSKeyId]).toEqual(['x', arn]);
  });

  test('gives nothing out while the key is disabled (LocalStack test_s3.py)', async () => {
    const { s3, object, client, KeyId, arn } = await withBucket();
    await s3.putObject({ ...object, Body: 'x' });
    await client(KMS).disableKey({ KeyId });
    await expect(s3.getObject(object)).rejects.toMatchObject({
      name: 'KMS.DisabledException',
      message: `${arn} is disabled.`,
    });
    await expect(s3.headObject(object)).resolves.toMatchObject({ SSEKMSKeyId: arn });
  });

  test('takes large uploads and copies', async () => {
    const { s3, object } = await withBucket();
    const { UploadId } = await s3.createMultipartUpload(object);
    const part = { ...object, UploadId, PartNumber: 1 };
    const { ETag } = await s3.uploadPart({ ...part, Body: 'large' });
    await s3.completeMultipartUpload({
      ...object,
      UploadId,
      MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] },
    });
    await s3.copyObject({ Bucket: 'orders', Key: 'two', CopySource: 'orders/one' });
    const got = await s3.getObject({ Bucket: 'orders', Key: 'two' });
    expect(await got.Body?.transformToString()).toBe('large');
  });
});

test('the AWS managed key of S3 needs no permission of its own, and serves no other account', async () => {
  const { client, may, asAnn } = await withKeyAndUser();
  const object = { Bucket: 'orders', Key: 'one' };
  await client(S3).createBucket({ Bucket: 'orders' });
  await may('s3:*');
  const put = await asAnn(S3).putObject({ ...object, Body: 'x', ServerSideEncryption: 'aws:kms' });
  expect(put.SSEKMSKeyId).toMatch(/^arn:aws:kms:us-east-1:000000000000:key\//);
  await client(S3).putBucketPolicy({
    Bucket: 'orders',
    Policy: policyOf({
      Effect: 'Allow',
      Principal: { AWS: '222222222222' },
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::orders/*',
    }),
  });
  await expect(client(S3, { accessKeyId: '222222222222' }).getObject(object)).rejects.toMatchObject(
    { name: 'AccessDenied' },
  );
});

describe('an encrypted topic', () => {
  const forEvents = {
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: ['kms:GenerateDataKey*', 'kms:Decrypt'],
    Resource: '*',
  };

  /** A rule that sends to an encrypted topic, and the queue behind it. */
  async function withRule(keyOf: (arn: string) => string) {
    const lab = await withKeyAndUser(forEvents);
    const sns = lab.client(SNS);
    const sqs = lab.client(SQS);
    const { TopicArn } = await sns.createTopic({
      Name: 'alarms',
      Attributes: {
        KmsMasterKeyId: keyOf(lab.arn),
        Policy: policyOf({
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sns:Publish',
          Resource: '*',
        }),
      },
    });
    const { QueueUrl } = await sqs.createQueue({
      QueueName: 'inbox',
      Attributes: {
        Policy: policyOf({
          Effect: 'Allow',
          Principal: { Service: 'sns.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: '*',
        }),
      },
    });
    const Endpoint = `arn:aws:sqs:us-east-1:${account}:inbox`;
    await sns.subscribe({ TopicArn, Protocol: 'sqs', Endpoint });
    const events = lab.client(EventBridge);
    await events.putRule({ Name: 'all', EventPattern: '{"source":["shop"]}' });
    await events.putTargets({ Rule: 'all', Targets: [{ Id: 'topic', Arn: TopicArn }] });
    await events.putEvents({ Entries: [{ Source: 'shop', DetailType: 'sale', Detail: '{}' }] });
    await lab.clock.settle();
    const { Messages: messages = [] } = await sqs.receiveMessage({ QueueUrl });
    return messages.length;
  }

  test('under a key that lets EventBridge in gets its events', async () => {
    expect(await withRule((arn) => arn)).toBe(1);
  });

  test('under the AWS managed key gets none of them', async () => {
    expect(await withRule(() => 'alias/aws/sns')).toBe(0);
  });

  test('asks its publishers for the key', async () => {
    const { client, arn, may, asAnn } = await withKeyAndUser();
    const { TopicArn } = await client(SNS).createTopic({
      Name: 'alarms',
      Attributes: { KmsMasterKeyId: arn },
    });
    await may('sns:Publish');
    const publish = () => asAnn(SNS).publish({ TopicArn, Message: 'hi' });
    await expect(publish()).rejects.toMatchObject({
      name: 'KMSAccessDeniedException',
      message: denied('kms:GenerateDataKey', arn),
    });
    await may('sns:Publish', 'kms:GenerateDataKey', 'kms:Decrypt');
    await expect(publish()).resolves.toBeDefined();
  });
});

test('an encrypted queue asks its senders and its receivers for the key', async () => {
  const { client, arn, may, asAnn } = await withKeyAndUser();
  const { QueueUrl } = await client(SQS).createQueue({
    QueueName: 'orders',
    Attributes: { KmsMasterKeyId: arn },
  });
  const sqs = asAnn(SQS);
  await may('sqs:*');
  await expect(sqs.sendMessage({ QueueUrl, MessageBody: 'hi' })).rejects.toMatchObject({
    name: 'KmsAccessDenied',
    message: denied('kms:GenerateDataKey', arn),
  });
  await client(SQS).sendMessage({ QueueUrl, MessageBody: 'hi' });
  await expect(sqs.receiveMessage({ QueueUrl })).rejects.toMatchObject({
    name: 'KmsAccessDenied',
    message: denied('kms:Decrypt', arn),
  });
  await may('sqs:*', 'kms:Decrypt');
  expect((await sqs.receiveMessage({ QueueUrl })).Messages).toMatchObject([{ Body: 'hi' }]);
});

describe('a secure string', () => {
  test('under a customer managed key is encrypted, and opened for those who may decrypt', async () => {
    const { client, arn, may, asAnn } = await withKeyAndUser();
    await client(SSM).putParameter({
      Name: '/secret',
      Type: 'SecureString',
      Value: 'hush',
      KeyId: arn,
    });
    const ssm = asAnn(SSM);
    await may('ssm:*');
    const { Parameter: hidden } = await ssm.getParameter({ Name: '/secret' });
    const { Plaintext } = await client(KMS).decrypt({
      CiphertextBlob: Buffer.from(hidden?.Value ?? '', 'base64'),
      EncryptionContext: { PARAMETER_ARN: `arn:aws:ssm:us-east-1:${account}:parameter/secret` },
    });
    expect(new TextDecoder().decode(Plaintext)).toBe('hush');
    const open = () => ssm.getParameter({ Name: '/secret', WithDecryption: true });
    await expect(open()).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: denied('kms:Decrypt', arn),
    });
    await may('ssm:*', 'kms:Decrypt');
    expect((await open()).Parameter?.Value).toBe('hush');
  });

  test('under the AWS managed key needs the permission for the parameter alone', async () => {
    const { client, may, asAnn } = await withKeyAndUser();
    await client(SSM).putParameter({ Name: '/secret', Type: 'SecureString', Value: 'hush' });
    await may('ssm:GetParameter');
    const { Parameter: found } = await asAnn(SSM).getParameter({
      Name: '/secret',
      WithDecryption: true,
    });
    expect(found?.Value).toBe('hush');
  });

  test('under a key that is not there is refused', async () => {
    const { client } = emulated();
    await expect(
      client(SSM).putParameter({
        Name: '/secret',
        Type: 'SecureString',
        Value: 'hush',
        KeyId: 'alias/nope',
      }),
    ).rejects.toMatchObject({
      name: 'InvalidKeyId',
    });
  });
});
