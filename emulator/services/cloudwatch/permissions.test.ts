import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { IAM } from '@aws-sdk/client-iam';
import { STS } from '@aws-sdk/client-sts';
import { emulated } from '../../../test/support/emulated';

async function roleWith(...statements: object[]): Promise<CloudWatch> {
  const { client } = emulated();
  const iam = client(IAM);
  await iam.createRole({
    RoleName: 'writer',
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::000000000000:root' },
          Action: 'sts:AssumeRole',
        },
      ],
    }),
  });
  await iam.putRolePolicy({
    RoleName: 'writer',
    PolicyName: 'metrics',
    PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
  });
  const { Credentials: credentials } = await client(STS).assumeRole({
    RoleArn: 'arn:aws:iam::000000000000:role/writer',
    RoleSessionName: 'test',
  });
  return client(CloudWatch, { credentials });
}

test('a role may put metrics into the name space that its policy names, and no other', async () => {
  const cloudwatch = await roleWith({
    Effect: 'Allow',
    Action: 'cloudwatch:PutMetricData',
    Resource: '*',
    Condition: { StringEquals: { 'cloudwatch:namespace': 'Shop' } },
  });
  const put = (Namespace: string) =>
    cloudwatch.putMetricData({ Namespace, MetricData: [{ MetricName: 'Orders', Value: 1 }] });

  await put('Shop');

  await expect(put('Other')).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('a role may look at the alarms that its policy names', async () => {
  const cloudwatch = await roleWith({
    Effect: 'Allow',
    Action: 'cloudwatch:DescribeAlarms',
    Resource: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:errors',
  });

  await cloudwatch.describeAlarms({ AlarmNames: ['errors'] });

  await expect(cloudwatch.describeAlarms({})).rejects.toMatchObject({ name: 'AccessDenied' });
});
