import { CodeBuild } from '@aws-sdk/client-codebuild';
import { CodeDeploy } from '@aws-sdk/client-codedeploy';
import { CodePipeline, type StageDeclaration } from '@aws-sdk/client-codepipeline';
import { IAM } from '@aws-sdk/client-iam';
import { Lambda } from '@aws-sdk/client-lambda';
import { S3 } from '@aws-sdk/client-s3';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { zipSync } from 'fflate';
import { emulated } from '../../../test/support/emulated';
import { revisionOf } from '../../../test/support/release';
import type { CreateRule } from '../../../sdk/codestar-notifications/api';
import { CodeStarNotifications } from '../../../sdk/codestar-notifications';

const pipelineArn = 'arn:aws:codepipeline:us-east-1:000000000000:release';
const topicArn = 'arn:aws:sns:us-east-1:000000000000:team';

const stages: StageDeclaration[] = [
  {
    name: 'Source',
    actions: [
      {
        name: 'Fetch',
        actionTypeId: { category: 'Source', owner: 'AWS', provider: 'S3', version: '1' },
        configuration: {
          S3Bucket: 'releases',
          S3ObjectKey: 'release.zip',
          PollForSourceChanges: 'false',
        },
        outputArtifacts: [{ name: 'Code' }],
      },
    ],
  },
  {
    name: 'Approve',
    actions: [
      {
        name: 'Ask',
        actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' },
        configuration: { CustomData: 'look at it', ExternalEntityLink: 'https://example.com/v1' },
      },
    ],
  },
];

