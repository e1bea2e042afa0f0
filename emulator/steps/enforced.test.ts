import { EC2 } from '@aws-sdk/client-ec2';
import { IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import { SQS } from '@aws-sdk/client-sqs';
import { SSM } from '@aws-sdk/client-ssm';
import { emulated } from '../../test/support/emulated';

const unknown = { accessKeyId: 'test' };

test('an unknown access key is nobody when IAM is enforced, in each service’s own words (moto)', async () => {
  const { client } = emulated({ iam: 'enforce' });
  await expect(client(IAM, unknown).listRoles()).rejects.toMatchObject({
    name: 'InvalidClientTokenId',
    message: 'The security token included in the request is invalid.',
    $metadata: { httpStatusCode: 403 },
  });
  await expect(client(SSM, unknown).describeParameters()).rejects.toMatchObject({
    name: 'UnrecognizedClientException',
    $metadata: { httpStatusCode: 400 },
  });
  await expect(client(S3, unknown).listBuckets()).rejects.toMatchObject({
    name: 'InvalidAccessKeyId',
    message: 'The AWS Access Key Id you provided does not exist in our records.',
  });
  await expect(client(EC2, unknown).describeVpcs()).rejects.toMatchObject({
    name: 'AuthFailure',
    message: 'AWS was not able to validate the provided access credentials',
  });
});

test('an unknown access key is root of the default account when IAM is not enforced', async () => {
  const { client } = emulated();
  await expect(client(IAM, unknown).listUsers()).resolves.toMatchObject({ Users: [] });
});

test('a key that was made inactive is refused in either mode', async () => {
  const { client } = emulated();
  const iam = client(IAM);
  await iam.createUser({ UserName: 'ann' });
  const { AccessKey: key } = await iam.createAccessKey({ UserName: 'ann' });
  await iam.updateAccessKey({
    UserName: 'ann',
    AccessKeyId: key?.AccessKeyId,
    Status: 'Inactive',
  });
  const ann = client(IAM, { accessKeyId: key?.AccessKeyId ?? '' });
  await expect(ann.listUsers()).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
});

test('the account’s own key stays root, and a new user has no permissions', async () => {
  const { client } = emulated({ iam: 'enforce' });
  const iam = client(IAM);
  await iam.createUser({ UserName: 'ann' });
  const { AccessKey: key } = await iam.createAccessKey({ UserName: 'ann' });
  await expect(
    client(IAM, { accessKeyId: key?.AccessKeyId ?? '' }).listUsers(),
  ).rejects.toMatchObject({
    name: 'AccessDenied',
    message:
      'User: arn:aws:iam::000000000000:user/ann is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::000000000000:user/ because no identity-based policy allows the iam:ListUsers action',
  });
});

test('a deny in a resource policy binds root only when IAM is enforced', async () => {
  const closed = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }],
  });
  const send = async (iam: 'enforce' | 'learn') => {
    const sqs = emulated({ iam }).client(SQS);
    const { QueueUrl } = await sqs.createQueue({
      QueueName: 'orders',
      Attributes: { Policy: closed },
    });
    return sqs.sendMessage({ QueueUrl, MessageBody: 'hello' });
  };
  await expect(send('learn')).resolves.toBeDefined();
  await expect(send('enforce')).rejects.toMatchObject({
    name: 'AccessDenied',
    message:
      'User: arn:aws:iam::000000000000:root is not authorized to perform: sqs:sendmessage on resource: arn:aws:sqs:us-east-1:000000000000:orders with an explicit deny in a resource-based policy',
  });
});

test('policies may ask for TLS and for where a request comes from', async () => {
  const { client } = emulated();
  const iam = client(IAM);
  await iam.createUser({ UserName: 'ann' });
  const { AccessKey: key } = await iam.createAccessKey({ UserName: 'ann' });
  const allowed = {
    Effect: 'Allow',
    Action: 'iam:ListUsers',
    Resource: '*',
    Condition: {
      Bool: { 'aws:SecureTransport': 'true', 'aws:ViaAWSService': 'false' },
      IpAddress: { 'aws:SourceIp': '127.0.0.0/8' },
      BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' },
    },
  };
  await iam.putUserPolicy({
    UserName: 'ann',
    PolicyName: 'own',
    PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [allowed] }),
  });
  const ann = client(IAM, { accessKeyId: key?.AccessKeyId ?? '' });
  await expect(ann.listUsers()).resolves.toBeDefined();
});
