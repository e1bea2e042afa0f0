import { EC2 } from '@aws-sdk/client-ec2';
import { emulated } from '../../../test/support/emulated';

const connect = () => emulated().client(EC2);

describe('a fresh account', () => {
  test('has a default VPC with a subnet in every zone, a gateway and a public route', async () => {
    const ec2 = connect();
    const { Vpcs } = await ec2.describeVpcs({});
    const { Subnets } = await ec2.describeSubnets({});
    const { RouteTables } = await ec2.describeRouteTables({});
    const { InternetGateways: [gateway] = [] } = await ec2.describeInternetGateways({});

    expect(Vpcs).toMatchObject([{ CidrBlock: '172.31.0.0/16', IsDefault: true }]);
    expect(
      Subnets?.map(({ AvailabilityZone, AvailabilityZoneId, CidrBlock }) => [
        AvailabilityZone,
        AvailabilityZoneId,
        CidrBlock,
      ]),
    ).toEqual([
      ['us-east-1a', 'use1-az1', '172.31.0.0/20'],
      ['us-east-1b', 'use1-az2', '172.31.16.0/20'],
      ['us-east-1c', 'use1-az3', '172.31.32.0/20'],
    ]);
    expect(RouteTables).toMatchObject([
      {
        Associations: [{ Main: true }],
        Routes: [
          { DestinationCidrBlock: '172.31.0.0/16', GatewayId: 'local', State: 'active' },
          { DestinationCidrBlock: '0.0.0.0/0', GatewayId: gateway?.InternetGatewayId },
        ],
      },
    ]);
    await expect(ec2.describeNetworkInterfaces({})).resolves.toMatchObject({
      NetworkInterfaces: [],
    });
  });

  test('is another one in another account and Region', async () => {
    const { client } = emulated();
    const [here, there] = await Promise.all([
      client(EC2).describeVpcs({}),
      client(EC2, { region: 'eu-west-1', accessKeyId: '111111111111' }).describeVpcs({}),
    ]);

    expect(there.Vpcs).toMatchObject([{ OwnerId: '111111111111', IsDefault: true }]);
    expect(there.Vpcs?.[0]?.VpcId).not.toBe(here.Vpcs?.[0]?.VpcId);
  });
});

describe('a VPC of its own', () => {
  test.each([
    ['10.0.0.0/8', 'InvalidVpc.Range', "The CIDR '10.0.0.0/8' is invalid."],
    [
      '10.0.0.0',
      'InvalidParameterValue',
      'Value (10.0.0.0) for parameter cidrBlock is invalid. This is not a valid CIDR block.',
    ],
  ])('may not span %s (moto ec2/exceptions.py)', async (CidrBlock, name, message) => {
    await expect(connect().createVpc({ CidrBlock })).rejects.toMatchObject({ name, message });
  });

  test('is deleted only when nothing of its own is left in it', async () => {
    const ec2 = connect();
    const { Vpc: { VpcId } = {} } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16' });
    const { Subnet } = await ec2.createSubnet({ VpcId, CidrBlock: '10.0.1.0/24' });

    await expect(ec2.deleteVpc({ VpcId })).rejects.toMatchObject({
      name: 'DependencyViolation',
    });
    await ec2.deleteSubnet({ SubnetId: Subnet?.SubnetId });
    await ec2.deleteVpc({ VpcId });

    await expect(ec2.describeVpcs({ VpcIds: [VpcId ?? ''] })).rejects.toMatchObject({
      name: 'InvalidVpcID.NotFound',
    });
    const { SecurityGroups } = await ec2.describeSecurityGroups({
      Filters: [{ Name: 'vpc-id', Values: [VpcId ?? ''] }],
    });
    expect(SecurityGroups).toEqual([]);
  });

  test('keeps its DNS attributes', async () => {
    const ec2 = connect();
    const { Vpc: { VpcId } = {} } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16' });
    await ec2.modifyVpcAttribute({ VpcId, EnableDnsHostnames: { Value: true } });

    await expect(
      ec2.describeVpcAttribute({ VpcId, Attribute: 'enableDnsHostnames' }),
    ).resolves.toMatchObject({ VpcId, EnableDnsHostnames: { Value: true } });
  });

  test('has no two subnets with the same addresses', async () => {
    const ec2 = connect();
    const { Vpc: { VpcId } = {} } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16' });
    await ec2.createSubnet({ VpcId, CidrBlock: '10.0.0.0/17' });

    await expect(ec2.createSubnet({ VpcId, CidrBlock: '10.0.1.0/24' })).rejects.toMatchObject({
      name: 'InvalidSubnet.Conflict',
    });
    await expect(ec2.createSubnet({ VpcId, CidrBlock: '10.9.0.0/24' })).rejects.toMatchObject({
      name: 'InvalidSubnet.Range',
    });
  });
});

