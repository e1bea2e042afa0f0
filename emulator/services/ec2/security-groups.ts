import type { SecurityGroup as Described } from '@aws-sdk/client-ec2';
import { awsError } from '../../errors';
import { select, type Filters } from './filters';
import { add, find, inVpc, invalid, kinds, missing, newId, remove } from './kinds';
import { findGroup, toPermissions } from './rules';
import type { Ec2Call, Ec2Handlers, Peer, Rule, SecurityGroup } from './state';
import { addTags, specifiedTags, tagList } from './tagging';
import { table } from '../../table';

const textPattern = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,255}$/;

const describe = (call: Ec2Call, group: SecurityGroup): Described => ({
  GroupId: group.id,
  GroupName: group.name,
  Description: group.description,
  VpcId: group.vpcId,
  OwnerId: call.accountId,
  IpPermissions: toPermissions(group.rules.filter(({ egress }) => !egress)),
  IpPermissionsEgress: toPermissions(group.rules.filter(({ egress }) => egress)),
  Tags: tagList(call, group.id),
  SecurityGroupArn: call.arn(`security-group/${group.id}`),
});

type RuleValue = (rule: Rule) => string | undefined;

const peerOf = (kind: Peer['kind']) => (rule: Rule) =>
  rule.peer.kind === kind ? rule.peer.value : undefined;

const ruleValues: Record<string, RuleValue> = table({
  cidr: peerOf('ipv4'),
  'ipv6-cidr': peerOf('ipv6'),
  'prefix-list-id': peerOf('prefix-list'),
  'group-id': peerOf('group'),
  'from-port': ({ protocol, fromPort }) => (protocol === '-1' ? undefined : String(fromPort)),
  'to-port': ({ protocol, toPort }) => (protocol === '-1' ? undefined : String(toPort)),
  protocol: ({ protocol }) => protocol,
  'user-id': ({ peer }) => (peer.kind === 'group' ? peer.userId : undefined),
});

/** `ip-permission.cidr`, `egress.ip-permission.cidr` and so on: each looks at any rule of the group. */
const ruleFilters = (prefix: string, egress: boolean): Filters<SecurityGroup> =>
  Object.fromEntries(
    Object.entries(ruleValues).map(([name, value]) => [
      `${prefix}ip-permission.${name}`,
      (group: SecurityGroup) => group.rules.filter((rule) => rule.egress === egress).map(value),
    ]),
  );

const filters: Filters<SecurityGroup> = {
  description: ({ description }) => [description],
  'group-id': ({ id }) => [id],
  'group-name': ({ name }) => [name],
  'owner-id': (_group, call) => [call.accountId],
  'vpc-id': ({ vpcId }) => [vpcId],
  ...ruleFilters('', false),
  ...ruleFilters('egress.', true),
};

function checkTexts(name: string | undefined, description: string | undefined) {
  if (!name) throw missing('GroupName');
  if (!description) throw missing('GroupDescription');
  if (name === 'default') throw invalid('Cannot use reserved security group name: default');
  if (name.startsWith('sg-')) {
    throw invalid(
      `Invalid value '${name}' for groupName. Group names may not be in the format sg-*.`,
    );
  }
  for (const [what, text] of [
    ['name', name],
    ['description', description],
  ]) {
    if (!textPattern.test(text ?? '')) {
      throw invalid(
        `Invalid security group ${what}. Valid ${what}s are strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*`,
      );
    }
  }
  return { name, description };
}

function defaultVpc(call: Ec2Call) {
  const vpc = [...call.state.vpc.values()].find(({ isDefault }) => isDefault);
  if (!vpc) throw awsError('VPCIdNotSpecified', 'No default VPC for this user');
  return vpc;
}

/** The rule that lets everything out, which EC2 gives to each new group of a VPC. */
export const allowAllOut = (call: Ec2Call): Rule => ({
  id: newId(call, 'sgr'),
  egress: true,
  protocol: '-1',
  fromPort: -1,
  toPort: -1,
  peer: { kind: 'ipv4', value: '0.0.0.0/0' },
});

const refersTo = (group: SecurityGroup, id: string) =>
  group.rules.some(({ peer }) => peer.kind === 'group' && peer.value === id);

function checkUnused(call: Ec2Call, group: SecurityGroup) {
  const others = inVpc(call, 'security-group', group.vpcId).filter(({ id }) => id !== group.id);
  const interfaces = inVpc(call, 'network-interface', group.vpcId);
  if (
    others.some((other) => refersTo(other, group.id)) ||
    interfaces.some(({ groupIds }) => groupIds.includes(group.id))
  ) {
    throw awsError('DependencyViolation', `resource ${group.id} has a dependent object`);
  }
}

export const securityGroups = {
  CreateSecurityGroup({ GroupName, Description, VpcId, TagSpecifications }, call) {
    const { name, description } = checkTexts(GroupName, Description);
    const vpc = VpcId ? find(call, 'vpc', VpcId) : defaultVpc(call);
    const tags = specifiedTags('security-group', TagSpecifications);
    if (inVpc(call, 'security-group', vpc.id).some((group) => group.name === name)) {
      throw awsError(
        'InvalidGroup.Duplicate',
        `The security group '${name}' already exists for VPC '${vpc.id}'`,
      );
    }
    const id = newId(call, kinds['security-group'].prefix);
    addTags(call, id, tags);
    const noun = { id, name, description, vpcId: vpc.id, createdAt: call.now() };
    add(call, 'security-group', { ...noun, rules: [allowAllOut(call)] });
    return {
      GroupId: id,
      Tags: tagList(call, id),
      SecurityGroupArn: call.arn(`security-group/${id}`),
    };
  },

  DescribeSecurityGroups({ GroupIds, GroupNames, ...input }, call) {
    const named = GroupNames?.map((GroupName) => findGroup(call, { GroupName }).id) ?? [];
    const { page, next } = select(call, 'security-group', {
      ids: [...(GroupIds ?? []), ...named],
      filters: input.Filters,
      token: input.NextToken,
      max: input.MaxResults,
      table: filters,
    });
    return { SecurityGroups: page.map((group) => describe(call, group)), NextToken: next };
  },

  DeleteSecurityGroup(input, call) {
    if (!input.GroupId && !input.GroupName) throw missing('GroupName or GroupId');
    const group = findGroup(call, input);
    if (group.name === 'default') {
      throw awsError(
        'CannotDelete',
        `the specified group: "${group.id}" name: "default" cannot be deleted by a user`,
      );
    }
    checkUnused(call, group);
    group.rules.forEach(({ id }) => call.state.tags.delete(id));
    remove(call, 'security-group', group.id);
    return { Return: true, GroupId: group.id };
  },
} satisfies Ec2Handlers;
