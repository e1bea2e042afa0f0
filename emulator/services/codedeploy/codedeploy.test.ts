import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { account, alarm, onAlarm, revisionOf, roleNamed } from '../../../test/support/release';

const everybody = JSON.stringify({
  Statement: { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' },
});

const reporting = (status: string) => `
const { CodeDeploy } = require('@aws-sdk/client-codedeploy');
exports.handler = async (event) => {
  await new CodeDeploy({}).putLifecycleEventHookExecutionStatus({
    deploymentId: event.DeploymentId,
    lifecycleEventHookExecutionId: event.LifecycleEventHookExecutionId,
    status: '${status}',
  });
};`;

test('a canary gives the new version a tenth for five minutes, then all (C1.7)', async () => {
  const { deploy, alias, shown, events, clock } = await account();

  const id = await deploy();
  expect(await alias()).toEqual(['1', { '2': 0.1 }]);
  expect(await shown(id)).toMatchObject({ status: 'InProgress', creator: 'user' });
  expect(await events(id)).toEqual(['Succeeded', 'InProgress', 'Pending']);

  await clock.advance('299s');
  expect(await alias()).toEqual(['1', { '2': 0.1 }]);
  await clock.advance('1s');

  expect(await alias()).toEqual(['2', undefined]);
  expect(await shown(id)).toMatchObject({ status: 'Succeeded' });
  expect(await events(id)).toEqual(['Succeeded', 'Succeeded', 'Succeeded']);
});

test('a deployment tells what it was asked for, and its target how far it is', async () => {
  const { codedeploy, clock } = await account();
  const { deploymentId } = await codedeploy.createDeployment({
    applicationName: 'orders',
    deploymentGroupName: 'live',
    description: 'the second version',
    revision: revisionOf({}),
  });
  await clock.settle();

  const { deploymentInfo } = await codedeploy.getDeployment({ deploymentId });
  expect(deploymentInfo).toMatchObject({
    deploymentId: expect.stringMatching(/^d-[A-Z0-9]{9}$/) as string,
    applicationName: 'orders',
    deploymentGroupName: 'live',
    deploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
    description: 'the second version',
    status: 'InProgress',
  });
  const { deploymentTarget } = await codedeploy.getDeploymentTarget({
    deploymentId,
    targetId: 'orders:live',
  });
  expect(deploymentTarget?.lambdaTarget?.lambdaFunctionInfo).toEqual({
    functionName: 'orders',
    functionAlias: 'live',
    currentVersion: '1',
    targetVersion: '2',
    targetVersionWeight: 0.1,
  });
  const { deploymentsInfo } = await codedeploy.batchGetDeployments({
    deploymentIds: ['d-000000000', deploymentId ?? ''],
  });
  expect(deploymentsInfo).toEqual([deploymentInfo]);
});

test('a linear deployment takes equal steps', async () => {
  const { deploy, alias, clock } = await account({
    deploymentConfigName: 'CodeDeployDefault.LambdaLinear10PercentEvery1Minute',
  });
  await deploy();

  await clock.advance('3m');
  expect(await alias()).toEqual(['1', { '2': 0.4 }]);
  await clock.advance('6m');
  expect(await alias()).toEqual(['2', undefined]);
});

test('a configuration of one’s own counts, and AllAtOnce flips at once', async () => {
  const { deploy, alias, clock, codedeploy } = await account();
  await codedeploy.createDeploymentConfig({
    deploymentConfigName: 'Half',
    computePlatform: 'Lambda',
    trafficRoutingConfig: {
      type: 'TimeBasedCanary',
      timeBasedCanary: { canaryPercentage: 50, canaryInterval: 2 },
    },
  });

  await deploy([], { deploymentConfigName: 'Half' });
  expect(await alias()).toEqual(['1', { '2': 0.5 }]);
  await clock.advance('2m');
  expect(await alias()).toEqual(['2', undefined]);

  await deploy([], {
    deploymentConfigName: 'CodeDeployDefault.LambdaAllAtOnce',
    revision: revisionOf({ CurrentVersion: '2', TargetVersion: '1' }),
  });
  expect(await alias()).toEqual(['1', undefined]);
});

test('an alarm stops the deployment, and a new one takes it back (C1.8)', async () => {
  const { deploy, alias, shown, events, clock, client } = await account(onAlarm);
  const cloudwatch = client(CloudWatch);
  await cloudwatch.putMetricAlarm(alarm);
  const id = await deploy();
  await clock.advance('2m');

  await cloudwatch.putMetricData({
    Namespace: 'Orders',
    MetricData: [{ MetricName: 'Errors', Value: 3 }],
  });
  await clock.advance('90s');

  const stopped = await shown(id);
  const rollbackId = stopped.rollbackInfo?.rollbackDeploymentId;
  expect(stopped).toMatchObject({
    status: 'Stopped',
    errorInformation: {
      code: 'ALARM_ACTIVE',
      message:
        'One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the affected deployments have been stopped. Activated alarms: errors',
    },
    rollbackInfo: {
      rollbackMessage: `Deployment ${id} terminated. Automatic rollback is triggered with a DeploymentId ${rollbackId}.`,
    },
  });
  expect(await events(id)).toEqual(['Succeeded', 'Failed', 'Skipped']);
  expect(await shown(rollbackId)).toMatchObject({
    status: 'Succeeded',
    creator: 'codeDeployRollback',
    rollbackInfo: {
      rollbackTriggeringDeploymentId: id,
      rollbackMessage: `Deployment ${rollbackId} is triggered to roll back deployment ${id}.`,
    },
  });
  expect(await alias()).toEqual(['1', undefined]);
});

test('an alarm that is active already stops a deployment before anything moves (C1.8)', async () => {
  const { deploy, alias, shown, client } = await account(onAlarm);
  const cloudwatch = client(CloudWatch);
  await cloudwatch.putMetricAlarm(alarm);
  await cloudwatch.setAlarmState({ AlarmName: 'errors', StateValue: 'ALARM', StateReason: 'test' });

  const id = await deploy();

  expect(await shown(id)).toMatchObject({ status: 'Stopped' });
  expect(await alias()).toEqual(['1', undefined]);
});

test('alarms without the rollback event stop a deployment and leave its weights (C1.8)', async () => {
  const { deploy, alias, shown, client, clock } = await account({
    alarmConfiguration: { enabled: true, alarms: [{ name: 'errors' }] },
  });
  const cloudwatch = client(CloudWatch);
  await cloudwatch.putMetricAlarm(alarm);
  const id = await deploy();

  await cloudwatch.setAlarmState({ AlarmName: 'errors', StateValue: 'ALARM', StateReason: 'test' });
  await clock.settle();

  expect(await shown(id)).toMatchObject({ status: 'Stopped' });
  expect((await shown(id)).rollbackInfo).toBeUndefined();
  expect(await alias()).toEqual(['1', { '2': 0.1 }]);
});

test('alarms that are listed but not enabled stop nothing', async () => {
  const { deploy, shown, client, clock } = await account({
    alarmConfiguration: { enabled: false, alarms: [{ name: 'errors' }] },
  });
  const cloudwatch = client(CloudWatch);
  await cloudwatch.putMetricAlarm(alarm);
  const id = await deploy();

  await cloudwatch.setAlarmState({ AlarmName: 'errors', StateValue: 'ALARM', StateReason: 'test' });
  await clock.settle();

  expect(await shown(id)).toMatchObject({ status: 'InProgress' });
});

test('a hook that reports Succeeded lets the traffic move (C1.6)', async () => {
  const { deploy, alias, events, publish } = await account();
  await publish('CodeDeployHook_check', reporting('Succeeded'));

  const id = await deploy([{ BeforeAllowTraffic: 'CodeDeployHook_check' }]);

  expect(await events(id)).toEqual(['Succeeded', 'InProgress', 'Pending']);
  expect(await alias()).toEqual(['1', { '2': 0.1 }]);
});

test('a hook that reports Failed keeps the alias where it is (C1.6)', async () => {
  const { deploy, alias, shown, events, publish } = await account();
  await publish('CodeDeployHook_check', reporting('Failed'));

  const id = await deploy([{ BeforeAllowTraffic: 'CodeDeployHook_check' }]);

  expect(await shown(id)).toMatchObject({
    status: 'Failed',
    errorInformation: { code: 'HOOK_EXECUTION_FAILURE' },
  });
  expect(await events(id)).toEqual(['Failed', 'Skipped', 'Skipped']);
  expect(await alias()).toEqual(['1', undefined]);
});

test('a hook that never reports fails the deployment after an hour (C1.6)', async () => {
  const { deploy, shown, publish, clock } = await account();
  await publish('CodeDeployHook_silent', 'exports.handler = async () => {};');
  const id = await deploy([{ BeforeAllowTraffic: 'CodeDeployHook_silent' }]);

  await clock.advance('59m');
  expect(await shown(id)).toMatchObject({ status: 'InProgress' });
  await clock.advance('1m');

  expect(await shown(id)).toMatchObject({
    status: 'Failed',
    errorInformation: { code: 'HOOK_EXECUTION_FAILURE' },
  });
});

test('the managed role may call hooks whose name begins with CodeDeployHook_ only', async () => {
  const { deploy, shown, publish } = await account();
  await publish('check', reporting('Succeeded'));

  const id = await deploy([{ BeforeAllowTraffic: 'check' }]);

  expect(await shown(id)).toMatchObject({
    status: 'Failed',
    errorInformation: {
      code: 'HOOK_EXECUTION_FAILURE',
      message: `The IAM role ${roleNamed('deploy')} does not give you permission to perform operations in the following AWS service: AWSLambda. Contact your AWS administrator if you need help. If you are an AWS administrator, you can grant permissions to your users or groups by creating IAM policies.`,
    },
  });
});

test('a report with a wrong id, a wrong status or twice is refused in AWS’s exceptions', async () => {
  const { deploy, codedeploy, publish } = await account();
  await publish('CodeDeployHook_check', reporting('Succeeded'));
  const deploymentId = await deploy([{ BeforeAllowTraffic: 'CodeDeployHook_check' }]);
  const report = (lifecycleEventHookExecutionId: string, status = 'Succeeded') =>
    codedeploy.putLifecycleEventHookExecutionStatus({
      deploymentId,
      lifecycleEventHookExecutionId,
      status: status as 'Succeeded',
    });

  await expect(report('other')).rejects.toMatchObject({
    name: 'InvalidLifecycleEventHookExecutionIdException',
  });
  await expect(report('other', 'Pending')).rejects.toMatchObject({
    name: 'InvalidLifecycleEventHookExecutionStatusException',
  });
});

test('a manual stop goes back when the caller says so, and not twice', async () => {
  const { deploy, codedeploy, alias, shown } = await account();
  const deploymentId = await deploy();

  await codedeploy.stopDeployment({ deploymentId, autoRollbackEnabled: true });

  expect(await shown(deploymentId)).toMatchObject({
    status: 'Stopped',
    errorInformation: { code: 'MANUAL_STOP' },
  });
  expect(await alias()).toEqual(['1', undefined]);
  await expect(codedeploy.stopDeployment({ deploymentId })).rejects.toMatchObject({
    name: 'DeploymentAlreadyCompletedException',
  });
});

test('events and SNS triggers tell of a deployment in words of their own (C1.9)', async () => {
  const triggers = {
    triggerConfigurations: [
      {
        triggerName: 'ops',
        triggerEvents: ['DeploymentStart' as const, 'DeploymentSuccess' as const],
        triggerTargetArn: 'arn:aws:sns:us-east-1:000000000000:ops',
      },
    ],
  };
  const { deploy, client, clock } = await account(triggers);
  const sqs = client(SQS);
  const sns = client(SNS);
  const events = client(EventBridge);
  const inbox = async (QueueName: string) =>
    (await sqs.createQueue({ QueueName, Attributes: { Policy: everybody } })).QueueUrl;
  const [seen, ops] = [await inbox('seen'), await inbox('ops')];
  await sns.createTopic({ Name: 'ops' });
  await sns.subscribe({
    TopicArn: 'arn:aws:sns:us-east-1:000000000000:ops',
    Protocol: 'sqs',
    Endpoint: 'arn:aws:sqs:us-east-1:000000000000:ops',
    Attributes: { RawMessageDelivery: 'true' },
  });
  await events.putRule({ Name: 'seen', EventPattern: '{"source":["aws.codedeploy"]}' });
  await events.putTargets({
    Rule: 'seen',
    Targets: [{ Id: 'seen', Arn: 'arn:aws:sqs:us-east-1:000000000000:seen' }],
  });
  const received = async (QueueUrl: string | undefined) => {
    const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
    return Messages.map(({ Body = '' }) => JSON.parse(Body) as unknown);
  };

  const id = await deploy();
  await clock.advance('5m');

  expect(await received(seen)).toMatchObject([
    {
      'detail-type': 'CodeDeploy Deployment State-change Notification',
      resources: [
        'arn:aws:codedeploy:us-east-1:000000000000:application:orders',
        'arn:aws:codedeploy:us-east-1:000000000000:deploymentgroup:orders/live',
      ],
      detail: { application: 'orders', deploymentGroup: 'live', deploymentId: id, state: 'START' },
    },
    { detail: { deploymentId: id, state: 'SUCCESS' } },
  ]);
  expect(await received(ops)).toMatchObject([
    { eventTriggerName: 'DeploymentStart', deploymentId: id, status: 'INPROGRESS' },
    { eventTriggerName: 'DeploymentSuccess', deploymentId: id, status: 'SUCCEEDED' },
  ]);
});

test('a Lambda deployment group with eleven alarms is refused', async () => {
  const alarms = Array.from({ length: 11 }, (_, at) => ({ name: `a${at}` }));

  await expect(account({ alarmConfiguration: { enabled: true, alarms } })).rejects.toMatchObject({
    name: 'AlarmsLimitExceededException',
  });
});

test('rollback events without a rollback are kept for the day it is enabled', async () => {
  const autoRollbackConfiguration = { enabled: false, events: ['DEPLOYMENT_FAILURE' as const] };
  const { codedeploy } = await account({ autoRollbackConfiguration });

  const { deploymentGroupInfo } = await codedeploy.getDeploymentGroup({
    applicationName: 'orders',
    deploymentGroupName: 'live',
  });

  expect(deploymentGroupInfo).toMatchObject({
    applicationName: 'orders',
    deploymentGroupName: 'live',
    deploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
    serviceRoleArn: 'arn:aws:iam::000000000000:role/deploy',
    computePlatform: 'Lambda',
    deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
    autoRollbackConfiguration: { enabled: false, events: ['DEPLOYMENT_FAILURE'] },
  });
});

test('an update that is refused leaves the whole deployment group as it was', async () => {
  const { codedeploy } = await account();
  const group = { applicationName: 'orders', deploymentGroupName: 'live' };
  const before = await codedeploy.getDeploymentGroup(group);

  await expect(
    codedeploy.updateDeploymentGroup({
      applicationName: 'orders',
      currentDeploymentGroupName: 'live',
      deploymentConfigName: 'CodeDeployDefault.LambdaAllAtOnce',
      serviceRoleArn: 'deploy',
    }),
  ).rejects.toMatchObject({ name: 'InvalidRoleException' });

  const { deploymentGroupInfo } = await codedeploy.getDeploymentGroup(group);
  expect(deploymentGroupInfo).toEqual(before.deploymentGroupInfo);
});

test.each([
  [
    'another version than the alias has',
    { CurrentVersion: '2', TargetVersion: '1' },
    ' The Lambda function alias version does not match the current version in AppSpec file.',
  ],
  ['the version that the alias has already', { CurrentVersion: '1', TargetVersion: '1' }, ''],
])('a shift from or to %s fails and moves nothing', async (_what, properties, reason) => {
  const { deploy, shown, events, alias } = await account();

  const id = await deploy([], { revision: revisionOf(properties) });

  expect(await shown(id)).toMatchObject({
    status: 'Failed',
    errorInformation: {
      code: 'INVALID_LAMBDA_CONFIGURATION',
      message: `The deployment failed because the AppSpec file that specifies the AWS Lambda deployment configuration is missing or has an invalid configuration.${reason}`,
    },
  });
  expect(await events(id)).toEqual(['Skipped', 'Skipped', 'Skipped']);
  expect(await alias()).toEqual(['1', undefined]);
});

test.each([
  ['$LATEST as target', { TargetVersion: '$LATEST' }],
  ['no alias', { Alias: undefined }],
])('an AppSpec with %s is InvalidRevisionException', async (_what, change) => {
  const { deploy } = await account();

  await expect(deploy([], { revision: revisionOf(change) })).rejects.toMatchObject({
    name: 'InvalidRevisionException',
  });
});

test('revisions are registered once, found again by what they are, and refused when they are not there', async () => {
  const { codedeploy } = await account();
  const applicationName = 'orders';
  const revision = {
    revisionType: 'S3' as const,
    s3Location: { bucket: 'releases', key: 'appspec.yaml', bundleType: 'YAML' as const },
  };
  for (const _time of [1, 2])
    await codedeploy.registerApplicationRevision({
      applicationName,
      revision,
      description: 'first release',
    });

  expect((await codedeploy.listApplicationRevisions({ applicationName })).revisions).toEqual([
    revision,
  ]);
  expect(await codedeploy.getApplicationRevision({ applicationName, revision })).toMatchObject({
    revisionInfo: { description: 'first release' },
  });
  const { revisions } = await codedeploy.batchGetApplicationRevisions({
    applicationName,
    revisions: [revision],
  });
  expect(revisions).toMatchObject([
    { revisionLocation: revision, genericRevisionInfo: { description: 'first release' } },
  ]);
  await expect(
    codedeploy.getApplicationRevision({
      applicationName,
      revision: { ...revision, s3Location: { ...revision.s3Location, key: 'other.yaml' } },
    }),
  ).rejects.toMatchObject({ name: 'RevisionDoesNotExistException' });
});
