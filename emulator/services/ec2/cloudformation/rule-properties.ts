import type { IpPermission, UserIdGroupPair } from '@aws-sdk/client-ec2';
import { number, required, text } from '../../../cloudformation/properties';
import type { Properties } from '../../../cloudformation/provider';

const common = ['CidrIp', 'CidrIpv6', 'Description', 'FromPort', 'IpProtocol', 'ToPort'];

/** Property names of a rule for what comes in, inline in its group or a resource of its own. */
export const ingressProperties = [
  ...common,
  'SourcePrefixListId',
  'SourceSecurityGroupId',
  'SourceSecurityGroupName',
  'SourceSecurityGroupOwnerId',
];

/** The same for what goes out. */
export const egressProperties = [
  ...common,
  'DestinationPrefixListId',
  'DestinationSecurityGroupId',
];

const either = (rule: Properties, names: string[]) =>
  names.map((name) => text(rule, name)).find((value) => value !== undefined);

function pairOf(rule: Properties): UserIdGroupPair | undefined {
  const GroupId = either(rule, ['SourceSecurityGroupId', 'DestinationSecurityGroupId']);
  const GroupName = text(rule, 'SourceSecurityGroupName');
  const UserId = text(rule, 'SourceSecurityGroupOwnerId');
  return (GroupId ?? GroupName) === undefined ? undefined : { GroupId, GroupName, UserId };
}

function peers(
  rule: Properties,
): Pick<IpPermission, 'IpRanges' | 'UserIdGroupPairs'> & IpPermission {
  const described = { Description: text(rule, 'Description') };
  const CidrIp = text(rule, 'CidrIp');
  const CidrIpv6 = text(rule, 'CidrIpv6');
  const PrefixListId = either(rule, ['SourcePrefixListId', 'DestinationPrefixListId']);
  const pair = pairOf(rule);
  return {
    ...(CidrIp === undefined ? {} : { IpRanges: [{ CidrIp, ...described }] }),
    ...(CidrIpv6 === undefined ? {} : { Ipv6Ranges: [{ CidrIpv6, ...described }] }),
    ...(PrefixListId === undefined ? {} : { PrefixListIds: [{ PrefixListId, ...described }] }),
    ...(pair === undefined ? {} : { UserIdGroupPairs: [{ ...pair, ...described }] }),
  };
}

/** A rule of CloudFormation as the permission that EC2 takes. */
export const toPermission = (rule: Properties): IpPermission => ({
  IpProtocol: required(rule, 'IpProtocol'),
  FromPort: number(rule, 'FromPort'),
  ToPort: number(rule, 'ToPort'),
  ...peers(rule),
});
