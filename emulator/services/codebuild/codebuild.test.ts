import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { CodeBuild, type CreateProjectInput } from '@aws-sdk/client-codebuild';
import { IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import { SSM } from '@aws-sdk/client-ssm';
import { unzipSync, zipSync } from 'fflate';
import { join } from 'node:path';
import { emulated } from '../../../test/support/emulated';

const serviceRole = 'arn:aws:iam::000000000000:role/build';

const everything = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
});

/** An account with a role and a bucket; `run` builds files with a buildspec to the end. */
async function account() {
  const here = emulated();
  const codebuild = here.client(CodeBuild);
  const s3 = here.client(S3);
  const iam = here.client(IAM);
  await iam.createRole({
    RoleName: 'build',
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'codebuild.amazonaws.com' },
        Action: 'sts:AssumeRole',
      },
    }),
  });
  await iam.putRolePolicy({ RoleName: 'build', PolicyName: 'all', PolicyDocument: everything });
  await s3.createBucket({ Bucket: 'builds' });

  async function create(
    buildspec: string,
    files: Record<string, string> = {},
    more: Partial<CreateProjectInput> = {},
  ) {
    const source = Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]);
    await s3.putObject({
      Bucket: 'builds',
      Key: 'code.zip',
      Body: zipSync(Object.fromEntries(source) as Record<string, Uint8Array>),
    });
    await codebuild.createProject({
      name: 'orders',
      serviceRole,
      source: { type: 'S3', location: 'builds/code.zip', buildspec },
      artifacts: { type: 'NO_ARTIFACTS' },
      environment: {
        type: 'LINUX_CONTAINER',
        image: 'aws/codebuild/standard:7.0',
        computeType: 'BUILD_GENERAL1_SMALL',
      },
      ...more,
    });
  }

  async function build() {
    const { build: begun } = await codebuild.startBuild({ projectName: 'orders' });
    await here.clock.settle();
    const { builds: [ended] = [] } = await codebuild.batchGetBuilds({ ids: [begun?.id ?? ''] });
    return ended ?? {};
  }

  async function logOf(
    logs: { groupName?: string | undefined; streamName?: string | undefined } = {},
  ) {
    const { events = [] } = await here.client(CloudWatchLogs).getLogEvents({
      logGroupName: logs.groupName,
      logStreamName: logs.streamName,
      startFromHead: true,
    });
    return events.map(({ message }) => message);
  }

  const problemIn = (ended: Awaited<ReturnType<typeof build>>, phase: string) =>
    ended.phases?.find(({ phaseType }) => phaseType === phase)?.contexts?.[0]?.message;

  const phases = ({ phases: all = [] }: Awaited<ReturnType<typeof build>>) =>
    Object.fromEntries(all.map(({ phaseType = '', phaseStatus }) => [phaseType, phaseStatus]));

  return { ...here, codebuild, s3, iam, create, build, logOf, phases, problemIn };
}

const spec = (lines: string) => `version: 0.2\n${lines}`;

test('a build runs its phases in order, with variables and the folder carried along', async () => {
  const { create, build, logOf, phases } = await account();
  await create(
    spec(`
env:
  variables: { LEVEL: low }
phases:
  install: { commands: ['mkdir -p sub && cd sub', 'export TOKEN=abc'] }
  build: { commands: ['echo "$LEVEL $TOKEN $(basename $PWD)"'] }
  post_build: { commands: ['echo succeeding=$CODEBUILD_BUILD_SUCCEEDING in $CODEBUILD_BUILD_NUMBER'] }
`),
  );

  const ended = await build();

  expect(ended).toMatchObject({ buildStatus: 'SUCCEEDED', buildComplete: true, buildNumber: 1 });
  expect(phases(ended)).toEqual({
    SUBMITTED: 'SUCCEEDED',
    QUEUED: 'SUCCEEDED',
    PROVISIONING: 'SUCCEEDED',
    DOWNLOAD_SOURCE: 'SUCCEEDED',
    INSTALL: 'SUCCEEDED',
    PRE_BUILD: 'SUCCEEDED',
    BUILD: 'SUCCEEDED',
    POST_BUILD: 'SUCCEEDED',
    UPLOAD_ARTIFACTS: 'SUCCEEDED',
    FINALIZING: 'SUCCEEDED',
    COMPLETED: undefined,
  });
  const log = await logOf(ended.logs);
  expect(log).toContain('low abc sub');
  expect(log).toContain('succeeding=1 in 1');
  expect(log).toContain('[Container] 2026/01/01 00:00:00.000000 Entering phase BUILD');
});

