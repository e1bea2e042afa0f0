import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { EC2 } from '@aws-sdk/client-ec2';
import { emulated } from '../../../test/support/emulated';

const network = {
  Vpc: {
    Type: 'AWS::EC2::VPC',
    Properties: { CidrBlock: '10.0.0.0/16', EnableDnsHostnames: true },
  },
  Subnet: {
    Type: 'AWS::EC2::Subnet',
    Properties: {
      VpcId: { Ref: 'Vpc' },
      CidrBlock: '10.0.0.0/24',
      AvailabilityZone: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] },
      MapPublicIpOnLaunch: true,
      Tags: [{ Key: 'Name', Value: 'public' }],
    },
  },
  Routes: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } },
  Association: {
    Type: 'AWS::EC2::SubnetRouteTableAssociation',
    Properties: { RouteTableId: { Ref: 'Routes' }, SubnetId: { Ref: 'Subnet' } },
  },
  Gateway: { Type: 'AWS::EC2::InternetGateway' },
  Attachment: {
    Type: 'AWS::EC2::VPCGatewayAttachment',
    Properties: { VpcId: { Ref: 'Vpc' }, InternetGatewayId: { Ref: 'Gateway' } },
  },
  DefaultRoute: {
    Type: 'AWS::EC2::Route',
    DependsOn: 'Attachment',
    Properties: {
      RouteTableId: { Ref: 'Routes' },
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId: { Ref: 'Gateway' },
    },
  },
};

const rule = (FromPort: number) => ({
  IpProtocol: 'tcp',
  FromPort,
  ToPort: FromPort,
  CidrIp: '0.0.0.0/0',
});

const group = (ports: number[]) => ({
  Group: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      GroupDescription: 'the web tier',
      VpcId: { Ref: 'Vpc' },
      SecurityGroupIngress: ports.map(rule),
    },
  },
});

const template = (Resources: object) =>
  JSON.stringify({ Resources, Outputs: { Group: { Value: { 'Fn::GetAtt': 'Group.GroupId' } } } });

function connect() {
  const { client, clock } = emulated();
  const [cloudformation, ec2] = [client(CloudFormation), client(EC2)];
  const statusOf = async () => {
    await clock.settle();
    const { Stacks: [stack] = [] } = await cloudformation.describeStacks({ StackName: 'net' });
    return { status: stack?.StackStatus, groupId: stack?.Outputs?.[0]?.OutputValue ?? '' };
  };
  const groupOf = async (id: string) => {
    const { SecurityGroups: [found] = [] } = await ec2.describeSecurityGroups({ GroupIds: [id] });
    return found;
  };
  return { clock, cloudformation, ec2, statusOf, groupOf };
}

describe('a stack with a network', () => {
  test('is made, tagged, changed in place and leaves nothing behind', async () => {
    const { clock, cloudformation, ec2, statusOf, groupOf } = connect();
    const before = await ec2.describeVpcs({});
    await cloudformation.createStack({
      StackName: 'net',
      TemplateBody: template({ ...network, ...group([22, 443]) }),
    });

    const { status, groupId } = await statusOf();
    expect(status).toBe('CREATE_COMPLETE');
    const made = await groupOf(groupId);
    expect(made?.IpPermissions).toMatchObject([{ FromPort: 22 }, { FromPort: 443 }]);
    expect(made?.Tags).toContainEqual({
      Key: 'aws:cloudformation:logical-id',
      Value: 'Group',
    });

    await cloudformation.updateStack({
      StackName: 'net',
      TemplateBody: template({ ...network, ...group([443, 8080]) }),
    });
    expect((await statusOf()).status).toBe('UPDATE_COMPLETE');
    await expect(groupOf(groupId)).resolves.toMatchObject({
      IpPermissions: [{ FromPort: 443 }, { FromPort: 8080 }],
    });

    await cloudformation.deleteStack({ StackName: 'net' });
    await clock.settle();
    expect((await ec2.describeVpcs({})).Vpcs).toEqual(before.Vpcs);
    await expect(ec2.describeInternetGateways({})).resolves.toMatchObject({
      InternetGateways: [expect.anything()],
    });
  });

  test('with a rule that EC2 refuses rolls back and leaves no group', async () => {
    const { cloudformation, ec2, statusOf } = connect();
    await cloudformation.createStack({
      StackName: 'net',
      TemplateBody: template({ ...network, ...group([22, 22]) }),
    });

    expect((await statusOf()).status).toBe('ROLLBACK_COMPLETE');
    await expect(ec2.describeSecurityGroups({})).resolves.toMatchObject({
      SecurityGroups: [{ GroupName: 'default' }],
    });
  });

  test('whose rules are resources of their own leaves with them', async () => {
    const { cloudformation, statusOf, groupOf } = connect();
    const rules = {
      Ingress: {
        Type: 'AWS::EC2::SecurityGroupIngress',
        Properties: { GroupId: { Ref: 'Group' }, ...rule(80), Description: 'web' },
      },
      Egress: {
        Type: 'AWS::EC2::SecurityGroupEgress',
        Properties: { GroupId: { Ref: 'Group' }, ...rule(81) },
      },
    };
    const resources = { ...network, ...group([]), ...rules };
    await cloudformation.createStack({ StackName: 'net', TemplateBody: template(resources) });

    const { status, groupId } = await statusOf();
    expect(status).toBe('CREATE_COMPLETE');
    const made = await groupOf(groupId);
    expect(made?.IpPermissions).toMatchObject([
      { FromPort: 80, IpRanges: [{ Description: 'web' }] },
    ]);
    expect(made?.IpPermissionsEgress).toHaveLength(2);

    await cloudformation.updateStack({
      StackName: 'net',
      TemplateBody: template({ ...network, ...group([]) }),
    });
    expect((await statusOf()).status).toBe('UPDATE_COMPLETE');
    await expect(groupOf(groupId)).resolves.toMatchObject({
      IpPermissions: [],
      IpPermissionsEgress: [{ IpProtocol: '-1' }],
    });
  });
});
