import type { EC2, RunInstancesRequest, TagSpecification } from '@aws-sdk/client-ec2';
import type { Permission, Requirements } from '../../../service';
import { kindArn, on, onBoth, onEach, requestTags, resourceContext, tagging } from '../permission';
import { all, type Ec2Call, type Ec2State, type Kind } from '../state';
import { type Launch, launchOf } from './launch-data';
import { rolesIn } from './profile';

const action = 'ec2:RunInstances';

const tagsFor = (specifications: TagSpecification[], kind: Kind) =>
  specifications
    .filter(({ ResourceType }) => ResourceType === kind)
    .flatMap(({ Tags = [] }) => Tags);

/** What a launch makes, with the tags that it is to have. */
function made(call: Ec2Call, launch: Launch): Permission[] {
  const specifications = (launch.TagSpecifications ?? []) as TagSpecification[];
  const kinds: Kind[] = ['instance', 'network-interface', 'volume'];
  return kinds.flatMap((kind) => {
    const type = kind === 'instance' ? { 'ec2:InstanceType': launch.InstanceType ?? '' } : {};
    const own = specifications.filter(({ ResourceType }) => ResourceType === kind);
    const context = { ...requestTags(tagsFor(specifications, kind)), ...type };
    return [
      { action, resources: [kindArn(call, kind)], context },
      ...tagging(call, { kind, specifications: own }),
    ];
  });
}

/** What a launch uses: its image, and the subnets and groups that it names. */
function used(call: Ec2Call, launch: Launch): Permission[] {
  const cards = launch.NetworkInterfaces ?? [];
  const subnets = [launch.SubnetId, ...cards.map(({ SubnetId }) => SubnetId)];
  const groups = [
    ...(launch.SecurityGroupIds ?? []),
    ...cards.flatMap(({ Groups }) => Groups ?? []),
  ];
  const existing = cards.map(({ NetworkInterfaceId }) => NetworkInterfaceId);
  const named = (kind: Kind, ids: (string | undefined)[]) =>
    ids
      .filter((id) => id !== undefined)
      .map((id) => ({
        action,
        resources: [kindArn(call, kind, id)],
        context: resourceContext(call, id),
      }));
  const image = `arn:aws:ec2:${call.region}::image/${launch.ImageId ?? '*'}`;
  return [
    { action, resources: [image] },
    ...named('subnet', subnets),
    ...named('security-group', groups),
    ...named('network-interface', existing),
  ];
}

const passing = (call: Ec2Call, profile: Launch['IamInstanceProfile']): Permission[] =>
  rolesIn(call, profile).map((role) => ({
    action: 'iam:PassRole',
    resources: [role],
    context: { 'iam:PassedToService': 'ec2.amazonaws.com' },
  }));

function toLaunch(request: RunInstancesRequest, call: Ec2Call): Permission[] {
  const launch = launchOf(call, request);
  return [
    ...made(call, launch),
    ...used(call, launch),
    ...passing(call, launch.IamInstanceProfile),
  ];
}

const instanceIn = (call: Ec2Call, associationId: string | undefined) =>
  [...all(call, 'instance').values()].find(
    ({ profile }) => profile?.associationId === associationId,
  )?.id;

const onOne = ({ InstanceId }: { InstanceId?: string | undefined }, call: Ec2Call) =>
  on(call.operation, 'instance')(call, InstanceId);

const onAll = ({ InstanceIds }: { InstanceIds?: string[] | undefined }, call: Ec2Call) =>
  onEach(call, 'instance', InstanceIds);

/** What IAM is asked about instances and their network interfaces. */
export const instancePermissions = {
  RunInstances: toLaunch,
  StartInstances: onAll,
  StopInstances: onAll,
  RebootInstances: onAll,
  TerminateInstances: onAll,
  MonitorInstances: onAll,
  UnmonitorInstances: onAll,
  DescribeInstanceAttribute: onOne,
  ModifyInstanceAttribute: ({ InstanceId, Groups = [] }, call) => [
    onOne({ InstanceId }, call),
    ...onEach(call, 'security-group', Groups),
  ],
  ModifyInstanceMetadataOptions: onOne,
  AssociateIamInstanceProfile: ({ InstanceId, IamInstanceProfile }, call) => [
    onOne({ InstanceId }, call),
    ...passing(call, IamInstanceProfile),
  ],
  DisassociateIamInstanceProfile: ({ AssociationId }, call) =>
    onOne({ InstanceId: instanceIn(call, AssociationId) }, call),
  AttachNetworkInterface: ({ InstanceId, NetworkInterfaceId }, call) =>
    onBoth(call, [
      ['instance', InstanceId],
      ['network-interface', NetworkInterfaceId],
    ]),
  DetachNetworkInterface({ AttachmentId }, call) {
    const cards = [...all(call, 'network-interface').values()];
    const card = cards.find(({ attachment }) => attachment?.id === AttachmentId);
    return onBoth(call, [
      ['instance', card?.attachment?.instanceId],
      ['network-interface', card?.id],
    ]);
  },
} satisfies Requirements<EC2, Ec2State>;
