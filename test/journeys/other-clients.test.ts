import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createEmulator } from '../../emulator';

const run = promisify(execFile);

/** Clients that are no npm packages are witnesses where the machine has them. */
const has = (command: string, ...words: string[]) => spawnSync(command, words).status === 0;
const withCli = has('aws', '--version') ? test : test.skip;
const withBoto3 = has('python3', '-c', 'import boto3') ? test : test.skip;

const emulator = createEmulator({ frozenAt: new Date('2026-01-01T00:00:00Z') });
let folder = '';
let environment: NodeJS.ProcessEnv = {};

beforeAll(async () => {
  const port = await emulator.listen(0);
  folder = mkdtempSync(join(tmpdir(), 'dop-labs-clients-'));
  environment = {
    PATH: process.env['PATH'],
    HOME: folder,
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: '000000000000',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_DEFAULT_REGION: 'us-east-1',
  };
  if (process.env['PYENV_ROOT']) environment['PYENV_ROOT'] = process.env['PYENV_ROOT'];
});

afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
});

async function aws(...words: string[]): Promise<Record<string, unknown>> {
  const endpoint = ['--endpoint-url', environment['AWS_ENDPOINT_URL'] ?? ''];
  const { stdout } = await run('aws', [...endpoint, '--output', 'json', ...words], {
    env: environment,
  });
  return stdout.trim().startsWith('{') ? (JSON.parse(stdout) as Record<string, unknown>) : {};
}

withCli(
  'the AWS CLI goes once round: identity, bucket, object, queue, parameter',
  async () => {
    const path = join(folder, 'note.txt');
    writeFileSync(path, 'by the CLI');

    const [identity, { QueueUrl: url }, { Version: version }] = await Promise.all([
      aws('sts', 'get-caller-identity'),
      aws('sqs', 'create-queue', '--queue-name', 'inbox'),
      aws('ssm', 'put-parameter', '--name', '/cli', '--value', 'x', '--type', 'String'),
      aws('s3', 'mb', 's3://from-the-cli'),
    ]);
    await aws('s3', 'cp', path, 's3://from-the-cli/note.txt');
    const { Contents: objects } = await aws('s3api', 'list-objects-v2', '--bucket', 'from-the-cli');

    expect(identity).toMatchObject({
      Account: '000000000000',
      Arn: 'arn:aws:iam::000000000000:root',
    });
    expect(url).toBe(`${environment['AWS_ENDPOINT_URL']}/000000000000/inbox`);
    expect(version).toBe(1);
    expect(objects).toMatchObject([{ Key: 'note.txt', Size: 10 }]);
  },
  60_000,
);

withCli(
  'the AWS CLI shows AWS’s own error text',
  async () => {
    const refused = aws('ec2', 'describe-security-groups', '--group-ids', 'sg-00000000000000000');

    await expect(refused).rejects.toThrow(
      "An error occurred (InvalidGroup.NotFound) when calling the DescribeSecurityGroups operation: The security group 'sg-00000000000000000' does not exist",
    );
  },
  30_000,
);

const script = `
import boto3, json
iam = boto3.client('iam')
trust = {'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Principal': {'AWS': '000000000000'}, 'Action': 'sts:AssumeRole'}]}
role = iam.create_role(RoleName='reader', AssumeRolePolicyDocument=json.dumps(trust))['Role']
keys = boto3.client('sts').assume_role(RoleArn=role['Arn'], RoleSessionName='boto')['Credentials']
session = boto3.Session(keys['AccessKeyId'], keys['SecretAccessKey'], keys['SessionToken'])
try:
    session.client('ec2').describe_vpcs()
    denied = None
except Exception as error:
    denied = str(error)
s3 = boto3.client('s3')
s3.create_bucket(Bucket='from-boto3')
s3.put_object(Bucket='from-boto3', Key='a/b c', Body=b'x' * 3000000)
topic = boto3.client('sns').create_topic(Name='alerts')['TopicArn']
print(json.dumps({
    'me': session.client('sts').get_caller_identity()['Arn'],
    'denied': denied,
    'size': len(s3.get_object(Bucket='from-boto3', Key='a/b c')['Body'].read()),
    'topics': [t['TopicArn'] for p in boto3.client('sns').get_paginator('list_topics').paginate() for t in p['Topics']],
    'topic': topic,
}))
`;

withBoto3(
  'boto3 goes once round: role, session, denial, large object, topic',
  async () => {
    const { stdout } = await run('python3', ['-c', script], { env: environment });
    const seen = JSON.parse(stdout) as Record<string, unknown>;

    expect(seen).toMatchObject({
      me: 'arn:aws:sts::000000000000:assumed-role/reader/boto',
      size: 3_000_000,
      topics: [seen['topic']],
    });
    expect(seen['denied']).toContain(
      'User: arn:aws:sts::000000000000:assumed-role/reader/boto is not authorized to perform: ec2:DescribeVpcs because no identity-based policy allows the ec2:DescribeVpcs action',
    );
  },
  60_000,
);
