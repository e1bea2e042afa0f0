import { CloudFormation } from '@aws-sdk/client-cloudformation';
import {
  type ActionDeclaration,
  type ActionExecutionDetail,
  CodePipeline,
  type PipelineDeclaration,
  type StageDeclaration,
} from '@aws-sdk/client-codepipeline';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { zipSync } from 'fflate';
import { emulated } from '../../../test/support/emulated';

const roleArn = 'arn:aws:iam::000000000000:role/pipeline';

const trust = (service: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' },
  });

const everything = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
});

const template = (retention: number) =>
  JSON.stringify({
    Parameters: { Level: { Type: 'String', Default: 'low' } },
    Resources: {
      Inbox: {
        Type: 'AWS::SQS::Queue',
        Properties: { QueueName: 'orders', MessageRetentionPeriod: retention },
      },
    },
    Outputs: { Level: { Value: { Ref: 'Level' } } },
  });

const source: StageDeclaration = {
  name: 'Source',
  actions: [
    {
      name: 'Fetch',
      namespace: 'source',
      actionTypeId: { category: 'Source', owner: 'AWS', provider: 'S3', version: '1' },
      configuration: {
        S3Bucket: 'releases',
        S3ObjectKey: 'release.zip',
        PollForSourceChanges: 'false',
      },
      outputArtifacts: [{ name: 'Code' }],
    },
  ],
};

const approval: StageDeclaration = {
  name: 'Approve',
  actions: [
    {
      name: 'Ask',
      actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' },
      configuration: { CustomData: 'version #{source.VersionId}' },
    },
  ],
};

const deploy: StageDeclaration = {
  name: 'Deploy',
  actions: [
    {
      name: 'Stack',
      namespace: 'stack',
      actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'CloudFormation', version: '1' },
      configuration: {
        ActionMode: 'CREATE_UPDATE',
        StackName: 'orders',
        TemplatePath: 'Code::template.json',
        ParameterOverrides: JSON.stringify({
          Level: { 'Fn::GetArtifactAtt': ['Code', 'BucketName'] },
        }),
      },
      inputArtifacts: [{ name: 'Code' }],
    },
  ],
};

interface Event {
  'detail-type': string;
  detail: Record<string, string>;
}

