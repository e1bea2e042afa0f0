import { ConfigService } from '@aws-sdk/client-config-service';
import { EC2 } from '@aws-sdk/client-ec2';
import { lazyClients } from '../checker/clients';
import lab from '../labs/lab-05-config-auto-remediation/lab';
import { configAccount } from './support/config-account';
import { emulated } from './support/emulated';
import { targetOf } from './support/graded';

type Emulated = ReturnType<typeof emulated>;

/** What lab-05's examination says of the account, as of one on AWS. */
async function examined(here: Emulated, target: 'aws' | 'emulator' = 'aws') {
  const { connection } = targetOf(here);
  const place = { target, accountId: '000000000000', region: 'us-east-1', lab: 'lab-05' };
  const findings = await lab.doctor?.(Object.assign(lazyClients(connection), place));
  return (findings ?? []).map(({ verdict, seen }) => `${verdict}: ${seen}`);
}

async function openGroup({ client }: Emulated, permission: object, tags: Record<string, string>) {
  const ec2 = client(EC2);
  const { GroupId = '' } = await ec2.createSecurityGroup({
    GroupName: 'somebody',
    Description: 'somebody',
    TagSpecifications: [
      {
        ResourceType: 'security-group',
        Tags: Object.entries({ team: 'ops', ...tags }).map(([Key, Value]) => ({ Key, Value })),
      },
    ],
  });
  const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, ...permission }];
  await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions });
  return GroupId;
}

test('A fresh account is fit for lab-05', async () => {
  await expect(examined(emulated())).resolves.toEqual([
    expect.stringMatching(/^fine: vpc-\w+ is the default VPC of us-east-1\.$/),
    'fine: No recorder is there; the lab brings its own.',
    'fine: No other group is open on 22.',
  ]);
});

test.each([
  ['to 0.0.0.0/0', { IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
  ['to ::/0', { Ipv6Ranges: [{ CidrIpv6: '::/0' }] }],
  ['in a range of ports', { FromPort: 0, ToPort: 1024, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
  ['on every protocol', { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
])("Another's group that is open on 22 %s stops lab-05 on AWS", async (_how, permission) => {
  const here = emulated();
  const id = await openGroup(here, permission, {});

  const seen = `Other groups that are open on 22: 1. ${id} (somebody).`;
  await expect(examined(here)).resolves.toContain(`stop: ${seen}`);
  await expect(examined(here, 'emulator')).resolves.toContain(`note: ${seen}`);
});

test("The lab's own groups and other ports stop nothing", async () => {
  const here = emulated();
  await openGroup(here, { IpRanges: [{ CidrIp: '0.0.0.0/0' }] }, { 'dop-labs:lab': 'lab-05' });
  const { GroupId } = await here.client(EC2).createSecurityGroup({
    GroupName: 'web',
    Description: 'web',
  });
  await here.client(EC2).authorizeSecurityGroupIngress({
    GroupId,
    IpPermissions: [
      { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
      { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '203.0.113.0/24' }] },
    ],
  });

  await expect(examined(here)).resolves.toContain('fine: No other group is open on 22.');
});

test('A recorder that is off, or records other types, stops lab-05', async () => {
  const { record, config, ...here } = configAccount();
  await record();
  const told = () => examined({ ...here, core: here.emulator.core } as unknown as Emulated);
  await expect(told()).resolves.toContain(
    'fine: The recorder default is on and records security groups.',
  );

  await config.stopConfigurationRecorder({ ConfigurationRecorderName: 'default' });
  await expect(told()).resolves.toContain('stop: The recorder default is off.');

  const { ConfigurationRecorders = [] } = await here
    .client(ConfigService)
    .describeConfigurationRecorders({});
  await config.putConfigurationRecorder({
    ConfigurationRecorder: {
      name: 'default',
      roleARN: ConfigurationRecorders[0]?.roleARN,
      recordingGroup: { allSupported: false, resourceTypes: ['AWS::S3::Bucket'] },
    },
  });
  await expect(told()).resolves.toContain(
    'stop: The recorder default does not record AWS::EC2::SecurityGroup.',
  );
});

test('Without a default VPC lab-05 does not start', async () => {
  const here = emulated();
  const ec2 = here.client(EC2);
  const filter = (VpcId: string | undefined) => [{ Name: 'vpc-id', Values: [VpcId ?? ''] }];
  const { Vpcs = [] } = await ec2.describeVpcs({});
  const VpcId = Vpcs[0]?.VpcId;
  const { Subnets = [] } = await ec2.describeSubnets({ Filters: filter(VpcId) });
  for (const { SubnetId } of Subnets) await ec2.deleteSubnet({ SubnetId });
  const { InternetGateways = [] } = await ec2.describeInternetGateways({});
  for (const { InternetGatewayId } of InternetGateways) {
    await ec2.detachInternetGateway({ InternetGatewayId, VpcId });
  }
  await ec2.deleteVpc({ VpcId });

  await expect(examined(here)).resolves.toContain(
    "stop: us-east-1 has no default VPC, in which one of the lab's groups is.",
  );
});
