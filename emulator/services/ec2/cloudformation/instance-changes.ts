import type { EC2 } from '@aws-sdk/client-ec2';
import {
  boolean,
  object,
  objects,
  required,
  text,
  texts,
} from '../../../cloudformation/properties';
import type { Properties, ProviderContext } from '../../../cloudformation/provider';
import { settled } from './settled';
import { updateTags } from './tags';
import { table } from '../../../table';

interface Change {
  id: string;
  properties: Properties;
  previous: Properties;
}

const isChanged = ({ properties, previous }: Change, name: string) =>
  JSON.stringify(properties[name]) !== JSON.stringify(previous[name]);

type Step = (ec2: EC2, change: Change) => Promise<unknown>;

const withId = ({ id: InstanceId }: Change) => ({ InstanceId });

async function changeProfile(ec2: EC2, change: Change) {
  const { IamInstanceProfileAssociations: [now] = [] } =
    await ec2.describeIamInstanceProfileAssociations({
      Filters: [{ Name: 'instance-id', Values: [change.id] }],
    });
  if (now) await ec2.disassociateIamInstanceProfile({ AssociationId: now.AssociationId });
  const Name = text(change.properties, 'IamInstanceProfile');
  if (Name !== undefined)
    await ec2.associateIamInstanceProfile({ ...withId(change), IamInstanceProfile: { Name } });
}

async function changeVolumes(ec2: EC2, change: Change) {
  for (const volume of objects(change.previous, 'Volumes'))
    await ec2.detachVolume({ VolumeId: required(volume, 'VolumeId') });
  for (const volume of objects(change.properties, 'Volumes'))
    await ec2.attachVolume({
      ...withId(change),
      VolumeId: required(volume, 'VolumeId'),
      Device: required(volume, 'Device'),
    });
}

/** What can change while the instance runs. */
const running: Record<string, Step> = table({
  DisableApiTermination: (ec2, change) =>
    ec2.modifyInstanceAttribute({
      ...withId(change),
      DisableApiTermination: {
        Value: boolean(change.properties, 'DisableApiTermination') ?? false,
      },
    }),
  IamInstanceProfile: changeProfile,
  InstanceInitiatedShutdownBehavior: (ec2, change) =>
    ec2.modifyInstanceAttribute({
      ...withId(change),
      InstanceInitiatedShutdownBehavior: {
        Value: text(change.properties, 'InstanceInitiatedShutdownBehavior') ?? 'stop',
      },
    }),
  MetadataOptions: (ec2, change) =>
    ec2.modifyInstanceMetadataOptions({
      ...withId(change),
      HttpTokens: 'optional',
      HttpEndpoint: 'enabled',
      HttpPutResponseHopLimit: 1,
      HttpProtocolIpv6: 'disabled',
      InstanceMetadataTags: 'disabled',
      ...object(change.properties, 'MetadataOptions'),
    }),
  Monitoring: (ec2, change) => {
    const input = { InstanceIds: [change.id] };
    return boolean(change.properties, 'Monitoring')
      ? ec2.monitorInstances(input)
      : ec2.unmonitorInstances(input);
  },
  SecurityGroupIds: (ec2, change) =>
    ec2.modifyInstanceAttribute({
      ...withId(change),
      Groups: texts(change.properties, 'SecurityGroupIds'),
    }),
  SourceDestCheck: (ec2, change) =>
    ec2.modifyInstanceAttribute({
      ...withId(change),
      SourceDestCheck: { Value: boolean(change.properties, 'SourceDestCheck') ?? true },
    }),
  Tags: () => Promise.resolve(),
  Volumes: changeVolumes,
});

/** What CloudFormation stops an instance for. */
const stopped: Record<string, Step> = table({
  EbsOptimized: (ec2, change) =>
    ec2.modifyInstanceAttribute({
      ...withId(change),
      EbsOptimized: { Value: boolean(change.properties, 'EbsOptimized') ?? false },
    }),
  InstanceType: (ec2, change) =>
    ec2.modifyInstanceAttribute({
      ...withId(change),
      InstanceType: { Value: text(change.properties, 'InstanceType') ?? 'm1.small' },
    }),
  UserData: (ec2, change) =>
    ec2.modifyInstanceAttribute({
      ...withId(change),
      UserData: { Value: Buffer.from(text(change.properties, 'UserData') ?? '', 'base64') },
    }),
});

const stepsFor = (table: Record<string, Step>, change: Change): Step[] =>
  Object.entries(table)
    .filter(([name]) => isChanged(change, name))
    .map(([, step]) => step);

/** Brings an instance in line with its changed properties, stopping it where that is needed. */
export async function changeInstance(
  id: string,
  { properties, previous }: Omit<Change, 'id'>,
  context: ProviderContext,
): Promise<void> {
  const ec2 = context.client<EC2>('ec2');
  const change = { id, properties, previous };
  for (const step of stepsFor(running, change)) await step(ec2, change);
  await updateTags(change, context);
  const afterStop = stepsFor(stopped, change);
  if (afterStop.length === 0) return;
  await ec2.stopInstances({ InstanceIds: [id] });
  await settled(id, 'stopped', context);
  for (const step of afterStop) await step(ec2, change);
  await ec2.startInstances({ InstanceIds: [id] });
  await settled(id, 'running', context);
}