/** An account with a role, buckets and a released zip; `tell` collects a topic's or the bus's messages. */
async function account() {
  const here = emulated();
  const { client, clock } = here;
  const codepipeline = client(CodePipeline);
  const s3 = client(S3);
  const iam = client(IAM);
  await iam.createRole({
    RoleName: 'pipeline',
    AssumeRolePolicyDocument: trust('codepipeline.amazonaws.com'),
  });
  await iam.putRolePolicy({ RoleName: 'pipeline', PolicyName: 'all', PolicyDocument: everything });
  await s3.createBucket({ Bucket: 'artifacts' });
  await s3.createBucket({ Bucket: 'releases' });
  await s3.putBucketVersioning({
    Bucket: 'releases',
    VersioningConfiguration: { Status: 'Enabled' },
  });

  const release = async (retention = 60, body = template(retention)) =>
    s3.putObject({
      Bucket: 'releases',
      Key: 'release.zip',
      Body: zipSync({ 'template.json': Buffer.from(body) }),
    });

  const declaration = (
    stages: StageDeclaration[],
    more: Partial<PipelineDeclaration> = {},
  ): PipelineDeclaration => ({
    name: 'release',
    roleArn,
    artifactStore: { type: 'S3', location: 'artifacts' },
    stages,
    ...more,
  });

  async function create(stages: StageDeclaration[], more: Partial<PipelineDeclaration> = {}) {
    await codepipeline.createPipeline({ pipeline: declaration(stages, more) });
    await clock.settle();
  }

  const start = async () => {
    const { pipelineExecutionId = '' } = await codepipeline.startPipelineExecution({
      name: 'release',
    });
    await clock.settle();
    return pipelineExecutionId;
  };

  const statuses = async () => {
    const { pipelineExecutionSummaries = [] } = await codepipeline.listPipelineExecutions({
      pipelineName: 'release',
    });
    return pipelineExecutionSummaries.map(({ status }) => status).toReversed();
  };

  const action = async (stageName: string, actionName: string) => {
    const { stageStates = [] } = await codepipeline.getPipelineState({ name: 'release' });
    return stageStates
      .find((stage) => stage.stageName === stageName)
      ?.actionStates?.find((each) => each.actionName === actionName)?.latestExecution;
  };

  const answer = async (status: 'Approved' | 'Rejected') => {
    const token = (await action('Approve', 'Ask'))?.token;
    await codepipeline.putApprovalResult({
      pipelineName: 'release',
      stageName: 'Approve',
      actionName: 'Ask',
      token,
      result: { status, summary: 'looked at it' },
    });
    await clock.settle();
    return token;
  };

  /** Everything that a rule on the default bus sees, in an inbox. */
  async function watchEvents() {
    const sqs = client(SQS);
    const events = client(EventBridge);
    const { QueueUrl = '' } = await sqs.createQueue({
      QueueName: 'seen',
      Attributes: {
        Policy: JSON.stringify({
          Statement: {
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: '*',
          },
        }),
      },
    });
    await events.putRule({
      Name: 'seen',
      EventPattern: JSON.stringify({ source: ['aws.codepipeline'] }),
    });
    await events.putTargets({
      Rule: 'seen',
      Targets: [{ Id: 'seen', Arn: 'arn:aws:sqs:us-east-1:000000000000:seen' }],
    });
    return async () => {
      const all: Event[] = [];
      for (;;) {
        const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
        if (Messages.length === 0) return all;
        all.push(...Messages.map(({ Body = '' }) => JSON.parse(Body) as Event));
      }
    };
  }

  return {
    ...here,
    codepipeline,
    s3,
    iam,
    release,
    declaration,
    create,
    start,
    statuses,
    action,
    answer,
    watchEvents,
  };
}

test('CreatePipeline starts a first execution, which runs from the source to the stack', async () => {
  const { release, create, codepipeline, statuses, client } = await account();
  await release();

  await create([source, deploy]);

  expect(await statuses()).toEqual(['Succeeded']);
  const { Stacks: [stack] = [] } = await client(CloudFormation).describeStacks({
    StackName: 'orders',
  });
  expect(stack).toMatchObject({
    StackStatus: 'CREATE_COMPLETE',
    Outputs: [{ OutputKey: 'Level', OutputValue: 'artifacts' }],
  });
  const { pipelineExecutionSummaries: [first] = [] } = await codepipeline.listPipelineExecutions({
    pipelineName: 'release',
  });
  expect(first).toMatchObject({
    trigger: { triggerType: 'CreatePipeline' },
    sourceRevisions: [{ actionName: 'Fetch' }],
  });
});

test('an approval waits with a token, and goes on when it is answered with it', async () => {
  const { release, create, action, answer, statuses } = await account();
  await release();
  await create([source, approval, deploy]);
  expect(await action('Approve', 'Ask')).toMatchObject({
    status: 'InProgress',
    token: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
  });

  await answer('Approved');

  expect(await statuses()).toEqual(['Succeeded']);
  expect(await action('Approve', 'Ask')).toMatchObject({
    status: 'Succeeded',
    summary: 'looked at it',
  });
  expect((await action('Approve', 'Ask'))?.token).toBeUndefined();
});

test('a rejection fails action, stage and execution, and its token counts no more', async () => {
  const { release, create, answer, statuses, codepipeline } = await account();
  await release();
  await create([source, approval, deploy]);

  const token = await answer('Rejected');

  expect(await statuses()).toEqual(['Failed']);
  await expect(
    codepipeline.putApprovalResult({
      pipelineName: 'release',
      stageName: 'Approve',
      actionName: 'Ask',
      token,
      result: { status: 'Approved', summary: '' },
    }),
  ).rejects.toMatchObject({ name: 'InvalidApprovalTokenException' });
});

