import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { type ActionDeclaration, CodePipeline } from '@aws-sdk/client-codepipeline';
import { IAM } from '@aws-sdk/client-iam';
import { Lambda } from '@aws-sdk/client-lambda';
import { S3 } from '@aws-sdk/client-s3';
import { zipSync } from 'fflate';
import { emulated } from '../../../test/support/emulated';
import { alarm, roleNamed } from '../../../test/support/release';

const everything = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
});

const template = JSON.stringify({
  Parameters: { Seconds: { Type: 'Number' } },
  Resources: {
    Inbox: {
      Type: 'AWS::SQS::Queue',
      Properties: { QueueName: 'orders', MessageRetentionPeriod: { Ref: 'Seconds' } },
    },
  },
  Outputs: { Url: { Value: { Ref: 'Inbox' } } },
});

/** An account with roles for pipelines and functions, and a released zip. */
async function account() {
  const here = emulated();
  const { client, clock } = here;
  const iam = client(IAM);
  const s3 = client(S3);
  const lambda = client(Lambda);
  const codepipeline = client(CodePipeline);
  for (const [RoleName, service] of [
    ['pipeline', 'codepipeline.amazonaws.com'],
    ['run', 'lambda.amazonaws.com'],
  ] as const) {
    await iam.createRole({
      RoleName,
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' },
      }),
    });
    await iam.putRolePolicy({ RoleName, PolicyName: 'all', PolicyDocument: everything });
  }
  for (const Bucket of ['artifacts', 'releases']) await s3.createBucket({ Bucket });
  await s3.putBucketVersioning({
    Bucket: 'releases',
    VersioningConfiguration: { Status: 'Enabled' },
  });
  const release = (files: Record<string, string>) =>
    s3.putObject({
      Bucket: 'releases',
      Key: 'release.zip',
      Body: zipSync(
        Object.fromEntries(
          Object.entries(files).map(([name, text]) => [name, new Uint8Array(Buffer.from(text))]),
        ),
      ),
    });
  await release({
    'template.json': template,
    'config.json': JSON.stringify({ Parameters: { Seconds: '60' }, Tags: { team: 'shop' } }),
    'sizes.json': JSON.stringify({ seconds: 120 }),
    'index.js': 'exports.handler = async () => 2;',
  });

  /** Creates a pipeline with these actions behind its source, one after the other, and runs it. */
  async function run(...actions: ActionDeclaration[]) {
    await codepipeline.createPipeline({
      pipeline: {
        name: 'release',
        roleArn: roleNamed('pipeline'),
        pipelineType: 'V2',
        artifactStore: { type: 'S3', location: 'artifacts' },
        stages: [
          {
            name: 'Source',
            actions: [
              {
                name: 'Fetch',
                actionTypeId: { category: 'Source', owner: 'AWS', provider: 'S3', version: '1' },
                configuration: { S3Bucket: 'releases', S3ObjectKey: 'release.zip' },
                outputArtifacts: [{ name: 'Code' }],
              },
            ],
          },
          {
            name: 'Act',
            actions: actions.map((action, index) => ({ ...action, runOrder: index + 1 })),
          },
        ],
      },
    });
    await clock.settle();
  }

  const action = async (name: string) => {
    const { stageStates = [] } = await codepipeline.getPipelineState({ name: 'release' });
    return stageStates[1]?.actionStates?.find(({ actionName }) => actionName === name)
      ?.latestExecution;
  };

  const publish = (FunctionName: string, code: string) =>
    lambda.createFunction({
      FunctionName,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: roleNamed('run'),
      Code: { ZipFile: zipSync({ 'index.js': Buffer.from(code) }) },
      Publish: true,
    });

  return { ...here, codepipeline, lambda, run, action, publish };
}

const stackAction = (name: string, configuration: Record<string, string>): ActionDeclaration => ({
  name,
  actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'CloudFormation', version: '1' },
  configuration: { StackName: 'orders', ...configuration },
  inputArtifacts: [{ name: 'Code' }],
});