/** A topic that the service may publish to, with an inbox behind it, and roles for everybody. */
async function account() {
  const here = emulated();
  const { client, clock } = here;
  const notifications = client(CodeStarNotifications);
  const sns = client(SNS);
  const sqs = client(SQS);
  const iam = client(IAM);
  await sns.createTopic({ Name: 'team' });
  const allow = (service: string) =>
    sns.setTopicAttributes({
      TopicArn: topicArn,
      AttributeName: 'Policy',
      AttributeValue: JSON.stringify({
        Statement: {
          Effect: 'Allow',
          Principal: { Service: service },
          Action: 'sns:Publish',
          Resource: topicArn,
          Condition: { StringEquals: { 'aws:SourceAccount': '000000000000' } },
        },
      }),
    });
  await allow('codestar-notifications.amazonaws.com');
  const { QueueUrl = '' } = await sqs.createQueue({
    QueueName: 'inbox',
    Attributes: {
      Policy: JSON.stringify({
        Statement: { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' },
      }),
    },
  });
  await sns.subscribe({
    TopicArn: topicArn,
    Protocol: 'sqs',
    Endpoint: 'arn:aws:sqs:us-east-1:000000000000:inbox',
    Attributes: { RawMessageDelivery: 'true' },
  });
  await iam.createRole({
    RoleName: 'work',
    AssumeRolePolicyDocument: JSON.stringify({
      Statement: {
        Effect: 'Allow',
        Principal: {
          Service: ['codebuild', 'codedeploy', 'codepipeline', 'lambda'].map(
            (name) => `${name}.amazonaws.com`,
          ),
        },
        Action: 'sts:AssumeRole',
      },
    }),
  });
  await iam.putRolePolicy({
    RoleName: 'work',
    PolicyName: 'all',
    PolicyDocument: JSON.stringify({
      Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
    }),
  });

  /** What came to the inbox, the reactions to one event in their order. */
  async function inbox(): Promise<Record<string, unknown>[]> {
    await clock.settle();
    const all: Record<string, unknown>[] = [];
    for (;;) {
      const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
      if (Messages.length === 0) return all;
      all.push(...Messages.map(({ Body = '' }) => JSON.parse(Body) as Record<string, unknown>));
    }
  }

  const rule = async (input: Partial<CreateRule> = {}): Promise<string> => {
    const { Arn = '' } = await notifications.createNotificationRule({
      Name: 'releases',
      Resource: pipelineArn,
      EventTypeIds: ['codepipeline-pipeline-pipeline-execution-failed'],
      Targets: [{ TargetType: 'SNS', TargetAddress: topicArn }],
      DetailType: 'BASIC',
      ...input,
    });
    return Arn;
  };

  return { ...here, notifications, sns, allow, inbox, rule };
}

/** The account with a pipeline that waits for an approval, and who answers it. */
async function withPipeline(input: Partial<CreateRule> = {}) {
  const here = await account();
  const { client, clock } = here;
  const codepipeline = client(CodePipeline);
  const s3 = client(S3);
  await s3.createBucket({ Bucket: 'artifacts' });
  await s3.createBucket({ Bucket: 'releases' });
  await s3.putBucketVersioning({
    Bucket: 'releases',
    VersioningConfiguration: { Status: 'Enabled' },
  });
  const Body = zipSync({ 'index.html': Buffer.from('hello') });
  const { VersionId } = await s3.putObject({ Bucket: 'releases', Key: 'release.zip', Body });
  const arn = await here.rule(input);
  await codepipeline.createPipeline({
    pipeline: {
      name: 'release',
      roleArn: 'arn:aws:iam::000000000000:role/work',
      artifactStore: { type: 'S3', location: 'artifacts' },
      stages,
    },
  });
  await clock.settle();

  async function answer(status: 'Approved' | 'Rejected') {
    const { stageStates = [] } = await codepipeline.getPipelineState({ name: 'release' });
    await codepipeline.putApprovalResult({
      pipelineName: 'release',
      stageName: 'Approve',
      actionName: 'Ask',
      token: stageStates[1]?.actionStates?.[0]?.latestExecution?.token,
      result: { status, summary: 'not good enough' },
    });
  }

  const { pipelineExecutionSummaries: [execution] = [] } =
    await codepipeline.listPipelineExecutions({ pipelineName: 'release' });
  return { ...here, arn, answer, VersionId, id: execution?.pipelineExecutionId };
}

test('a failed execution is told to the topic with what the event says', async () => {
  const { arn, answer, inbox, id } = await withPipeline();

  await answer('Rejected');

  expect(arn).toMatch(
    /^arn:aws:codestar-notifications:us-east-1:000000000000:notificationrule\/[0-9a-f]{40}$/,
  );
  expect(await inbox()).toEqual([
    {
      account: '000000000000',
      detailType: 'CodePipeline Pipeline Execution State Change',
      region: 'us-east-1',
      source: 'aws.codepipeline',
      time: '2026-01-01T00:00:00Z',
      notificationRuleArn: arn,
      detail: {
        pipeline: 'release',
        'execution-id': id,
        'start-time': '2026-01-01T00:00:00.000Z',
        state: 'FAILED',
        version: 1,
        'pipeline-execution-attempt': 1,
      },
      resources: [pipelineArn],
      additionalAttributes: {},
    },
  ]);
});

test('full detail adds which actions failed, what the source was and what an approval asks', async () => {
  const { answer, inbox, VersionId } = await withPipeline({
    DetailType: 'FULL',
    EventTypeIds: [
      'codepipeline-pipeline-pipeline-execution-failed',
      'codepipeline-pipeline-stage-execution-failed',
      'codepipeline-pipeline-manual-approval-needed',
      'codepipeline-pipeline-manual-approval-failed',
    ],
  });
  await answer('Rejected');

  const told = (await inbox()).map(({ detailType, detail, additionalAttributes }) => [
    `${String(detailType).split(' ')[1]} ${(detail as { state: string }).state}`,
    additionalAttributes,
  ]);
  const failed = {
    failedActionCount: 1,
    failedActions: [{ action: 'Ask', additionalInformation: 'not good enough' }],
  };
  expect(Object.fromEntries(told)).toEqual({
    'Action STARTED': { customData: 'look at it', externalEntityLink: 'https://example.com/v1' },
    'Action FAILED': { additionalInformation: 'not good enough' },
    'Stage FAILED': {
      ...failed,
      sourceActions: [
        {
          sourceActionName: 'Fetch',
          sourceActionProvider: 'S3',
          sourceActionVariables: expect.objectContaining({ VersionId }) as object,
        },
      ],
    },
    'Pipeline FAILED': { ...failed, failedStage: 'Approve' },
  });
  expect(told).toHaveLength(4);
});

test('a rule tells of its own resource and event types alone, and of nothing while it is disabled', async () => {
  const { rule, answer, inbox } = await withPipeline({ Status: 'DISABLED' });
  await rule({
    Name: 'another',
    Resource: 'arn:aws:codepipeline:us-east-1:000000000000:another',
  });
  await rule({
    Name: 'success',
    EventTypeIds: ['codepipeline-pipeline-pipeline-execution-succeeded'],
  });

  await answer('Rejected');

  expect(await inbox()).toEqual([]);
});

test('the topic’s policy decides, and the target is shown as unreachable where it refuses', async () => {
  const { notifications, allow, arn, answer, inbox } = await withPipeline();
  await allow('events.amazonaws.com');
  const status = async () =>
    (await notifications.describeNotificationRule({ Arn: arn })).Targets[0]?.TargetStatus;
  expect(await status()).toBe('ACTIVE');

  await answer('Rejected');

  expect(await inbox()).toEqual([]);
  expect(await status()).toBe('UNREACHABLE');
  const unreachable = { Filters: [{ Name: 'TARGET_STATUS', Value: 'UNREACHABLE' }] };
  expect(await notifications.listTargets(unreachable)).toMatchObject({
    Targets: [{ TargetAddress: topicArn, TargetType: 'SNS' }],
  });
});

test('builds are told by their project, deployments by their application', async () => {
  const { client, rule, inbox } = await account();
  const codebuild = client(CodeBuild);
  const codedeploy = client(CodeDeploy);
  const lambda = client(Lambda);
  const role = 'arn:aws:iam::000000000000:role/work';
  await rule({
    Name: 'builds',
    Resource: 'arn:aws:codebuild:us-east-1:000000000000:project/orders',
    EventTypeIds: [
      'codebuild-project-build-state-in-progress',
      'codebuild-project-build-state-failed',
      'codebuild-project-build-phase-failure',
    ],
  });
  await rule({
    Name: 'deployments',
    Resource: 'arn:aws:codedeploy:us-east-1:000000000000:application:orders',
    EventTypeIds: [
      'codedeploy-application-deployment-started',
      'codedeploy-application-deployment-succeeded',
    ],
  });

  await codebuild.createProject({
    name: 'orders',
    serviceRole: role,
    source: { type: 'S3', location: 'nowhere/code.zip', buildspec: 'version: 0.2' },
    artifacts: { type: 'NO_ARTIFACTS' },
    environment: {
      type: 'LINUX_CONTAINER',
      image: 'aws/codebuild/standard:7.0',
      computeType: 'BUILD_GENERAL1_SMALL',
    },
  });
  await codebuild.startBuild({ projectName: 'orders' });

  expect(await inbox()).toMatchObject([
    {
      source: 'aws.codebuild',
      detailType: 'CodeBuild Build State Change',
      detail: { 'project-name': 'orders', 'build-status': 'IN_PROGRESS' },
      resources: [
        expect.stringMatching(/^arn:aws:codebuild:us-east-1:000000000000:build\/orders:/),
      ],
    },
    {
      detailType: 'CodeBuild Build Phase Change',
      detail: { 'completed-phase': 'DOWNLOAD_SOURCE', 'completed-phase-status': 'FAILED' },
    },
    { detailType: 'CodeBuild Build State Change', detail: { 'build-status': 'FAILED' } },
  ]);

  const code = (text: string) => zipSync({ 'index.js': Buffer.from(text) });
  await lambda.createFunction({
    FunctionName: 'orders',
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Role: role,
    Code: { ZipFile: code('exports.handler = async () => 1;') },
    Publish: true,
  });
  await lambda.updateFunctionCode({
    FunctionName: 'orders',
    ZipFile: code('exports.handler = async () => 2;'),
    Publish: true,
  });
  await lambda.createAlias({ FunctionName: 'orders', Name: 'live', FunctionVersion: '1' });
  await codedeploy.createApplication({ applicationName: 'orders', computePlatform: 'Lambda' });
  await codedeploy.createDeploymentGroup({
    applicationName: 'orders',
    deploymentGroupName: 'live',
    serviceRoleArn: role,
    deploymentConfigName: 'CodeDeployDefault.LambdaAllAtOnce',
    deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
  });
  await codedeploy.createDeployment({
    applicationName: 'orders',
    deploymentGroupName: 'live',
    revision: revisionOf(),
  });

  expect(await inbox()).toMatchObject([
    {
      source: 'aws.codedeploy',
      detailType: 'CodeDeploy Deployment State-change Notification',
      detail: { application: 'orders', state: 'START' },
      resources: [
        'arn:aws:codedeploy:us-east-1:000000000000:application:orders',
        'arn:aws:codedeploy:us-east-1:000000000000:deploymentgroup:orders/live',
      ],
    },
    { detail: { application: 'orders', state: 'SUCCESS' } },
  ]);
});

test('a subscribed target is deleted by force only, and is gone from every rule then', async () => {
  const { notifications, rule } = await account();
  const Arn = await rule();

  await expect(notifications.deleteTarget({ TargetAddress: topicArn })).rejects.toMatchObject({
    name: 'ValidationException',
  });
  await notifications.deleteTarget({ TargetAddress: topicArn, ForceUnsubscribeAll: true });

  expect((await notifications.describeNotificationRule({ Arn })).Targets).toEqual([]);
  expect(await notifications.listTargets({})).toMatchObject({ Targets: [] });
});

test.each([
  [
    'chat clients',
    { Targets: [{ TargetType: 'AWSChatbotSlack', TargetAddress: 'arn:aws:chatbot::1:slack/a' }] },
    'Targets of type AWSChatbotSlack (chat clients) are not emulated.',
  ],
  [
    'CodeCommit repositories',
    { Resource: 'arn:aws:codecommit:us-east-1:000000000000:code' },
    'Notification rules of CodeCommit repositories are not emulated.',
  ],
  [
    'event types of another kind of resource',
    { EventTypeIds: ['codebuild-project-build-state-failed'] },
    `codebuild-project-build-state-failed is not an event type of ${pipelineArn}.`,
  ],
  [
    'details of no type',
    { DetailType: 'SOME' },
    "1 validation error detected: Value 'SOME' at 'detailType' failed to satisfy constraint: Member must satisfy enum value set: [BASIC, FULL]",
  ],
  [
    'odd names',
    { Name: 'a/b' },
    "1 validation error detected: Value 'a/b' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [A-Za-z0-9\\-_ ]+$",
  ],
  [
    'rules without a resource',
    { Resource: undefined },
    "1 validation error detected: Value null at 'resource' failed to satisfy constraint: Member must not be null",
  ],
])('%s are refused by name (texts unverified)', async (_what, input, message) => {
  const { rule } = await account();

  await expect(rule(input)).rejects.toMatchObject({ name: 'ValidationException', message });
});

test('who has AWSCodePipeline_FullAccess makes rules on pipelines, and sees no others', async () => {
  const { client, rule, notifications } = await account();
  const iam = client(IAM);
  await iam.createUser({ UserName: 'dev' });
  await iam.attachUserPolicy({
    UserName: 'dev',
    PolicyArn: 'arn:aws:iam::aws:policy/AWSCodePipeline_FullAccess',
  });
  const { AccessKey: credentials } = await iam.createAccessKey({ UserName: 'dev' });
  const asDeveloper = client(CodeStarNotifications, { credentials });
  const other = await rule({
    Name: 'builds',
    Resource: 'arn:aws:codebuild:us-east-1:000000000000:project/orders',
    EventTypeIds: ['codebuild-project-build-state-failed'],
  });

  const { Arn } = await asDeveloper.createNotificationRule({
    Name: 'releases',
    Resource: pipelineArn,
    EventTypeIds: ['codepipeline-pipeline-pipeline-execution-failed'],
    Targets: [],
    DetailType: 'BASIC',
  });

  expect(await asDeveloper.describeNotificationRule({ Arn })).toMatchObject({
    Name: 'releases',
    CreatedBy: 'arn:aws:iam::000000000000:user/dev',
  });
  await expect(asDeveloper.describeNotificationRule({ Arn: other })).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
  expect(await notifications.listNotificationRules({ MaxResults: 1 })).toMatchObject({
    NotificationRules: [{ Arn: other }],
    NextToken: expect.any(String) as string,
  });
});