test('a failing build phase goes on to post_build, which sees it, and the build is FAILED', async () => {
  const { create, build, logOf, phases } = await account();
  await create(
    spec(`
phases:
  build: { commands: ['exit 3', 'echo never'] }
  post_build: { commands: ['echo succeeding=$CODEBUILD_BUILD_SUCCEEDING'] }
`),
  );

  const ended = await build();

  expect(ended.buildStatus).toBe('FAILED');
  expect(phases(ended)).toMatchObject({ BUILD: 'FAILED', POST_BUILD: 'SUCCEEDED' });
  expect(ended.phases?.find(({ phaseType }) => phaseType === 'BUILD')?.contexts).toEqual([
    {
      statusCode: 'COMMAND_EXECUTION_ERROR',
      message: 'Error while executing command: exit 3. Reason: exit status 3',
    },
  ]);
  const log = await logOf(ended.logs);
  expect(log).toContain('succeeding=0');
  expect(log).not.toContain('never');
});

test('a failing pre_build ends the build; finally and on-failure CONTINUE change what follows', async () => {
  const { create, build, phases, codebuild, logOf } = await account();
  await create(spec(`phases:\n  pre_build: { commands: ['false'] }\n`));
  expect(phases(await build())).not.toHaveProperty('BUILD');

  await codebuild.updateProject({
    name: 'orders',
    source: {
      type: 'S3',
      location: 'builds/code.zip',
      buildspec: spec(
        `phases:\n  pre_build: { on-failure: CONTINUE, commands: ['false'], finally: ['echo cleaned up'] }\n`,
      ),
    },
  });
  const ended = await build();

  expect(phases(ended)).toMatchObject({ PRE_BUILD: 'FAILED', BUILD: 'SUCCEEDED' });
  expect(await logOf(ended.logs)).toContain('cleaned up');
});

test('a failing post_build leaves BUILD as SUCCEEDED', async () => {
  const { create, build, phases } = await account();
  await create(spec(`phases:\n  post_build: { commands: ['false'] }\n`));

  const ended = await build();

  expect(ended.buildStatus).toBe('FAILED');
  expect(phases(ended)).toMatchObject({ BUILD: 'SUCCEEDED', POST_BUILD: 'FAILED' });
});

test('JUnit XML becomes a report with its test cases, of a red build too', async () => {
  const { create, build, codebuild } = await account();
  const junit =
    '<testsuites><testsuite name="orders"><testcase name="adds" classname="cart" time="0.5"/>' +
    '<testcase name="pays"><failure message="expected 1">at line 3</failure></testcase></testsuite></testsuites>';
  await create(
    spec(`
phases:
  build: { commands: ['node --version', 'false'] }
reports:
  unit: { files: ['out/*.xml'], file-format: JUNITXML }
`),
    { 'out/junit.xml': junit },
  );

  const ended = await build();

  expect(ended.reportArns).toHaveLength(1);
  const [reportArn = ''] = ended.reportArns ?? [];
  const { reports } = await codebuild.batchGetReports({ reportArns: [reportArn] });
  expect(reports).toMatchObject([
    {
      status: 'FAILED',
      reportGroupArn: 'arn:aws:codebuild:us-east-1:000000000000:report-group/orders-unit',
      testSummary: { total: 2, statusCounts: { SUCCEEDED: 1, FAILED: 1 } },
    },
  ]);
  const { testCases } = await codebuild.describeTestCases({
    reportArn,
    filter: { status: 'FAILED' },
  });
  expect(testCases).toMatchObject([{ name: 'pays', message: 'expected 1' }]);
});

