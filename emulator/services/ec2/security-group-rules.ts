import type {
  SecurityGroupRuleDescription,
  SecurityGroupRuleRequest,
  SecurityGroupRuleUpdate,
  UpdateSecurityGroupRuleDescriptionsEgressRequest,
  UpdateSecurityGroupRuleDescriptionsIngressRequest,
} from '@aws-sdk/client-ec2';
import { awsError } from '../../errors';
import { paginate } from '../../paginate';
import { canonicalIpv4, canonicalIpv6 } from './cidr';
import { filtered, type Filters } from './filters';
import { announce, find, missing } from './kinds';
import {
  checkedDescription,
  checkedPorts,
  groupPeer,
  prefixListPeer,
  requestedRules,
} from './requested-rules';
import { findGroup, findRule, ruleOf, sameRule, toRule } from './rules';
import type { Ec2Call, Ec2Handlers, Peer, Rule, SecurityGroup } from './state';

const filters: Filters<Rule & { groupId: string }> = {
  'group-id': ({ groupId }) => [groupId],
  'security-group-rule-id': ({ id }) => [id],
};

const peers: Record<
  'CidrIpv4' | 'CidrIpv6' | 'PrefixListId' | 'ReferencedGroupId',
  (value: string, group: SecurityGroup, call: Ec2Call) => Peer
> = {
  CidrIpv4: (value) => ({ kind: 'ipv4', value: canonicalIpv4(value) }),
  CidrIpv6: (value) => ({ kind: 'ipv6', value: canonicalIpv6(value) }),
  PrefixListId: (value) => prefixListPeer(value),
  ReferencedGroupId: (value, group, call) => groupPeer(call, { GroupId: value }, group),
};

function newPeer(call: Ec2Call, group: SecurityGroup, request: SecurityGroupRuleRequest): Peer {
  const given = (Object.keys(peers) as (keyof typeof peers)[]).filter((key) => request[key]);
  const [key, ...more] = given;
  if (!key) {
    throw awsError(
      'MissingParameter',
      'The request must contain exactly one of: cidrIp, cidrIpv6, prefixListId, or referencedGroupId',
    );
  }
  if (more.length) {
    throw awsError(
      'InvalidParameterCombination',
      'Only one of cidrIp, cidrIpv6, prefixListId, or referencedGroupId can be specified',
    );
  }
  return peers[key](request[key] ?? '', group, call);
}

/** The rule with everything replaced but its id; what a modification omits is gone. */
function modified(call: Ec2Call, group: SecurityGroup, update: SecurityGroupRuleUpdate): Rule {
  const { SecurityGroupRuleId: ruleId, SecurityGroupRule: request } = update;
  if (!ruleId) throw missing('SecurityGroupRuleId');
  if (!request) throw missing('SecurityGroupRule');
  const { rule } = findRule(call, ruleId);
  const { id, egress } = ruleOf(group, ruleId, rule.egress);
  return {
    id,
    egress,
    ...checkedPorts(request),
    peer: newPeer(call, group, request),
    ...checkedDescription(request.Description),
  };
}

type Descriptions =
  | UpdateSecurityGroupRuleDescriptionsIngressRequest
  | UpdateSecurityGroupRuleDescriptionsEgressRequest;

function describedById(
  group: SecurityGroup,
  descriptions: SecurityGroupRuleDescription[],
  egress: boolean,
): [Rule, string | undefined][] {
  return descriptions.map(({ SecurityGroupRuleId = '', Description }) => [
    ruleOf(group, SecurityGroupRuleId, egress),
    checkedDescription(Description).description,
  ]);
}

function describedByMatch(
  call: Ec2Call,
  input: Descriptions,
  { group, egress }: { group: SecurityGroup; egress: boolean },
): [Rule, string | undefined][] {
  return requestedRules(call, { IpPermissions: input.IpPermissions }, { group, egress }).map(
    (wanted) => {
      const rule = group.rules.find((each) => sameRule(each, wanted));
      if (rule) return [rule, wanted.description];
      throw awsError(
        'InvalidPermission.NotFound',
        'The specified rule does not exist in this security group.',
      );
    },
  );
}

function updateDescriptions(call: Ec2Call, input: Descriptions, egress: boolean) {
  const group = findGroup(call, input);
  const byId = input.SecurityGroupRuleDescriptions ?? [];
  const changes = byId.length
    ? describedById(group, byId, egress)
    : describedByMatch(call, input, { group, egress });
  for (const [rule, description] of changes) {
    delete rule.description;
    if (description !== undefined) rule.description = description;
  }
  announce(call, 'UPDATE', ['security-group', group.id]);
  return { Return: true };
}

export const securityGroupRules = {
  DescribeSecurityGroupRules({ SecurityGroupRuleIds: ids, ...input }, call) {
    ids?.forEach((id) => findRule(call, id));
    const every = [...call.state['security-group'].values()].flatMap((group) =>
      group.rules.map((rule) => ({ ...rule, groupId: group.id, group })),
    );
    const asked = every.filter(({ id }) => !ids?.length || ids.includes(id));
    const chosen = filtered(call, asked, { filters: input.Filters, table: filters });
    const { page, next } = paginate(chosen, input.NextToken, input.MaxResults ?? 1000);
    return {
      SecurityGroupRules: page.map((rule) => toRule(call, rule.group, rule)),
      NextToken: next,
    };
  },

  ModifySecurityGroupRules({ GroupId, SecurityGroupRules = [] }, call) {
    const group = find(call, 'security-group', GroupId);
    const changes = SecurityGroupRules.map((update) => modified(call, group, update));
    const rules = group.rules.map((rule) => changes.find(({ id }) => id === rule.id) ?? rule);
    const twice = rules.some((rule, index) =>
      rules.some((other, at) => at < index && sameRule(rule, other)),
    );
    if (twice) {
      throw awsError('InvalidPermission.Duplicate', 'the specified rule already exists'); // text not verified
    }
    group.rules = rules;
    announce(call, 'UPDATE', ['security-group', group.id]);
    return { Return: true };
  },

  UpdateSecurityGroupRuleDescriptionsIngress: (input, call) =>
    updateDescriptions(call, input, false),
  UpdateSecurityGroupRuleDescriptionsEgress: (input, call) => updateDescriptions(call, input, true),
} satisfies Ec2Handlers;
