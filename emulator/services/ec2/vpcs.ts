import type { Vpc as Described } from '@aws-sdk/client-ec2';
import { awsError } from '../../errors';
import { formatBlock, parseBlock } from './cidr';
import { addDefaultVpc, addVpc } from './default-resources';
import { select, type Filters } from './filters';
import { announce, find, hasDependencies, invalid, inVpc, missing, remove } from './kinds';
import type { Ec2Call, Ec2Handlers, Vpc } from './state';
import { addTags, specifiedTags, tagList } from './tagging';

const describe = (call: Ec2Call, vpc: Vpc): Described => ({
  VpcId: vpc.id,
  CidrBlock: vpc.cidrBlock,
  CidrBlockAssociationSet: [
    {
      AssociationId: vpc.cidrAssociationId,
      CidrBlock: vpc.cidrBlock,
      CidrBlockState: { State: 'associated' },
    },
  ],
  DhcpOptionsId: vpc.dhcpOptionsId,
  InstanceTenancy: vpc.instanceTenancy,
  IsDefault: vpc.isDefault,
  OwnerId: call.accountId,
  State: 'available',
  Tags: tagList(call, vpc.id),
});

const filters: Filters<Vpc> = {
  cidr: ({ cidrBlock }) => [cidrBlock],
  'cidr-block-association.cidr-block': ({ cidrBlock }) => [cidrBlock],
  'cidr-block-association.association-id': ({ cidrAssociationId }) => [cidrAssociationId],
  'cidr-block-association.state': () => ['associated'],
  'dhcp-options-id': ({ dhcpOptionsId }) => [dhcpOptionsId],
  'is-default': ({ isDefault }) => [String(isDefault)],
  isDefault: ({ isDefault }) => [String(isDefault)],
  'owner-id': (_vpc, call) => [call.accountId],
  state: () => ['available'],
  'vpc-id': ({ id }) => [id],
};

function checkedCidr(cidr: string | undefined): string {
  if (!cidr) throw missing('cidrBlock');
  const block = parseBlock(cidr);
  if (!block) {
    throw invalid(
      `Value (${cidr}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`,
    );
  }
  if (block.prefix < 16 || block.prefix > 28) {
    throw awsError('InvalidVpc.Range', `The CIDR '${cidr}' is invalid.`);
  }
  return formatBlock(block);
}

const isMain = ({ associations }: { associations: { main: boolean }[] }) =>
  associations.some(({ main }) => main);

/** What keeps a VPC from being deleted: everything that EC2 did not put there itself. */
function inhabitants(call: Ec2Call, vpcId: string) {
  return [
    ...inVpc(call, 'subnet', vpcId),
    ...inVpc(call, 'internet-gateway', vpcId),
    ...inVpc(call, 'network-interface', vpcId),
    ...inVpc(call, 'security-group', vpcId).filter(({ name }) => name !== 'default'),
    ...inVpc(call, 'route-table', vpcId).filter((table) => !isMain(table)),
  ];
}

const attributes = {
  enableDnsSupport: (vpc: Vpc) => ({ EnableDnsSupport: { Value: vpc.enableDnsSupport } }),
  enableDnsHostnames: (vpc: Vpc) => ({ EnableDnsHostnames: { Value: vpc.enableDnsHostnames } }),
  enableNetworkAddressUsageMetrics: () => ({ EnableNetworkAddressUsageMetrics: { Value: false } }),
};

export const vpcs = {
  CreateVpc({ CidrBlock, InstanceTenancy, TagSpecifications, ...rest }, call) {
    if (rest.AmazonProvidedIpv6CidrBlock || rest.Ipv4IpamPoolId || rest.Ipv6IpamPoolId) {
      throw awsError('UnsupportedOperation', 'IPv6 and IPAM blocks of a VPC are not emulated.');
    }
    const cidrBlock = checkedCidr(CidrBlock);
    const tags = specifiedTags('vpc', TagSpecifications);
    const { vpc } = addVpc(call, cidrBlock, {
      instanceTenancy: InstanceTenancy === 'dedicated' ? 'dedicated' : 'default',
    });
    addTags(call, vpc.id, tags);
    return { Vpc: { ...describe(call, vpc), State: 'pending' } };
  },

  CreateDefaultVpc(_input, call) {
    if ([...call.state.vpc.values()].some(({ isDefault }) => isDefault)) {
      throw awsError(
        'DefaultVpcAlreadyExists',
        'A Default VPC already exists for this account in this region.',
      );
    }
    return { Vpc: describe(call, addDefaultVpc(call)) };
  },

  DescribeVpcs({ VpcIds, Filters: wanted, NextToken, MaxResults }, call) {
    const query = { ids: VpcIds, filters: wanted, token: NextToken, max: MaxResults };
    const { page, next } = select(call, 'vpc', { ...query, table: filters });
    return { Vpcs: page.map((vpc) => describe(call, vpc)), NextToken: next };
  },

  DeleteVpc({ VpcId }, call) {
    const { id } = find(call, 'vpc', VpcId);
    if (inhabitants(call, id).length) throw hasDependencies('vpc', id);
    for (const kind of ['security-group', 'route-table', 'network-acl'] as const) {
      inVpc(call, kind, id).forEach((noun) => remove(call, kind, noun.id));
    }
    remove(call, 'vpc', id);
  },

  ModifyVpcAttribute({ VpcId, EnableDnsSupport, EnableDnsHostnames }, call) {
    const vpc = find(call, 'vpc', VpcId);
    const given = [EnableDnsSupport, EnableDnsHostnames].filter((each) => each !== undefined);
    if (given.length !== 1) {
      const text = given.length ? 'Fields for multiple attribute types' : 'No attributes';
      throw awsError('InvalidParameterCombination', `${text} specified`);
    }
    vpc.enableDnsSupport = EnableDnsSupport?.Value ?? vpc.enableDnsSupport;
    vpc.enableDnsHostnames = EnableDnsHostnames?.Value ?? vpc.enableDnsHostnames;
    announce(call, 'UPDATE', ['vpc', vpc.id]);
  },

  ModifyVpcTenancy({ VpcId, InstanceTenancy }, call) {
    const vpc = find(call, 'vpc', VpcId);
    // The text was not verified; the API knows no other value.
    if (InstanceTenancy !== 'default')
      throw invalid('The tenancy of a VPC can only become default.');
    vpc.instanceTenancy = 'default';
    announce(call, 'UPDATE', ['vpc', vpc.id]);
    return { ReturnValue: true };
  },

  DescribeVpcAttribute({ VpcId, Attribute }, call) {
    const vpc = find(call, 'vpc', VpcId);
    if (!Attribute) throw missing('attribute');
    if (!Object.hasOwn(attributes, Attribute)) {
      throw invalid(`Value (${Attribute}) for parameter attribute is invalid. Unknown attribute.`);
    }
    return { VpcId: vpc.id, ...attributes[Attribute](vpc) };
  },
} satisfies Ec2Handlers;