const changes = (overrides: object) =>
  stackAction('Prepare', {
    ActionMode: 'CHANGE_SET_REPLACE',
    ChangeSetName: 'release',
    TemplatePath: 'Code::template.json',
    TemplateConfiguration: 'Code::config.json',
    ParameterOverrides: JSON.stringify(overrides),
  });

const execution = stackAction('Execute', {
  ActionMode: 'CHANGE_SET_EXECUTE',
  ChangeSetName: 'release',
});

test('a change set is made and executed, with parameters of file, override and tags', async () => {
  const { run, action, client } = await account();

  await run(changes({ Seconds: { 'Fn::GetParam': ['Code', 'sizes.json', 'seconds'] } }), execution);

  expect(await action('Execute')).toMatchObject({ status: 'Succeeded' });
  const { Stacks: [stack] = [] } = await client(CloudFormation).describeStacks({
    StackName: 'orders',
  });
  expect(stack).toMatchObject({
    StackStatus: 'CREATE_COMPLETE',
    Parameters: [{ ParameterKey: 'Seconds', ParameterValue: '120' }],
    Tags: [{ Key: 'team', Value: 'shop' }],
  });
});

test('DELETE_ONLY deletes the stack, and succeeds when there is none', async () => {
  const { run, action, client } = await account();

  await run(
    changes({}),
    execution,
    stackAction('Delete', { ActionMode: 'DELETE_ONLY' }),
    stackAction('Again', { ActionMode: 'DELETE_ONLY' }),
  );

  expect(await action('Again')).toMatchObject({ status: 'Succeeded' });
  await expect(
    client(CloudFormation).describeStacks({ StackName: 'orders' }),
  ).rejects.toMatchObject({ name: 'ValidationError' });
});

test.each([
  [
    'a file that the artifact lacks',
    { TemplatePath: 'Code::nope.json' },
    'The artifact Code has no file nope.json.',
  ],
  [
    'a function that it does not know',
    { ParameterOverrides: '{"Seconds":{"Ref":"x"}}' },
    'ParameterOverrides knows Fn::GetArtifactAtt and Fn::GetParam, not Ref.',
  ],
])('a CloudFormation action fails for %s', async (_what, configuration, message) => {
  const { run, action } = await account();

  await run(
    stackAction('Stack', {
      ActionMode: 'CREATE_UPDATE',
      TemplatePath: 'Code::template.json',
      ...configuration,
    }),
  );

  expect(await action('Stack')).toMatchObject({
    status: 'Failed',
    errorDetails: { code: 'ConfigurationError', message },
  });
});

const invoke = (FunctionName: string): ActionDeclaration => ({
  name: 'Check',
  actionTypeId: { category: 'Invoke', owner: 'AWS', provider: 'Lambda', version: '1' },
  configuration: { FunctionName, UserParameters: 'fast' },
  inputArtifacts: [{ name: 'Code' }],
});

const reporting = (body: string) => `
const { CodePipeline } = require('@aws-sdk/client-codepipeline');
const codepipeline = new CodePipeline({});
exports.handler = async ({ 'CodePipeline.job': job }) => { ${body} };`;

test('a function gets its job and ends the action by its result', async () => {
  const { run, action, publish } = await account();
  await publish(
    'check',
    reporting(`
      const { configuration } = job.data.actionConfiguration;
      await codepipeline.putJobSuccessResult({
        jobId: job.id,
        executionDetails: { summary: configuration.UserParameters + ' ' + job.data.inputArtifacts[0].name },
      });`),
  );

  await run(invoke('check'));

  expect(await action('Check')).toMatchObject({ status: 'Succeeded', summary: 'fast Code' });
});

test('a function that asks for more time is called again with its token', async () => {
  const { run, action, publish, clock } = await account();
  await publish(
    'check',
    reporting(`
      const again = job.data.continuationToken === 'second look';
      await codepipeline.putJobSuccessResult({
        jobId: job.id,
        ...(again ? {} : { continuationToken: 'second look' }),
      });`),
  );
  await run(invoke('check'));
  expect(await action('Check')).toMatchObject({ status: 'InProgress' });

  await clock.advance('30s');

  expect(await action('Check')).toMatchObject({ status: 'Succeeded' });
});

