import type { EC2, Tag } from '@aws-sdk/client-ec2';
import type { ParameterValue } from '../../cloudformation/template/parameters';
import {
  type ResourceParameterType,
  resourceTypeOf,
  valueType,
} from '../../cloudformation/template/parameter-types';
import type { ParameterFact } from '../../cloudformation/template/scope';
import type { Template } from '../../cloudformation/template/template';
import type { Caller } from '../../principal';
import { existingParameters } from './parameter-store';
import type { CloudFormationCall } from './state';

/** What the values of AWS-specific types name, and which of them do not exist. */
export interface ParameterFacts {
  facts: Map<string, ParameterFact[]>;
  /** CloudFormation's reason, when there is one. */
  refusal: string | undefined;
}

/** Holds parameters of AWS-specific types against what the account has. */
export async function lookUpParameters(
  call: CloudFormationCall,
  caller: Caller,
  { template, parameters }: { template: Template; parameters: ParameterValue[] },
): Promise<ParameterFacts> {
  const facts = new Map<string, ParameterFact[]>();
  const missing: string[] = [];
  for (const { key, value, resolved = value, isList } of parameters) {
    const type = template.Parameters[key]?.Type ?? '';
    const lookUp = lookUpFor(call, caller, type);
    if (!lookUp) continue;
    const named = isList ? resolved.split(',').map((item) => item.trim()) : [resolved];
    const found = await lookUp(named);
    facts.set(key, found);
    missing.push(
      ...named
        .filter((each) => !found.some((fact) => fact.value === each))
        .map((each) => `parameter value ${each} for parameter name ${key} does not exist`),
    );
  }
  const refusal =
    missing.length > 0 ? `Parameter validation failed: ${missing.join(', ')}` : undefined;
  return { facts, refusal };
}

type LookUp = (values: string[]) => Promise<ParameterFact[]>;

function lookUpFor(call: CloudFormationCall, caller: Caller, type: string): LookUp | undefined {
  if (valueType(type) === 'AWS::SSM::Parameter::Name') {
    return async (names) => [...(await existingParameters(call, caller, names))].map(factOf);
  }
  const resource = resourceTypeOf(type);
  if (!resource) return undefined;
  const form = forms[resource];
  if (form) return async (values) => values.filter((value) => form.test(value)).map(factOf);
  const inAccount = lookUps[resource];
  return inAccount && ((values) => inAccount(call.client<EC2>('ec2', caller), values));
}

const factOf = (value: string): ParameterFact => ({ value, attributes: {} });

/** Types of services that are not emulated: what looks right is taken to be there. */
export const forms: Partial<Record<ResourceParameterType, RegExp>> = {
  'AWS::EC2::Image::Id': /^ami-[0-9a-f]{8,17}$/,
  'AWS::EC2::KeyPair::KeyName': /^.{1,255}$/,
  'AWS::Route53::HostedZone::Id': /^Z[A-Z0-9]{1,31}$/,
};

const lookUps: Partial<
  Record<ResourceParameterType, (ec2: EC2, values: string[]) => Promise<ParameterFact[]>>
> = {
  async 'AWS::EC2::AvailabilityZone::Name'(ec2) {
    const { AvailabilityZones: zones = [] } = await ec2.describeAvailabilityZones({});
    return zones.map(({ ZoneName: name = '' }) => factOf(name));
  },
  async 'AWS::EC2::Instance::Id'(ec2, values) {
    const { Reservations: all = [] } = await ec2.describeInstances(byFilter('instance-id', values));
    return all
      .flatMap(({ Instances: instances = [] }) => instances)
      .map(({ InstanceId: id = '' }) => factOf(id));
  },
  async 'AWS::EC2::SecurityGroup::GroupName'(ec2, values) {
    const { SecurityGroups: groups = [] } = await ec2.describeSecurityGroups(
      byFilter('group-name', values),
    );
    return groups.map(({ GroupName: name = '' }) => factOf(name));
  },
  async 'AWS::EC2::SecurityGroup::Id'(ec2, values) {
    const { SecurityGroups: groups = [] } = await ec2.describeSecurityGroups(
      byFilter('group-id', values),
    );
    return groups.map(({ GroupId: value = '', Tags }) => ({ value, attributes: tagsOf(Tags) }));
  },
  async 'AWS::EC2::Subnet::Id'(ec2, values) {
    const { Subnets: subnets = [] } = await ec2.describeSubnets(byFilter('subnet-id', values));
    return subnets.map(({ SubnetId: value = '', VpcId = '', AvailabilityZone = '', Tags }) => ({
      value,
      attributes: { VpcId, AvailabilityZone, ...tagsOf(Tags) },
    }));
  },
  async 'AWS::EC2::Volume::Id'(ec2, values) {
    const { Volumes: volumes = [] } = await ec2.describeVolumes(byFilter('volume-id', values));
    return volumes.map(({ VolumeId: id = '' }) => factOf(id));
  },
  async 'AWS::EC2::VPC::Id'(ec2, values) {
    const { Vpcs: vpcs = [] } = await ec2.describeVpcs(byFilter('vpc-id', values));
    return Promise.all(
      vpcs.map(async ({ VpcId: value = '', Tags }) => ({
        value,
        attributes: { ...(await defaultsOf(ec2, value)), ...tagsOf(Tags) },
      })),
    );
  },
};

const byFilter = (Name: string, Values: string[]) => ({ Filters: [{ Name, Values }] });

const tagsOf = (tags: Tag[] = []): Record<string, string> =>
  Object.fromEntries(tags.map(({ Key, Value = '' }) => [`Tags.${Key}`, Value]));

/** What Fn::ValueOf knows of a VPC beyond its tags. */
async function defaultsOf(ec2: EC2, vpc: string): Promise<Record<string, string>> {
  const inVpc = { Name: 'vpc-id', Values: [vpc] };
  const { SecurityGroups: [group] = [] } = await ec2.describeSecurityGroups({
    Filters: [inVpc, { Name: 'group-name', Values: ['default'] }],
  });
  const { NetworkAcls: [acl] = [] } = await ec2.describeNetworkAcls({
    Filters: [inVpc, { Name: 'default', Values: ['true'] }],
  });
  return {
    DefaultSecurityGroup: group?.GroupId ?? '',
    DefaultNetworkAcl: acl?.NetworkAclId ?? '',
  };
}
