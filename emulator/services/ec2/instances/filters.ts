import type { Filters } from '../filters';
import { interfacesOf } from '../interfaces/attachment';
import { groupsOf, zoneOf } from '../interfaces/describe';
import { privateName, publicName } from '../interfaces/names';
import type { Ec2Call, NetworkInterface } from '../state';
import { volumesOf } from '../volumes/attachment';
import { type Instance, stateCodes } from './instance';

type Values<T> = (item: T, call: Ec2Call) => (string | undefined)[];

/** A filter that looks at any interface of the instance. */
const ofInterfaces =
  (values: Values<NetworkInterface>): Values<Instance> =>
  ({ id }, call) =>
    interfacesOf(call, id).flatMap((card) => values(card, call));

/** A filter that looks at the primary interface. */
const ofPrimary =
  (values: Values<NetworkInterface>): Values<Instance> =>
  ({ id }, call) =>
    interfacesOf(call, id)
      .slice(0, 1)
      .flatMap((card) => values(card, call));

const groupIds: Values<NetworkInterface> = ({ groupIds: ids }) => ids;
const groupNames: Values<NetworkInterface> = (card, call) =>
  groupsOf(call, card).map(({ GroupName }) => GroupName);

/** What DescribeInstances filters by. */
export const instanceFilters: Filters<Instance> = {
  architecture: () => ['x86_64'],
  'availability-zone': (instance, call) => [zoneOf(call, instance)],
  'block-device-mapping.device-name': ({ id }, call) =>
    volumesOf(call, id).map(({ attachment }) => attachment?.device),
  'block-device-mapping.volume-id': ({ id }, call) => volumesOf(call, id).map((each) => each.id),
  'client-token': ({ clientToken }) => [clientToken],
  'dns-name': ofPrimary((card, call) => [publicName(call, card)]),
  'iam-instance-profile.arn': ({ profile }) => [profile?.arn],
  'image-id': ({ imageId }) => [imageId],
  'instance-id': ({ id }) => [id],
  'instance-state-code': ({ state }) => [String(stateCodes[state])],
  'instance-state-name': ({ state }) => [state],
  'instance-type': ({ instanceType }) => [instanceType],
  'instance.group-id': ofPrimary(groupIds),
  'instance.group-name': ofPrimary(groupNames),
  'ip-address': ofPrimary(({ publicIp }) => [publicIp]),
  'key-name': ({ keyName }) => [keyName],
  'launch-time': ({ launchedAt }) => [launchedAt.toISOString()],
  'monitoring-state': ({ monitored }) => [monitored ? 'enabled' : 'disabled'],
  'network-interface.description': ofInterfaces(({ description }) => [description]),
  'network-interface.group-id': ofInterfaces(groupIds),
  'network-interface.group-name': ofInterfaces(groupNames),
  'network-interface.network-interface-id': ofInterfaces(({ id }) => [id]),
  'network-interface.subnet-id': ofInterfaces(({ subnetId }) => [subnetId]),
  'network-interface.vpc-id': ofInterfaces(({ vpcId }) => [vpcId]),
  'owner-id': (_instance, call) => [call.accountId],
  'private-dns-name': ofPrimary((card, call) => [privateName(call, card.privateIpAddress)]),
  'private-ip-address': ofPrimary(({ privateIpAddress }) => [privateIpAddress]),
  'reservation-id': ({ reservationId }) => [reservationId],
  'root-device-name': ({ rootDevice }) => [rootDevice],
  'root-device-type': () => ['ebs'],
  'source-dest-check': ofPrimary(({ sourceDestCheck }) => [String(sourceDestCheck)]),
  'subnet-id': ({ subnetId }) => [subnetId],
  tenancy: ({ tenancy }) => [tenancy],
  'virtualization-type': () => ['hvm'],
  'vpc-id': ({ vpcId }) => [vpcId],
};
