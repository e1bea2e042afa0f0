import { configAccount } from '../../../test/support/config-account';

test('A recorder needs a channel to start, and a channel needs a recorder', async () => {
  const { config, putRecorder, s3 } = configAccount();
  await s3.createBucket({ Bucket: 'config-bucket' });
  const putChannel = () =>
    config.putDeliveryChannel({
      DeliveryChannel: { name: 'default', s3BucketName: 'config-bucket' },
    });
  await expect(putChannel()).rejects.toMatchObject({
    name: 'NoAvailableConfigurationRecorderException',
  });
  await putRecorder();
  const start = () => config.startConfigurationRecorder({ ConfigurationRecorderName: 'default' });
  await expect(start()).rejects.toMatchObject({
    name: 'NoAvailableDeliveryChannelException',
  });
  await putChannel();
  await start();
  const { ConfigurationRecordersStatus } = await config.describeConfigurationRecorderStatus({});
  expect(ConfigurationRecordersStatus).toMatchObject([
    { name: 'default', recording: true, lastStatus: 'Success' },
  ]);
});

test('A Region has room for one recorder', async () => {
  const { config, putRecorder } = configAccount();
  await putRecorder();
  await expect(
    config.putConfigurationRecorder({
      ConfigurationRecorder: {
        name: 'second',
        roleARN: 'arn:aws:iam::000000000000:role/Recorder',
      },
    }),
  ).rejects.toMatchObject({
    name: 'MaxNumberOfConfigurationRecordersExceededException',
  });
});

test('PutDeliveryChannel leaves its check file in the bucket', async () => {
  const { record, s3 } = configAccount();
  await record();
  const { Contents } = await s3.listObjectsV2({ Bucket: 'config-bucket' });
  expect(Contents?.map(({ Key }) => Key)).toEqual([
    'AWSLogs/000000000000/Config/ConfigWritabilityCheckFile',
  ]);
});

test('PutDeliveryChannel to no bucket, or to one that lets nobody write, is refused', async () => {
  const { config, iam, putRecorder, s3 } = configAccount();
  await s3.createBucket({ Bucket: 'closed-bucket' });
  await putRecorder();
  const put = (s3BucketName: string) =>
    config.putDeliveryChannel({ DeliveryChannel: { name: 'default', s3BucketName } });
  await expect(put('no-such-bucket')).rejects.toMatchObject({ name: 'NoSuchBucketException' });
  await iam.deleteRolePolicy({ RoleName: 'Recorder', PolicyName: 'May' });
  await expect(put('closed-bucket')).rejects.toMatchObject({
    name: 'InsufficientDeliveryPolicyException',
  });
});

test('PutDeliveryChannel to a bucket whose policy lets Config write is taken', async () => {
  const { config, iam, putRecorder, s3 } = configAccount();
  await s3.createBucket({ Bucket: 'policy-bucket' });
  await putRecorder();
  await iam.deleteRolePolicy({ RoleName: 'Recorder', PolicyName: 'May' });
  await s3.putBucketPolicy({
    Bucket: 'policy-bucket',
    Policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'config.amazonaws.com' },
          Action: 's3:PutObject',
          Resource: 'arn:aws:s3:::policy-bucket/AWSLogs/000000000000/Config/*',
          Condition: { StringEquals: { 'aws:SourceAccount': '000000000000' } },
        },
      ],
    }),
  });
  await config.putDeliveryChannel({
    DeliveryChannel: { name: 'default', s3BucketName: 'policy-bucket' },
  });
  const { DeliveryChannels } = await config.describeDeliveryChannels({});
  expect(DeliveryChannels).toMatchObject([{ name: 'default', s3BucketName: 'policy-bucket' }]);
});

test('The channel of a running recorder cannot be deleted', async () => {
  const { config, record } = configAccount();
  await record();
  const remove = () => config.deleteDeliveryChannel({ DeliveryChannelName: 'default' });
  await expect(remove()).rejects.toMatchObject({
    name: 'LastDeliveryChannelDeleteFailedException',
  });
  await config.stopConfigurationRecorder({ ConfigurationRecorderName: 'default' });
  await remove();
  await config.deleteConfigurationRecorder({ ConfigurationRecorderName: 'default' });
  await expect(config.describeConfigurationRecorders({})).resolves.toMatchObject({
    ConfigurationRecorders: [],
  });
});

test('History shows how a security group came to be open, and that it is gone', async () => {
  const { config, ec2, record, makeGroup, open, clock } = configAccount();
  await record();
  const id = await makeGroup();
  await clock.advance('1m');
  await open(id);
  await clock.advance('1m');
  await ec2.deleteSecurityGroup({ GroupId: id });
  await clock.settle();
  const { configurationItems = [] } = await config.getResourceConfigHistory({
    resourceType: 'AWS::EC2::SecurityGroup',
    resourceId: id,
  });
  expect(configurationItems.map((item) => item.configurationItemStatus)).toEqual([
    'ResourceDeleted',
    'OK',
    'ResourceDiscovered',
  ]);
  const configuration = JSON.parse(configurationItems[1]?.configuration ?? '') as unknown;
  expect(configuration).toMatchObject({
    groupId: id,
    ipPermissions: [
      { ipProtocol: 'tcp', fromPort: 22, toPort: 22, ipv4Ranges: [{ cidrIp: '0.0.0.0/0' }] },
    ],
  });
});

test('Nothing is recorded of types outside the group, or while the recorder is stopped', async () => {
  const { config, record, makeGroup, clock } = configAccount();
  await record();
  await config.stopConfigurationRecorder({ ConfigurationRecorderName: 'default' });
  const id = await makeGroup();
  const ids = async (resourceType: 'AWS::EC2::SecurityGroup' | 'AWS::EC2::VPC') =>
    (await config.listDiscoveredResources({ resourceType })).resourceIdentifiers?.map(
      ({ resourceId }) => resourceId,
    );
  await expect(ids('AWS::EC2::VPC')).resolves.toEqual([]);
  await expect(ids('AWS::EC2::SecurityGroup')).resolves.not.toContain(id);
  await config.startConfigurationRecorder({ ConfigurationRecorderName: 'default' });
  await clock.settle();
  await expect(ids('AWS::EC2::SecurityGroup')).resolves.toContain(id);
});

test('An unknown resource has no history', async () => {
  const { config, record } = configAccount();
  await record();
  await expect(
    config.getResourceConfigHistory({
      resourceType: 'AWS::EC2::SecurityGroup',
      resourceId: 'sg-0',
    }),
  ).rejects.toMatchObject({
    name: 'ResourceNotDiscoveredException',
  });
});
