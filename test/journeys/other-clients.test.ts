import { labHome } from '../support/lab';
import { isInstalled, run } from '../support/run';

jest.setTimeout(60_000);

const home = labHome();
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  const { stdout } = await home.lab('env', '--json');
  env = { PATH: process.env['PATH'], HOME: home.folder, ...JSON.parse(stdout) };
});

afterAll(() => home.close());

const withAwsCli = isInstalled('aws', '--version') ? test : test.skip;
const withBoto3 = isInstalled('python3', '-c', 'import boto3') ? test : test.skip;

withAwsCli('the AWS CLI writes and reads a parameter with what `lab env` prints', async () => {
  const aws = (...words: string[]) => run('aws', [...words, '--output', 'json'], { env });

  const put = await aws(
    'ssm',
    'put-parameter',
    '--name',
    '/cli',
    '--value',
    'grüße',
    '--type',
    'String',
  );
  const got = await aws('ssm', 'get-parameter', '--name', '/cli');
  const missing = await aws('ssm', 'get-parameter', '--name', '/nope');

  expect(put.stderr).toBe('');
  expect(JSON.parse(got.stdout)).toMatchObject({
    Parameter: { Name: '/cli', Value: 'grüße', Version: 1 },
  });
  expect(missing.stderr).toContain('(ParameterNotFound)');
});

withAwsCli('the AWS CLI speaks the query, EC2 and S3 protocols with --endpoint-url', async () => {
  const endpoint = env['AWS_ENDPOINT_URL'] ?? '';
  const aws = (...words: string[]) =>
    run('aws', [...words, '--endpoint-url', endpoint, '--output', 'json'], { env });

  const [identity, vpcs, bucket] = await Promise.all([
    aws('sts', 'get-caller-identity'),
    aws('ec2', 'describe-vpcs'),
    aws('s3api', 'create-bucket', '--bucket', 'from-the-cli'),
  ]);

  expect(JSON.parse(identity.stdout)).toMatchObject({ Account: '000000000000' });
  expect(JSON.parse(vpcs.stdout)).toMatchObject({ Vpcs: [{ IsDefault: true }] });
  expect(JSON.parse(bucket.stdout)).toMatchObject({ Location: '/from-the-cli' });
});

withBoto3('boto3 sends and receives a message, and an object', async () => {
  const script = `
import boto3
sqs = boto3.client('sqs')
url = sqs.create_queue(QueueName='from-boto3')['QueueUrl']
sqs.send_message(QueueUrl=url, MessageBody='hello')
print(sqs.receive_message(QueueUrl=url)['Messages'][0]['Body'])
s3 = boto3.client('s3')
s3.create_bucket(Bucket='from-boto3')
s3.put_object(Bucket='from-boto3', Key='a/b c.txt', Body=b'world')
print(s3.get_object(Bucket='from-boto3', Key='a/b c.txt')['Body'].read().decode())
`;

  expect(await run('python3', ['-c', script], { env })).toEqual({
    code: 0,
    stdout: 'hello\nworld\n',
    stderr: '',
  });
});
