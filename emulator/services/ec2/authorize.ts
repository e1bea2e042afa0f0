import type {
  AuthorizeSecurityGroupEgressRequest,
  AuthorizeSecurityGroupIngressRequest,
  IpPermission,
  RevokedSecurityGroupRule,
  RevokeSecurityGroupEgressRequest,
  RevokeSecurityGroupIngressRequest,
} from '@aws-sdk/client-ec2';
import { awsError } from '../../errors';
import { announce, newId } from './kinds';
import { requestedRules, type RequestedRule } from './requested-rules';
import { findGroup, ruleOf, sameRule, toPermissions, toRule } from './rules';
import type { Ec2Call, Ec2Handlers, Peer, Rule, SecurityGroup } from './state';
import { addTags, specifiedTags } from './tagging';

const rulesPerDirection = 60;

function words(rule: RequestedRule): string {
  const ports =
    rule.fromPort === -1 ? [] : [`from port: ${rule.fromPort}`, `to port: ${rule.toPort}`];
  const protocol = rule.protocol === '-1' ? 'ALL' : rule.protocol.toUpperCase();
  return [`peer: ${rule.peer.value}`, protocol, ...ports, 'ALLOW'].join(', ');
}

const duplicate = (rule: RequestedRule) =>
  awsError('InvalidPermission.Duplicate', `the specified rule "${words(rule)}" already exists`);

/** Refuses a rule that the group or the same request has already, and rules past the quota. */
function checkRoom(group: SecurityGroup, wanted: RequestedRule[], egress: boolean) {
  const have: RequestedRule[] = [...group.rules];
  for (const rule of wanted) {
    if (have.some((each) => sameRule(each, rule))) throw duplicate(rule);
    have.push(rule);
  }
  if (have.filter((each) => each.egress === egress).length > rulesPerDirection) {
    throw awsError(
      'RulesPerSecurityGroupLimitExceeded',
      'The maximum number of rules per security group has been reached.',
    );
  }
}

/** The flat members (`IpProtocol`, `CidrIp`) are there for ingress only. */
const inDirection = <I extends { IpPermissions?: IpPermission[] | undefined }>(
  input: I,
  egress: boolean,
) => (egress ? { IpPermissions: input.IpPermissions } : input);

function authorize(
  call: Ec2Call,
  input: AuthorizeSecurityGroupIngressRequest | AuthorizeSecurityGroupEgressRequest,
  egress: boolean,
) {
  const group = findGroup(call, egress ? { GroupId: input.GroupId } : input);
  const tags = specifiedTags('security-group-rule', input.TagSpecifications);
  const wanted = requestedRules(call, inDirection(input, egress), { group, egress });
  checkRoom(group, wanted, egress);
  const added = wanted.map((rule): Rule => ({ id: newId(call, 'sgr'), ...rule }));
  group.rules.push(...added);
  added.forEach(({ id }) => addTags(call, id, tags));
  announce(call, 'UPDATE', ['security-group', group.id]);
  return { Return: true, SecurityGroupRules: added.map((rule) => toRule(call, group, rule)) };
}

interface Matches {
  matched: Rule[];
  unmatched: RequestedRule[];
}

type Revocation = RevokeSecurityGroupIngressRequest | RevokeSecurityGroupEgressRequest;

function matchesById(input: Revocation, group: SecurityGroup, egress: boolean): Matches {
  if (input.IpPermissions?.length) {
    throw awsError(
      'InvalidParameterCombination',
      'The parameter securityGroupRuleIds cannot be used with the parameter ipPermissions', // text not verified
    );
  }
  const ids = input.SecurityGroupRuleIds ?? [];
  return { matched: ids.map((id) => ruleOf(group, id, egress)), unmatched: [] };
}

function matchesByProperties(
  call: Ec2Call,
  input: Revocation,
  { group, egress }: { group: SecurityGroup; egress: boolean },
): Matches {
  const wanted = requestedRules(call, inDirection(input, egress), { group, egress });
  const found = wanted.map((rule) => group.rules.find((each) => sameRule(each, rule)));
  return {
    matched: found.filter((rule) => rule !== undefined),
    unmatched: wanted.filter((_, index) => found[index] === undefined),
  };
}

function revokedPeer({ peer }: { peer: Peer }): RevokedSecurityGroupRule {
  switch (peer.kind) {
    case 'ipv4':
      return { CidrIpv4: peer.value };
    case 'ipv6':
      return { CidrIpv6: peer.value };
    case 'prefix-list':
      return { PrefixListId: peer.value };
    case 'group':
      return { ReferencedGroupId: peer.value };
  }
}

const revokedRule = (group: SecurityGroup, rule: Rule): RevokedSecurityGroupRule => ({
  SecurityGroupRuleId: rule.id,
  GroupId: group.id,
  IsEgress: rule.egress,
  IpProtocol: rule.protocol,
  FromPort: rule.fromPort,
  ToPort: rule.toPort,
  ...revokedPeer(rule),
  ...(rule.description === undefined ? {} : { Description: rule.description }),
});

function removeRules(call: Ec2Call, group: SecurityGroup, rules: Rule[]) {
  group.rules = group.rules.filter((rule) => !rules.includes(rule));
  rules.forEach(({ id }) => call.state.tags.delete(id));
  if (rules.length) announce(call, 'UPDATE', ['security-group', group.id]);
}

/**
 * Rules go only on an exact match. In the default VPC what matches nothing comes back in
 * UnknownIpPermissions; in any other VPC it is an error and nothing is revoked at all.
 */
function revoke(call: Ec2Call, input: Revocation, egress: boolean) {
  const group = findGroup(call, egress ? { GroupId: input.GroupId } : input);
  const { matched, unmatched } = input.SecurityGroupRuleIds?.length
    ? matchesById(input, group, egress)
    : matchesByProperties(call, input, { group, egress });
  if (unmatched.length && !call.state.vpc.get(group.vpcId)?.isDefault) {
    throw awsError(
      'InvalidPermission.NotFound',
      'The specified rule does not exist in this security group.',
    );
  }
  removeRules(call, group, matched);
  const unknown = unmatched.length ? { UnknownIpPermissions: toPermissions(unmatched) } : {};
  const revoked = matched.map((rule) => revokedRule(group, rule));
  return { Return: true, RevokedSecurityGroupRules: revoked, ...unknown };
}

export const authorization = {
  AuthorizeSecurityGroupIngress: (input, call) => authorize(call, input, false),
  AuthorizeSecurityGroupEgress: (input, call) => authorize(call, input, true),
  RevokeSecurityGroupIngress: (input, call) => revoke(call, input, false),
  RevokeSecurityGroupEgress: (input, call) => revoke(call, input, true),
} satisfies Ec2Handlers;