test('Cucumber JSON is read too, and another format is refused by name', async () => {
  const { create, build, codebuild, phases, problemIn } = await account();
  const cucumber = JSON.stringify([
    {
      name: 'Checkout',
      elements: [
        { type: 'scenario', name: 'paid', steps: [{ result: { status: 'passed', duration: 5 } }] },
        { type: 'scenario', name: 'skipped', steps: [{ result: { status: 'skipped' } }] },
      ],
    },
  ]);
  const withFormat = (format: string) =>
    spec(
      `phases: { build: { commands: ['true'] } }\nreports:\n  e2e: { files: ['*.json'], file-format: ${format} }\n`,
    );
  await create(withFormat('CUCUMBERJSON'), { 'report.json': cucumber });
  const { reportArns = [] } = await build();
  const { reports } = await codebuild.batchGetReports({ reportArns });
  expect(reports?.[0]?.testSummary?.statusCounts).toMatchObject({ SUCCEEDED: 1, SKIPPED: 1 });

  await codebuild.updateProject({
    name: 'orders',
    source: { type: 'S3', location: 'builds/code.zip', buildspec: withFormat('TESTNGXML') },
  });
  const ended = await build();

  expect(phases(ended)).toMatchObject({ UPLOAD_ARTIFACTS: 'FAILED' });
  expect(problemIn(ended, 'UPLOAD_ARTIFACTS')).toBe(
    'the report format TESTNGXML is not emulated: JUNITXML and CUCUMBERJSON are',
  );
});

test('artifacts are zipped to the bucket below the build’s id, as their buildspec says', async () => {
  const { create, build, s3 } = await account();
  await create(
    spec(`
phases: { build: { commands: ['echo made > dist/made.txt'] } }
artifacts: { base-directory: dist, files: ['**/*'], exclude-paths: ['**/*.map'] }
`),
    { 'dist/app.js': 'app', 'dist/app.js.map': 'map' },
    {
      artifacts: {
        type: 'S3',
        location: 'builds',
        packaging: 'ZIP',
        namespaceType: 'BUILD_ID',
        name: 'out.zip',
      },
    },
  );

  const ended = await build();

  const uuid = ended.id?.split(':')[1];
  expect(ended.artifacts?.location).toBe(`arn:aws:s3:::builds/${uuid}/out.zip`);
  const { Body } = await s3.getObject({ Bucket: 'builds', Key: `${uuid}/out.zip` });
  const files = unzipSync((await Body?.transformToByteArray()) ?? new Uint8Array());
  expect(Object.keys(files)).toEqual(['app.js', 'made.txt']);
});

test('artifacts that match nothing fail UPLOAD_ARTIFACTS', async () => {
  const { create, build, phases } = await account();
  await create(
    spec(`phases: {}\nartifacts: { files: ['nothing/**'] }\n`),
    {},
    {
      artifacts: { type: 'S3', location: 'builds', packaging: 'ZIP', name: 'out.zip' },
    },
  );

  const ended = await build();

  expect(phases(ended)).toMatchObject({ UPLOAD_ARTIFACTS: 'FAILED' });
  expect(ended.phases?.find(({ phaseType }) => phaseType === 'UPLOAD_ARTIFACTS')?.contexts).toEqual(
    [{ statusCode: 'CLIENT_ERROR', message: 'no matching artifact paths found' }],
  );
});

