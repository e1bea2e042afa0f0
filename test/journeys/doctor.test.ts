import { EC2 } from '@aws-sdk/client-ec2';
import { labHome } from '../support/lab';

jest.setTimeout(120_000);

const home = labHome();
const { lab } = home;

afterAll(() => home.close());

test('`lab doctor` tells of the machine, and with a lab of the account', async () => {
  const alone = await lab('doctor');
  expect(alone.stdout).toMatch(/^fine {2}Node\.js v\d+/m);
  expect(alone.stdout).toContain('No account of AWS is on the allow-list.');
  expect(alone.stdout).toContain('{"allowedAccounts": ["123456789012"]}');
  expect(alone.code).toBe(0);

  const { code, stdout } = await lab('doctor', 'lab-05', '--json');
  const { findings } = JSON.parse(stdout) as { findings: { verdict: string; seen: string }[] };
  expect(findings).toContainEqual({ verdict: 'fine', seen: 'No other group is open on 22.' });
  expect(findings).toContainEqual({
    verdict: 'fine',
    seen: 'emulator: account 000000000000, Region us-east-1.',
  });
  expect(code).toBe(0);
});

test('`lab start` stops at what the doctor stops for, before anything is deployed', async () => {
  const env = JSON.parse((await lab('env', '--json')).stdout) as Record<string, string>;
  const ec2 = new EC2({
    endpoint: env['AWS_ENDPOINT_URL'] ?? '',
    region: 'us-east-1',
    credentials: { accessKeyId: '000000000000', secretAccessKey: 'test' },
  });
  const { Vpcs = [] } = await ec2.describeVpcs({});
  const VpcId = Vpcs[0]?.VpcId;
  const { Subnets = [] } = await ec2.describeSubnets({});
  for (const { SubnetId } of Subnets) await ec2.deleteSubnet({ SubnetId });
  const { InternetGateways = [] } = await ec2.describeInternetGateways({});
  for (const { InternetGatewayId } of InternetGateways) {
    await ec2.detachInternetGateway({ InternetGatewayId, VpcId });
  }
  await ec2.deleteVpc({ VpcId });
  ec2.destroy();

  const start = await lab('start', 'lab-05');
  expect(start.stderr).toContain('error: us-east-1 has no default VPC');
  expect(start.stderr).toContain('fix: aws ec2 create-default-vpc');
  expect(start.code).toBe(2);
  expect((await lab('doctor', 'lab-05')).code).toBe(1);
  expect(JSON.parse((await lab('status', '--json')).stdout).stacks).toEqual([]);
});
