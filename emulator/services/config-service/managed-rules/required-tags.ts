import { compliantWhen, type ManagedRule } from './managed-rule';

const numbers = [1, 2, 3, 4, 5, 6];

const names = [
  'ACM::Certificate AutoScaling::AutoScalingGroup CloudFormation::Stack CodeBuild::Project',
  'DynamoDB::Table EC2::CustomerGateway EC2::Instance EC2::InternetGateway EC2::NetworkAcl',
  'EC2::NetworkInterface EC2::RouteTable EC2::SecurityGroup EC2::Subnet EC2::Volume EC2::VPC',
  'EC2::VPNConnection EC2::VPNGateway ElasticLoadBalancing::LoadBalancer',
  'ElasticLoadBalancingV2::LoadBalancer RDS::DBInstance RDS::DBSecurityGroup RDS::DBSnapshot',
  'RDS::DBSubnetGroup RDS::EventSubscription Redshift::Cluster Redshift::ClusterParameterGroup',
  'Redshift::ClusterSecurityGroup Redshift::ClusterSnapshot Redshift::ClusterSubnetGroup S3::Bucket',
];

export const requiredTags: ManagedRule = {
  types: names
    .join(' ')
    .split(' ')
    .map((name) => `AWS::${name}`),
  parameters: Object.fromEntries(
    numbers.flatMap((number) => [
      [`tag${number}Key`, number === 1 ? { required: true } : {}],
      [`tag${number}Value`, {}],
    ]),
  ),
  judge: ({ tags }, parameters) =>
    compliantWhen(
      numbers.every((number) => {
        const key = parameters[`tag${number}Key`];
        const allowed = parameters[`tag${number}Value`]?.split(',').map((value) => value.trim());
        if (key === undefined) return true;
        const value = tags[key];
        return value !== undefined && (allowed?.includes(value) ?? true);
      }),
    ),
};
