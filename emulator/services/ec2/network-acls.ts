import type { NetworkAcl as Described } from '@aws-sdk/client-ec2';
import { select, type Filters } from './filters';
import { inVpc } from './kinds';
import type { Ec2Call, Ec2Handlers, NetworkAcl } from './state';
import { tagList } from './tagging';

/** A default network ACL lets everything pass; ACLs of one's own are not emulated. */
const entries: Described['Entries'] = [true, false].flatMap((Egress) => [
  { Egress, CidrBlock: '0.0.0.0/0', Protocol: '-1', RuleAction: 'allow', RuleNumber: 100 },
  { Egress, CidrBlock: '0.0.0.0/0', Protocol: '-1', RuleAction: 'deny', RuleNumber: 32767 },
]);

const associated = (call: Ec2Call, acl: NetworkAcl) =>
  inVpc(call, 'subnet', acl.vpcId).filter(({ networkAclId }) => networkAclId === acl.id);

const describe = (call: Ec2Call, acl: NetworkAcl): Described => ({
  NetworkAclId: acl.id,
  VpcId: acl.vpcId,
  IsDefault: true,
  OwnerId: call.accountId,
  Entries: entries,
  Associations: associated(call, acl).map(({ id, networkAclAssociationId }) => ({
    NetworkAclAssociationId: networkAclAssociationId,
    NetworkAclId: acl.id,
    SubnetId: id,
  })),
  Tags: tagList(call, acl.id),
});

const filters: Filters<NetworkAcl> = {
  'association.subnet-id': (acl, call) => associated(call, acl).map(({ id }) => id),
  default: () => ['true'],
  'network-acl-id': ({ id }) => [id],
  'owner-id': (_acl, call) => [call.accountId],
  'vpc-id': ({ vpcId }) => [vpcId],
};

export const networkAcls = {
  DescribeNetworkAcls({ NetworkAclIds, Filters: wanted, NextToken, MaxResults }, call) {
    const query = { ids: NetworkAclIds, filters: wanted, token: NextToken, max: MaxResults };
    const { page, next } = select(call, 'network-acl', { ...query, table: filters });
    return { NetworkAcls: page.map((acl) => describe(call, acl)), NextToken: next };
  },
} satisfies Ec2Handlers;