test('parameters come from Parameter Store under the build’s role, and variables are exported', async () => {
  const { create, build, client, iam } = await account();
  await client(SSM).putParameter({ Name: '/orders/level', Value: 'high', Type: 'String' });
  await create(
    spec(`
env: { parameter-store: { LEVEL: /orders/level }, exported-variables: [RESULT] }
phases: { build: { commands: ['export RESULT="$LEVEL enough"'] } }
`),
  );
  expect(await build()).toMatchObject({
    exportedEnvironmentVariables: [{ name: 'RESULT', value: 'high enough' }],
  });

  await iam.deleteRolePolicy({ RoleName: 'build', PolicyName: 'all' });
  await iam.putRolePolicy({
    RoleName: 'build',
    PolicyName: 'some',
    PolicyDocument: everything.replace('"Action":"*"', '"Action":["s3:*","logs:*"]'),
  });
  const denied = await build();

  expect(denied.buildStatus).toBe('FAILED');
  expect(
    denied.phases?.find(({ phaseStatus }) => phaseStatus === 'FAILED')?.contexts?.[0]?.message,
  ).toContain('is not authorized to perform: ssm:GetParameter');
});

// As on AWS, a build brings its own packages: here those of this project.
const modules = join(__dirname, '../../../node_modules');

test('commands use AWS under the build’s role', async () => {
  const { create, build, s3 } = await account();
  const script = `
const { S3 } = require('@aws-sdk/client-s3');
new S3({}).putObject({ Bucket: 'builds', Key: 'from-the-build', Body: 'hello' });
`;
  await create(
    spec(`phases: { build: { commands: ['NODE_PATH=${modules} node put.js'] } }\n`),
    { 'put.js': script },
    {},
  );

  const ended = await build();

  expect(ended.buildStatus).toBe('SUCCEEDED');
  const { Body } = await s3.getObject({ Bucket: 'builds', Key: 'from-the-build' });
  expect(await Body?.transformToString()).toBe('hello');
});

test('a build can be stopped while a command runs', async () => {
  const { create, codebuild, clock } = await account();
  await create(spec(`phases: { build: { commands: ['echo begun; sleep 60'] } }\n`));
  const { build: begun } = await codebuild.startBuild({ projectName: 'orders' });
  const ids = [begun?.id ?? ''];
  const phaseNow = async () => (await codebuild.batchGetBuilds({ ids })).builds?.[0]?.currentPhase;
  while ((await phaseNow()) !== 'BUILD') await new Promise((resolve) => setImmediate(resolve));

  await codebuild.stopBuild({ id: ids[0] });
  await clock.settle();

  expect((await codebuild.batchGetBuilds({ ids })).builds?.[0]).toMatchObject({
    buildStatus: 'STOPPED',
    buildComplete: true,
  });
});

test.each([
  [
    'no file of that name',
    'ci.yml',
    'YAML_FILE_ERROR',
    /^stat .*ci\.yml: no such file or directory$/,
  ],
  [
    'a version that is not emulated',
    'version: 0.1\nphases: {}\n',
    'YAML_FILE_ERROR',
    /^buildspec version 0\.1 is not emulated/,
  ],
  [
    'a phase that does not exist',
    spec('phases: { test: {} }\n'),
    'YAML_FILE_ERROR',
    /^unknown phase test$/,
  ],
  [
    'commands that are no texts',
    spec("phases: { build: { commands: [{ echo: 'a' }] } }\n"),
    'YAML_FILE_ERROR',
    /^Expected Commands\[\] to be of string type/,
  ],
])('DOWNLOAD_SOURCE fails for %s', async (...[, buildspec, statusCode, message]) => {
  const { create, build } = await account();
  await create(buildspec);

  const ended = await build();

  expect(ended.phases?.find(({ phaseType }) => phaseType === 'DOWNLOAD_SOURCE')).toMatchObject({
    phaseStatus: 'FAILED',
    contexts: [{ statusCode, message: expect.stringMatching(message) as string }],
  });
});

test('a role that CodeBuild cannot assume is refused before there is a build (text unverified)', async () => {
  const { create, codebuild, iam } = await account();
  await create(spec('phases: {}\n'));
  await iam.deleteRolePolicy({ RoleName: 'build', PolicyName: 'all' });
  await iam.deleteRole({ RoleName: 'build' });

  await expect(codebuild.startBuild({ projectName: 'orders' })).rejects.toMatchObject({
    name: 'InvalidInputException',
    message: `CodeBuild is not authorized to perform: sts:AssumeRole on ${serviceRole}`,
  });
});
