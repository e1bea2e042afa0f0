import { AutoScaling, type CreateAutoScalingGroupType } from '@aws-sdk/client-auto-scaling';
import { EC2 } from '@aws-sdk/client-ec2';
import { emulated } from './emulated';

/** An account with the launch template `web`, and what makes and shows the group `shop`. */
export async function scalingAccount() {
  const lab = emulated();
  const [scaling, ec2] = [lab.client(AutoScaling), lab.client(EC2)];
  await ec2.createLaunchTemplate({
    LaunchTemplateName: 'web',
    LaunchTemplateData: { ImageId: 'ami-0123456789abcdef0', InstanceType: 't3.micro' },
  });
  const events: { detailType: string; detail: Record<string, unknown> }[] = [];
  const tell = lab.core.feed.emit.bind(lab.core.feed);
  lab.core.feed.emit = (event, place) => {
    if (event.source === 'aws.autoscaling') events.push(event);
    tell(event, place);
  };

  const create = async (more: Partial<CreateAutoScalingGroupType> = {}) => {
    await scaling.createAutoScalingGroup({
      AutoScalingGroupName: 'shop',
      LaunchTemplate: { LaunchTemplateName: 'web' },
      MinSize: 0,
      MaxSize: 4,
      AvailabilityZones: ['us-east-1a', 'us-east-1b'],
      ...more,
    });
    await lab.clock.advance('3s');
  };
  const group = async () => {
    const { AutoScalingGroups: [found] = [] } = await scaling.describeAutoScalingGroups({
      AutoScalingGroupNames: ['shop'],
    });
    return found;
  };
  const members = async () => (await group())?.Instances ?? [];
  const lifecycles = async () => (await members()).map(({ LifecycleState }) => LifecycleState);
  return { ...lab, scaling, ec2, events, create, group, members, lifecycles };
}
