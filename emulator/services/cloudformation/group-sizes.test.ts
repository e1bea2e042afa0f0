import { AutoScaling } from '@aws-sdk/client-auto-scaling';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { emulated } from '../../../test/support/emulated';

const StackName = 'shop';
const AutoScalingGroupName = 'servers';

interface Wanted {
  MinSize?: string;
  Cooldown?: string;
  UpdatePolicy?: object;
}

const template = ({ MinSize = '0', Cooldown = '60', UpdatePolicy }: Wanted = {}) =>
  JSON.stringify({
    Resources: {
      Template: {
        Type: 'AWS::EC2::LaunchTemplate',
        Properties: {
          LaunchTemplateData: { ImageId: 'ami-0123456789abcdef0', InstanceType: 't3.micro' },
        },
      },
      Servers: {
        Type: 'AWS::AutoScaling::AutoScalingGroup',
        ...(UpdatePolicy ? { UpdatePolicy } : {}),
        Properties: {
          AutoScalingGroupName,
          AvailabilityZones: ['us-east-1a'],
          Cooldown,
          DesiredCapacity: '1',
          LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: '1' },
          MaxSize: '3',
          MinSize,
        },
      },
    },
  });

const leavesSizes = { AutoScalingScheduledAction: { IgnoreUnmodifiedGroupSizeProperties: true } };

/** A stack whose group has been scaled since to between 0 and 4, with 2 wanted. */
async function scaledStack(UpdatePolicy?: object) {
  const { client, clock } = emulated();
  const [cloudformation, scaling] = [client(CloudFormation), client(AutoScaling)];
  await cloudformation.createStack({
    StackName,
    TemplateBody: template(UpdatePolicy ? { UpdatePolicy } : {}),
  });
  await clock.settle();
  await scaling.updateAutoScalingGroup({ AutoScalingGroupName, DesiredCapacity: 2, MaxSize: 4 });
  return {
    update: async (wanted: Wanted) => {
      await cloudformation.updateStack({ StackName, TemplateBody: template(wanted) });
      await clock.settle();
    },
    group: async () => {
      const { AutoScalingGroups: [found] = [] } = await scaling.describeAutoScalingGroups({});
      return [found?.MinSize, found?.MaxSize, found?.DesiredCapacity, found?.DefaultCooldown];
    },
    reasons: async () => {
      const { StackEvents = [] } = await cloudformation.describeStackEvents({ StackName });
      return StackEvents.map(({ ResourceStatusReason }) => ResourceStatusReason);
    },
  };
}

test('an update sets the sizes of the template, whatever scaling has made of them', async () => {
  const { update, group } = await scaledStack();
  expect(await group()).toEqual([0, 4, 2, 60]);

  await update({ Cooldown: '90' });

  expect(await group()).toEqual([0, 3, 1, 90]);
});

test('an UpdatePolicy leaves the sizes that the template has not changed', async () => {
  const { update, group } = await scaledStack(leavesSizes);

  await update({ Cooldown: '90', UpdatePolicy: leavesSizes });
  expect(await group()).toEqual([0, 4, 2, 90]);

  await update({ MinSize: '1', Cooldown: '90', UpdatePolicy: leavesSizes });
  expect(await group()).toEqual([1, 4, 2, 90]);
});

test('an UpdatePolicy that says false is as none', async () => {
  const UpdatePolicy = {
    AutoScalingScheduledAction: { IgnoreUnmodifiedGroupSizeProperties: 'false' },
  };
  const { update, group } = await scaledStack(UpdatePolicy);

  await update({ Cooldown: '90', UpdatePolicy });

  expect(await group()).toEqual([0, 3, 1, 90]);
});

test('rolling updates are refused by name', async () => {
  const { update, group, reasons } = await scaledStack();

  await update({ Cooldown: '90', UpdatePolicy: { AutoScalingRollingUpdate: {} } });

  expect(await group()).toEqual([0, 4, 2, 60]);
  expect(await reasons()).toContain(
    'Template error: the UpdatePolicy AutoScalingRollingUpdate of AWS::AutoScaling::AutoScalingGroup is not emulated',
  );
});
