import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { scalingAccount } from '../../../test/support/scaling';

const group = {
  Type: 'AWS::AutoScaling::AutoScalingGroup',
  Properties: {
    AvailabilityZones: ['us-east-1a'],
    LaunchTemplate: { LaunchTemplateName: 'web', Version: '1' },
    MaxSize: '1',
    MinSize: '0',
  },
};

const templateWith = (home: 'Shop' | 'Sales') =>
  JSON.stringify({
    Resources: {
      Shop: group,
      Sales: group,
      Drain: {
        Type: 'AWS::AutoScaling::LifecycleHook',
        Properties: {
          AutoScalingGroupName: { Ref: home },
          LifecycleHookName: 'drain',
          LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
        },
      },
    },
    Outputs: {
      Hook: { Value: { Ref: 'Drain' } },
      Shop: { Value: { Ref: 'Shop' } },
      Sales: { Value: { Ref: 'Sales' } },
    },
  });

test('Ref of a lifecycle hook is its name, and a hook may move to another group under that name', async () => {
  const { client, clock, scaling } = await scalingAccount();
  const cloudformation = client(CloudFormation);
  const StackName = 'shop';
  await cloudformation.createStack({ StackName, TemplateBody: templateWith('Shop') });
  await clock.advance('1m');

  await cloudformation.updateStack({ StackName, TemplateBody: templateWith('Sales') });
  await clock.advance('1m');

  const { Stacks: [stack] = [] } = await cloudformation.describeStacks({ StackName });
  expect(stack?.StackStatus).toBe('UPDATE_COMPLETE');
  const [hook, shop, sales] = ['Hook', 'Shop', 'Sales'].map(
    (name) => stack?.Outputs?.find(({ OutputKey }) => OutputKey === name)?.OutputValue,
  );
  expect(hook).toBe('drain');
  await expect(
    scaling.describeLifecycleHooks({ AutoScalingGroupName: shop }),
  ).resolves.toMatchObject({ LifecycleHooks: [] });
  await expect(
    scaling.describeLifecycleHooks({ AutoScalingGroupName: sales }),
  ).resolves.toMatchObject({ LifecycleHooks: [{ LifecycleHookName: 'drain' }] });
  await expect(
    cloudformation.describeStackResources({ StackName, LogicalResourceId: 'Drain' }),
  ).resolves.toMatchObject({ StackResources: [{ PhysicalResourceId: 'drain' }] });
});
