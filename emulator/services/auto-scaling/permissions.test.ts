import { AutoScaling } from '@aws-sdk/client-auto-scaling';
import { IAM } from '@aws-sdk/client-iam';
import { scalingAccount } from '../../../test/support/scaling';

test('a caller needs the rights on the group, and those of a launch to make one (text unverified)', async () => {
  const { create, client } = await scalingAccount();
  await create();
  const iam = client(IAM);
  await iam.createUser({ UserName: 'ops' });
  await iam.putUserPolicy({
    UserName: 'ops',
    PolicyName: 'scale',
    PolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['autoscaling:SetDesiredCapacity', 'autoscaling:CreateAutoScalingGroup'],
          Resource: '*',
        },
        { Effect: 'Allow', Action: 'ec2:Describe*', Resource: '*' },
      ],
    }),
  });
  const { AccessKey } = await iam.createAccessKey({ UserName: 'ops' });
  const ops = client(AutoScaling, { credentials: AccessKey });

  await ops.setDesiredCapacity({ AutoScalingGroupName: 'shop', DesiredCapacity: 1 });
  await expect(ops.deleteAutoScalingGroup({ AutoScalingGroupName: 'shop' })).rejects.toMatchObject({
    name: 'AccessDenied',
  });
  await expect(
    ops.createAutoScalingGroup({
      AutoScalingGroupName: 'other',
      LaunchTemplate: { LaunchTemplateName: 'web' },
      MinSize: 0,
      MaxSize: 1,
      AvailabilityZones: ['us-east-1a'],
    }),
  ).rejects.toThrow(/^You must use a valid fully-formed launch template\. You are not authorized/);
});