describe('routes', () => {
  test('to an internet gateway are active while it is attached', async () => {
    const ec2 = connect();
    const { Vpc: { VpcId } = {} } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16' });
    const { InternetGateway } = await ec2.createInternetGateway({});
    const InternetGatewayId = InternetGateway?.InternetGatewayId;
    const { RouteTable } = await ec2.createRouteTable({ VpcId });
    const RouteTableId = RouteTable?.RouteTableId;
    const route = { RouteTableId, DestinationCidrBlock: '0.0.0.0/0', GatewayId: InternetGatewayId };

    await expect(ec2.createRoute(route)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await ec2.attachInternetGateway({ InternetGatewayId, VpcId });
    await ec2.createRoute(route);
    await expect(ec2.createRoute(route)).rejects.toMatchObject({
      name: 'RouteAlreadyExists',
    });
    await ec2.detachInternetGateway({ InternetGatewayId, VpcId });

    const { RouteTables } = await ec2.describeRouteTables({ RouteTableIds: [RouteTableId ?? ''] });
    expect(RouteTables?.[0]?.Routes?.map(({ State }) => State)).toEqual(['active', 'blackhole']);
  });

  test('through a NAT gateway are refused by name', async () => {
    const ec2 = connect();
    const { RouteTables: [table] = [] } = await ec2.describeRouteTables({});

    await expect(
      ec2.createRoute({
        RouteTableId: table?.RouteTableId,
        DestinationCidrBlock: '10.0.0.0/8',
        NatGatewayId: 'nat-00000000000000000',
      }),
    ).rejects.toMatchObject({ name: 'UnsupportedOperation' });
  });
});

describe('tags', () => {
  test('of every kind of thing are described together', async () => {
    const ec2 = connect();
    const { Vpc: { VpcId = '' } = {} } = await ec2.createVpc({
      CidrBlock: '10.0.0.0/16',
      TagSpecifications: [{ ResourceType: 'vpc', Tags: [{ Key: 'team', Value: 'core' }] }],
    });

    await expect(
      ec2.describeTags({ Filters: [{ Name: 'resource-type', Values: ['vpc'] }] }),
    ).resolves.toMatchObject({
      Tags: [{ Key: 'team', Value: 'core', ResourceId: VpcId, ResourceType: 'vpc' }],
    });
  });

  test('are found by key and value, without the others of the same thing', async () => {
    const ec2 = connect();
    const { Vpcs: [vpc] = [] } = await ec2.describeVpcs({});
    const Tags = [
      { Key: 'team', Value: 'core' },
      { Key: 'stage', Value: 'core' },
    ];
    await ec2.createTags({ Resources: [vpc?.VpcId ?? ''], Tags });

    const { Tags: found = [] } = await ec2.describeTags({
      Filters: [{ Name: 'tag:team', Values: ['co*'] }],
    });

    expect(found.map(({ Key }) => Key)).toEqual(['team']);
  });

  test('with another value than the one named stay', async () => {
    const ec2 = connect();
    const { Vpcs: [vpc] = [] } = await ec2.describeVpcs({});
    const Resources = [vpc?.VpcId ?? ''];
    await ec2.createTags({ Resources, Tags: [{ Key: 'team', Value: 'core' }] });

    await ec2.deleteTags({ Resources, Tags: [{ Key: 'team', Value: 'web' }] });
    await expect(ec2.describeTags({})).resolves.toMatchObject({ Tags: [{ Value: 'core' }] });
    await ec2.deleteTags({ Resources, Tags: [{ Key: 'team' }] });

    await expect(ec2.describeTags({})).resolves.toMatchObject({ Tags: [] });
  });

  test.each([
    [
      [{ Key: 'aws:x', Value: '1' }],
      'InvalidParameterValue',
      "Tag keys starting with 'aws:' are reserved for internal use",
    ],
    [[], 'MissingParameter', 'The request must contain the parameter tagSet'],
  ])('%j are refused (texts unverified)', async (Tags, name, message) => {
    const ec2 = connect();
    const { Vpcs: [vpc] = [] } = await ec2.describeVpcs({});

    await expect(ec2.createTags({ Resources: [vpc?.VpcId ?? ''], Tags })).rejects.toMatchObject({
      name,
      message,
    });
  });

  test('on what is no resource are refused', async () => {
    await expect(
      connect().createTags({ Resources: ['nothing'], Tags: [{ Key: 'a', Value: 'b' }] }),
    ).rejects.toMatchObject({ name: 'InvalidID' });
  });
});

describe('Regions and zones', () => {
  test('zone ids abbreviate the Region', async () => {
    const ec2 = emulated().client(EC2, { region: 'ap-southeast-2' });
    const { AvailabilityZones } = await ec2.describeAvailabilityZones({
      Filters: [{ Name: 'zone-name', Values: ['*b'] }],
    });

    expect(AvailabilityZones).toMatchObject([{ ZoneName: 'ap-southeast-2b', ZoneId: 'apse2-az2' }]);
  });

  test('an unknown instance is not found and a malformed one refused', async () => {
    const ec2 = connect();

    await expect(ec2.describeInstances({})).resolves.toMatchObject({ Reservations: [] });
    await expect(ec2.describeInstances({ InstanceIds: ['i-99999999'] })).rejects.toMatchObject({
      name: 'InvalidInstanceID.NotFound',
    });
  });
});