test('an approval expires after seven days, and sooner when the action says so', async () => {
  const { release, create, statuses, clock } = await account();
  await release();
  const [ask = {}] = approval.actions ?? [];
  await create([source, { ...approval, actions: [{ ...ask, timeoutInMinutes: 5 } as never] }]);

  await clock.advance('4m');
  expect(await statuses()).toEqual(['InProgress']);
  await clock.advance('1m');
  expect(await statuses()).toEqual(['Failed']);
});

test('the topic of an approval gets the token, the expiry and the custom data', async () => {
  const { release, create, client, clock, action } = await account();
  const sns = client(SNS);
  const sqs = client(SQS);
  const { TopicArn = '' } = await sns.createTopic({ Name: 'approvals' });
  const { QueueUrl = '' } = await sqs.createQueue({
    QueueName: 'approvals',
    Attributes: {
      Policy: JSON.stringify({
        Statement: { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' },
      }),
    },
  });
  await sns.subscribe({
    TopicArn,
    Protocol: 'sqs',
    Endpoint: 'arn:aws:sqs:us-east-1:000000000000:approvals',
  });
  const { VersionId } = await release();
  const ask = approval.actions?.[0] as ActionDeclaration;
  const configuration = { ...ask.configuration, NotificationArn: TopicArn };

  await create([source, { ...approval, actions: [{ ...ask, configuration }] }]);
  await clock.settle();

  const { Messages: [message] = [] } = await sqs.receiveMessage({ QueueUrl });
  const envelope = JSON.parse(message?.Body ?? '{}') as { Message: string };
  expect(JSON.parse(envelope.Message)).toMatchObject({
    region: 'us-east-1',
    approval: {
      pipelineName: 'release',
      stageName: 'Approve',
      actionName: 'Ask',
      token: (await action('Approve', 'Ask'))?.token,
      expires: '2026-01-08T00:00Z',
      customData: `version ${VersionId}`,
    },
  });
});

test('an execution that waits for an approved stage is superseded by a newer one', async () => {
  const { release, create, start, statuses, answer } = await account();
  await release();
  await create([source, approval, deploy]);

  await start();
  await start();

  expect(await statuses()).toEqual(['InProgress', 'Superseded', 'InProgress']);
  await answer('Approved');
  expect(await statuses()).toEqual(['Succeeded', 'Superseded', 'InProgress']);
});

test('QUEUED executions wait in their order, PARALLEL ones wait for nothing', async () => {
  const { release, create, start, statuses, codepipeline, answer, declaration, clock } =
    await account();
  await release();
  await create([source, approval, deploy], { executionMode: 'QUEUED', pipelineType: 'V2' });
  await start();
  await start();
  expect(await statuses()).toEqual(['InProgress', 'InProgress', 'InProgress']);
  await answer('Rejected');
  expect(await statuses()).toEqual(['Failed', 'InProgress', 'InProgress']);

  await codepipeline.updatePipeline({
    pipeline: declaration([source, approval, deploy], {
      executionMode: 'PARALLEL',
      pipelineType: 'V2',
    }),
  });
  await clock.settle();
  expect(await statuses()).toEqual(['Failed', 'Cancelled', 'Cancelled']);
  await start();
  await start();
  const { actionExecutionDetails = [] } = await codepipeline.listActionExecutions({
    pipelineName: 'release',
  });
  const waiting = actionExecutionDetails.filter(
    ({ actionName, status }) => actionName === 'Ask' && status === 'InProgress',
  );
  expect(waiting).toHaveLength(2);
});

test('a disabled transition holds executions until it is enabled', async () => {
  const { release, create, codepipeline, statuses, clock, start } = await account();
  await release();
  await create([source, deploy]);
  const inbound = {
    pipelineName: 'release',
    stageName: 'Deploy',
    transitionType: 'Inbound' as const,
  };
  await codepipeline.disableStageTransition({ ...inbound, reason: 'Friday' });
  await start();
  expect(await statuses()).toEqual(['Succeeded', 'InProgress']);
  const { stageStates = [] } = await codepipeline.getPipelineState({ name: 'release' });
  expect(stageStates[1]).toMatchObject({
    inboundTransitionState: { enabled: false, disabledReason: 'Friday' },
    inboundExecution: { status: 'InProgress' },
  });

  await codepipeline.enableStageTransition(inbound);
  await clock.settle();

  expect(await statuses()).toEqual(['Succeeded', 'Succeeded']);
});

test('a failed stack fails the action, and a retry goes on with the same execution', async () => {
  const { release, create, statuses, action, codepipeline, client, clock } = await account();
  await client(SQS).createQueue({ QueueName: 'orders', Attributes: { DelaySeconds: '7' } });
  await release();
  await create([source, deploy]);
  expect(await statuses()).toEqual(['Failed']);
  const failed = await action('Deploy', 'Stack');
  expect(failed).toMatchObject({ status: 'Failed', errorDetails: { code: 'JobFailed' } });
  await client(CloudFormation).deleteStack({ StackName: 'orders' });
  await client(SQS).deleteQueue({
    QueueUrl: 'http://127.0.0.1:4566/000000000000/orders',
  });
  await clock.advance('2m');
  const { pipelineExecutionSummaries: [execution] = [] } =
    await codepipeline.listPipelineExecutions({ pipelineName: 'release' });

  await codepipeline.retryStageExecution({
    pipelineName: 'release',
    stageName: 'Deploy',
    pipelineExecutionId: execution?.pipelineExecutionId,
    retryMode: 'FAILED_ACTIONS',
  });
  await clock.settle();

  expect(await statuses()).toEqual(['Succeeded']);
});

test('stop and wait lets the action end, stop and abandon does not', async () => {
  const { release, create, statuses, codepipeline, answer, start, action, clock } = await account();
  await release();
  await create([source, approval, deploy]);
  const newest = async () => {
    const { pipelineExecutionSummaries: [execution] = [] } =
      await codepipeline.listPipelineExecutions({ pipelineName: 'release' });
    return { pipelineName: 'release', pipelineExecutionId: execution?.pipelineExecutionId };
  };

  await codepipeline.stopPipelineExecution({ ...(await newest()), reason: 'wrong one' });
  expect(await statuses()).toEqual(['Stopping']);
  await expect(codepipeline.stopPipelineExecution(await newest())).rejects.toMatchObject({
    name: 'DuplicatedStopRequestException',
  });
  await answer('Approved');
  expect(await statuses()).toEqual(['Stopped']);

  await start();
  await codepipeline.stopPipelineExecution({ ...(await newest()), abandon: true });
  await clock.settle();
  expect(await statuses()).toEqual(['Stopped', 'Stopped']);
  expect(await action('Approve', 'Ask')).toMatchObject({ status: 'Abandoned' });
  await expect(codepipeline.stopPipelineExecution(await newest())).rejects.toMatchObject({
    name: 'PipelineExecutionNotStoppableException',
  });
});

test('a stage rolls back to what an earlier execution deployed', async () => {
  const { release, create, start, codepipeline, client, clock, statuses } = await account();
  const retention = async () => {
    const { Attributes } = await client(SQS).getQueueAttributes({
      QueueUrl: 'http://127.0.0.1:4566/000000000000/orders',
      AttributeNames: ['MessageRetentionPeriod'],
    });
    return Attributes?.['MessageRetentionPeriod'];
  };
  await release(60);
  await create([source, deploy], { pipelineType: 'V2' });
  const { pipelineExecutionSummaries: [first] = [] } = await codepipeline.listPipelineExecutions({
    pipelineName: 'release',
  });
  await release(120);
  await start();
  expect(await retention()).toBe('120');

  await codepipeline.rollbackStage({
    pipelineName: 'release',
    stageName: 'Deploy',
    targetPipelineExecutionId: first?.pipelineExecutionId,
  });
  await clock.settle();

  expect(await retention()).toBe('60');
  expect(await statuses()).toEqual(['Succeeded', 'Succeeded', 'Succeeded']);
  const { pipelineExecutionSummaries: [rollback] = [] } = await codepipeline.listPipelineExecutions(
    { pipelineName: 'release' },
  );
  expect(rollback).toMatchObject({
    executionType: 'ROLLBACK',
    trigger: { triggerType: 'ManualRollback' },
    rollbackMetadata: { rollbackTargetPipelineExecutionId: first?.pipelineExecutionId },
  });
});

test('a source that is polled starts an execution at the next minute after a change', async () => {
  const { release, create, clock, statuses } = await account();
  await release();
  const [fetch = {} as never] = source.actions ?? [];
  const configuration = { S3Bucket: 'releases', S3ObjectKey: 'release.zip' };
  await create([{ ...source, actions: [{ ...fetch, configuration }] }, deploy]);
  await clock.advance('5m');
  expect(await statuses()).toEqual(['Succeeded']);

  await release(120);
  await clock.advance('1m');

  expect(await statuses()).toEqual(['Succeeded', 'Succeeded']);
});

test('the three families of events tell of every step, in the spelling of events', async () => {
  const { release, create, watchEvents, answer } = await account();
  const seen = await watchEvents();
  await release();
  await create([source, approval]);
  await answer('Rejected');

  const told = (await seen()).map(({ 'detail-type': type, detail }) =>
    [type.split(' ')[1], detail['stage'], detail['action'], detail['state']]
      .filter((part) => part !== undefined)
      .join(' '),
  );
  expect(told).toEqual(
    expect.arrayContaining([
      'Pipeline STARTED',
      'Stage Source STARTED',
      'Action Source Fetch STARTED',
      'Action Source Fetch SUCCEEDED',
      'Stage Source SUCCEEDED',
      'Stage Approve STARTED',
      'Action Approve Ask STARTED',
      'Action Approve Ask FAILED',
      'Stage Approve FAILED',
      'Pipeline FAILED',
    ]),
  );
  expect(told).toHaveLength(10);
});

/** The detail of the event of a family (`Action`), a state and an action or stage. */
const detailsIn = (all: Event[]) => (family: string, state: string, name?: string) =>
  all
    .filter(({ 'detail-type': type }) => type === `CodePipeline ${family} Execution State Change`)
    .map(({ detail }) => detail)
    .find((detail) => detail['state'] === state && (detail['action'] ?? detail['stage']) === name);

const approvalType = { owner: 'AWS', provider: 'Manual', category: 'Approval', version: '1' };

test('events say what went in, what came out and why it failed', async () => {
  const { release, create, watchEvents, answer, codepipeline } = await account();
  const seen = await watchEvents();
  await release();
  await create([source, approval]);
  await answer('Rejected');
  const { actionExecutionDetails = [] } = await codepipeline.listActionExecutions({
    pipelineName: 'release',
  });
  const [asked, fetched] = actionExecutionDetails as Required<ActionExecutionDetail>[];
  const all = await seen();
  const detailOf = detailsIn(all);
  const common = {
    pipeline: 'release',
    'execution-id': fetched!.pipelineExecutionId,
    version: 1,
    'start-time': '2026-01-01T00:00:00.000Z',
    'pipeline-execution-attempt': 1,
  };

  expect(all[0]).toMatchObject({
    source: 'aws.codepipeline',
    resources: ['arn:aws:codepipeline:us-east-1:000000000000:release'],
  });
  expect(detailOf('Pipeline', 'STARTED')).toEqual({
    ...common,
    'execution-trigger': {
      'trigger-type': 'CreatePipeline',
      'trigger-detail': 'arn:aws:iam::000000000000:root',
    },
    state: 'STARTED',
  });
  expect(detailOf('Action', 'STARTED', 'Fetch')).toEqual({
    ...common,
    stage: 'Source',
    'action-execution-id': fetched!.actionExecutionId,
    action: 'Fetch',
    state: 'STARTED',
    region: 'us-east-1',
    type: { owner: 'AWS', provider: 'S3', category: 'Source', version: '1' },
  });
  expect(detailOf('Action', 'SUCCEEDED', 'Fetch')).toMatchObject({
    'output-artifacts': [fetched!.output?.outputArtifacts?.[0]],
    'execution-result': { 'external-execution-id': expect.any(String) as string },
  });
  expect(detailOf('Action', 'FAILED', 'Ask')).toEqual({
    ...common,
    stage: 'Approve',
    'action-execution-id': asked!.actionExecutionId,
    action: 'Ask',
    state: 'FAILED',
    region: 'us-east-1',
    type: approvalType,
    'execution-result': expect.objectContaining({
      'external-execution-summary': 'looked at it',
    }) as object,
  });
});

test('events of a retried stage say when, and a stop is told of pipeline, stage and action', async () => {
  const { release, create, start, watchEvents, answer, codepipeline, clock } = await account();
  await release();
  await create([source, approval]);
  await answer('Rejected');
  const execution = { pipelineName: 'release', pipelineExecutionId: await start() };
  await answer('Rejected');
  await clock.advance('1m');
  const seen = await watchEvents();

  await codepipeline.retryStageExecution({
    ...execution,
    stageName: 'Approve',
    retryMode: 'FAILED_ACTIONS',
  });
  await clock.settle();
  await codepipeline.stopPipelineExecution({ ...execution, abandon: true, reason: 'enough' });
  await clock.settle();

  const detailOf = detailsIn(await seen());
  const retried = { 'stage-last-retry-attempt-time': '2026-01-01T00:01:00.000Z' };
  const common = {
    pipeline: 'release',
    'execution-id': execution.pipelineExecutionId,
    version: 1,
    stage: 'Approve',
    'pipeline-execution-attempt': 2,
  };
  expect(detailOf('Stage', 'RESUMED', 'Approve')).toEqual({
    ...common,
    ...retried,
    state: 'RESUMED',
  });
  expect(detailOf('Pipeline', 'STOPPING')).toMatchObject({
    'stop-execution-comments': 'enough',
  });
  expect(detailOf('Stage', 'STOPPING', 'Approve')).toMatchObject(retried);
  expect(detailOf('Stage', 'STOPPED', 'Approve')).toMatchObject(retried);
  expect(detailOf('Action', 'ABANDONED', 'Ask')).toEqual({
    ...common,
    'action-execution-id': expect.any(String) as string,
    action: 'Ask',
    state: 'ABANDONED',
    region: 'us-east-1',
    type: approvalType,
  });
});

test('a role that may not read the source fails the action with PermissionError', async () => {
  const { release, create, action, iam } = await account();
  await release();
  await iam.deleteRolePolicy({ RoleName: 'pipeline', PolicyName: 'all' });

  await create([source, deploy]);

  expect(await action('Source', 'Fetch')).toMatchObject({
    status: 'Failed',
    errorDetails: { code: 'PermissionError' },
  });
});

test('a provider that is not emulated fails its action by name', async () => {
  const { release, create, action } = await account();
  await release();

  await create([
    source,
    {
      name: 'Deploy',
      actions: [
        {
          name: 'Fleet',
          actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'CodeDeploy', version: '1' },
          configuration: { ApplicationName: 'orders', DeploymentGroupName: 'fleet' },
          inputArtifacts: [{ name: 'Code' }],
        },
      ],
    },
  ]);

  expect((await action('Deploy', 'Fleet'))?.errorDetails?.message).toBe(
    'Actions of the provider Deploy/AWS/CodeDeploy/1 are not emulated.',
  );
});