test('a function that reports a failure, or nothing for an hour, fails the action', async () => {
  const { run, action, publish } = await account();
  await publish(
    'check',
    reporting(`
      await codepipeline.putJobFailureResult({
        jobId: job.id,
        failureDetails: { type: 'JobFailed', message: 'not today' },
      });`),
  );
  await run(invoke('check'));
  expect(await action('Check')).toMatchObject({
    status: 'Failed',
    errorDetails: { code: 'JobFailed', message: 'not today' },
  });

  const silent = await account();
  await silent.publish('silent', 'exports.handler = async () => {};');
  await silent.run(invoke('silent'));
  await silent.clock.advance('59m');
  expect(await silent.action('Check')).toMatchObject({ status: 'InProgress' });
  await silent.clock.advance('1m');

  expect(await silent.action('Check')).toMatchObject({
    status: 'Failed',
    errorDetails: { code: 'TimeoutError' },
  });
});

const deployFunction: ActionDeclaration = {
  name: 'Shift',
  namespace: 'shift',
  actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'Lambda', version: '1' },
  configuration: {
    FunctionName: 'orders',
    FunctionAlias: 'live',
    DeployStrategy: 'Canary10Percent5Minutes',
    Alarms: 'errors',
  },
  inputArtifacts: [{ name: 'Code' }],
};

async function shifting() {
  const here = await account();
  await here.publish('orders', 'exports.handler = async () => 1;');
  await here.lambda.createAlias({ FunctionName: 'orders', Name: 'live', FunctionVersion: '1' });
  await here.client(CloudWatch).putMetricAlarm(alarm);
  await here.run(deployFunction);
  const alias = async () => {
    const { FunctionVersion, RoutingConfig } = await here.lambda.getAlias({
      FunctionName: 'orders',
      Name: 'live',
    });
    return [FunctionVersion, RoutingConfig?.AdditionalVersionWeights];
  };
  return { ...here, alias };
}

test('the Lambda deploy action publishes a version and shifts the alias without CodeDeploy (C1.4)', async () => {
  const { alias, action, clock, codepipeline } = await shifting();
  expect(await alias()).toEqual(['1', { '2': 0.1 }]);

  await clock.advance('5m');

  expect(await alias()).toEqual(['2', undefined]);
  expect(await action('Shift')).toMatchObject({ status: 'Succeeded' });
  const { actionExecutionDetails = [] } = await codepipeline.listActionExecutions({
    pipelineName: 'release',
  });
  expect(actionExecutionDetails[0]?.output?.outputVariables).toEqual({ FunctionVersion: '2' });
});

test('the Lambda deploy action fails when a monitored alarm goes to ALARM, and goes back (C1.4)', async () => {
  const { alias, action, clock, client } = await shifting();
  await clock.advance('1m');

  await client(CloudWatch).setAlarmState({
    AlarmName: 'errors',
    StateValue: 'ALARM',
    StateReason: 'test',
  });
  await clock.settle();

  expect(await alias()).toEqual(['1', undefined]);
  expect(await action('Shift')).toMatchObject({
    status: 'Failed',
    errorDetails: { code: 'JobFailed' },
  });
});

test('the Lambda deploy action is for pipelines of type V2 only', async () => {
  const { codepipeline } = await account();

  await expect(
    codepipeline.createPipeline({
      pipeline: {
        name: 'old',
        roleArn: roleNamed('pipeline'),
        artifactStore: { type: 'S3', location: 'artifacts' },
        stages: [
          {
            name: 'Source',
            actions: [
              {
                name: 'Fetch',
                actionTypeId: { category: 'Source', owner: 'AWS', provider: 'S3', version: '1' },
                outputArtifacts: [{ name: 'Code' }],
              },
            ],
          },
          { name: 'Act', actions: [deployFunction] },
        ],
      },
    }),
  ).rejects.toMatchObject({ name: 'InvalidActionDeclarationException' });
});