test('a custom action waits for a worker that polls, acknowledges and reports', async () => {
  const { release, create, codepipeline, clock, statuses, action } = await account();
  const type = { category: 'Test' as const, provider: 'Lint', version: '1' };
  await codepipeline.createCustomActionType({
    ...type,
    inputArtifactDetails: { minimumCount: 0, maximumCount: 1 },
    outputArtifactDetails: { minimumCount: 0, maximumCount: 0 },
  });
  await release();
  const actionTypeId = { ...type, owner: 'Custom' as const };
  await create([source, { name: 'Check', actions: [{ name: 'Lint', actionTypeId }] }]);

  const { jobs: [job] = [] } = await codepipeline.pollForJobs({ actionTypeId });
  expect(await codepipeline.getJobDetails({ jobId: job?.id })).toMatchObject({
    jobDetails: { data: { pipelineContext: { pipelineName: 'release' } } },
  });
  await codepipeline.acknowledgeJob({ jobId: job?.id, nonce: job?.nonce });
  expect((await codepipeline.pollForJobs({ actionTypeId })).jobs).toEqual([]);
  await codepipeline.putJobSuccessResult({
    jobId: job?.id,
    executionDetails: { summary: 'clean' },
  });
  await clock.settle();

  expect(await statuses()).toEqual(['Succeeded']);
  expect(await action('Check', 'Lint')).toMatchObject({ summary: 'clean' });
});

test('a custom action needs the configuration that its type calls required', async () => {
  const { codepipeline, declaration } = await account();
  const type = { category: 'Test' as const, provider: 'Lint', version: '1' };
  await codepipeline.createCustomActionType({
    ...type,
    configurationProperties: [{ name: 'Rules', key: true, required: true, secret: false }],
    inputArtifactDetails: { minimumCount: 0, maximumCount: 1 },
    outputArtifactDetails: { minimumCount: 0, maximumCount: 0 },
  });
  const actionTypeId = { ...type, owner: 'Custom' as const };
  const create = (configuration: Record<string, string>) =>
    codepipeline.createPipeline({
      pipeline: declaration([
        source,
        { name: 'Check', actions: [{ name: 'Lint', actionTypeId, configuration }] },
      ]),
    });

  await expect(create({})).rejects.toMatchObject({ name: 'InvalidActionDeclarationException' });
  await create({ Rules: 'strict' });
});

test('a pipeline runs another one and ends as that one ends', async () => {
  const { release, create, codepipeline, declaration, clock } = await account();
  await release();
  await create([source, approval]);
  await codepipeline.createPipeline({
    pipeline: {
      ...declaration([
        source,
        {
          name: 'Release',
          actions: [
            {
              name: 'Inner',
              actionTypeId: {
                category: 'Invoke',
                owner: 'AWS',
                provider: 'CodePipeline',
                version: '1',
              },
              configuration: { PipelineName: 'release' },
            },
          ],
        },
      ]),
      name: 'outer',
      pipelineType: 'V2',
    },
  });
  await clock.settle();
  const outer = async () =>
    (await codepipeline.listPipelineExecutions({ pipelineName: 'outer' }))
      .pipelineExecutionSummaries?.[0]?.status;
  expect(await outer()).toBe('InProgress');

  await clock.advance('8d');

  expect(await outer()).toBe('Failed');
});

test('a custom action type is shown until it is deleted', async () => {
  const { codepipeline } = await account();
  const type = { category: 'Test' as const, provider: 'Lint', version: '1' };
  await codepipeline.createCustomActionType({
    ...type,
    inputArtifactDetails: { minimumCount: 0, maximumCount: 1 },
    outputArtifactDetails: { minimumCount: 0, maximumCount: 0 },
  });
  const shown = () => codepipeline.getActionType({ ...type, owner: 'Custom' });
  expect(await shown()).toMatchObject({
    actionType: { inputArtifactDetails: { maximumCount: 1 } },
  });

  await codepipeline.deleteCustomActionType(type);

  await expect(shown()).rejects.toMatchObject({ name: 'ActionTypeNotFoundException' });
});

test('a job that nobody knows is JobNotFoundException', async () => {
  const { codepipeline } = await account();

  await expect(
    codepipeline.getJobDetails({ jobId: '11111111-1111-1111-1111-111111111111' }),
  ).rejects.toMatchObject({ name: 'JobNotFoundException' });
});
