import { CodeDeploy, type CreateDeploymentGroupInput } from '@aws-sdk/client-codedeploy';
import { IAM } from '@aws-sdk/client-iam';
import { Lambda } from '@aws-sdk/client-lambda';
import { zipSync } from 'fflate';
import type { EmulatorOptions } from '../../emulator';
import { emulated } from './emulated';

export const roleNamed = (name: string) => `arn:aws:iam::000000000000:role/${name}`;

const trust = (service: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' },
  });

const allowing = (...actions: string[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: actions, Resource: '*' },
  });

/** Fires on one error of `Orders` in a minute. */
export const alarm = {
  AlarmName: 'errors',
  Namespace: 'Orders',
  MetricName: 'Errors',
  Statistic: 'Sum' as const,
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold' as const,
  TreatMissingData: 'notBreaching',
};

/** A deployment group that the alarm stops and takes back. */
export const onAlarm: Partial<CreateDeploymentGroupInput> = {
  alarmConfiguration: { enabled: true, alarms: [{ name: alarm.AlarmName }] },
  autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_STOP_ON_ALARM'] },
};

/** An AppSpec that shifts `orders:live` from version 1 to 2, but for what `properties` say. */
export const revisionOf = (properties: object = {}, hooks: Record<string, string>[] = []) => ({
  revisionType: 'AppSpecContent' as const,
  appSpecContent: {
    content: JSON.stringify({
      version: 0.0,
      Resources: [
        {
          orders: {
            Type: 'AWS::Lambda::Function',
            Properties: {
              Name: 'orders',
              Alias: 'live',
              CurrentVersion: '1',
              TargetVersion: '2',
              ...properties,
            },
          },
        },
      ],
      Hooks: hooks,
    }),
  },
});

/** What releases `orders:live` of an account and looks at it. */
export function releasing(options: EmulatorOptions = {}) {
  const here = emulated(options);
  const { client, clock } = here;
  const codedeploy = client(CodeDeploy);
  const lambda = client(Lambda);

  const publish = async (FunctionName: string, code: string) =>
    lambda.createFunction({
      FunctionName,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: roleNamed('run'),
      Code: { ZipFile: zipSync({ 'index.js': Buffer.from(code) }) },
      Publish: true,
    });
  async function deploy(hooks: Record<string, string>[] = [], more: object = {}) {
    const { deploymentId = '' } = await codedeploy.createDeployment({
      applicationName: 'orders',
      deploymentGroupName: 'live',
      revision: revisionOf({}, hooks),
      ...more,
    });
    await clock.settle();
    return deploymentId;
  }

  const alias = async () => {
    const { FunctionVersion, RoutingConfig } = await lambda.getAlias({
      FunctionName: 'orders',
      Name: 'live',
    });
    return [FunctionVersion, RoutingConfig?.AdditionalVersionWeights];
  };

  const shown = async (deploymentId = '') =>
    (await codedeploy.getDeployment({ deploymentId })).deploymentInfo ?? {};

  const events = async (deploymentId: string) => {
    const { deploymentTarget } = await codedeploy.getDeploymentTarget({
      deploymentId,
      targetId: 'orders:live',
    });
    return deploymentTarget?.lambdaTarget?.lifecycleEvents?.map(({ status }) => status);
  };

  return { ...here, codedeploy, lambda, publish, deploy, alias, shown, events };
}

/** Versions 1 and 2 of a function, the alias `live` on 1, and a deployment group of the managed role. */
export async function account(
  group: Partial<CreateDeploymentGroupInput> = {},
  options: EmulatorOptions = {},
) {
  const here = releasing(options);
  const { client, codedeploy, lambda, publish } = here;
  const iam = client(IAM);
  await iam.createRole({
    RoleName: 'run',
    AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
  });
  await iam.putRolePolicy({
    RoleName: 'run',
    PolicyName: 'report',
    PolicyDocument: allowing('codedeploy:PutLifecycleEventHookExecutionStatus', 'logs:*'),
  });
  await iam.createRole({
    RoleName: 'deploy',
    AssumeRolePolicyDocument: trust('codedeploy.amazonaws.com'),
  });
  await iam.attachRolePolicy({
    RoleName: 'deploy',
    PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSCodeDeployRoleForLambda',
  });
  await publish('orders', 'exports.handler = async () => 1;');
  await lambda.updateFunctionCode({
    FunctionName: 'orders',
    ZipFile: zipSync({ 'index.js': Buffer.from('exports.handler = async () => 2;') }),
    Publish: true,
  });
  await lambda.createAlias({ FunctionName: 'orders', Name: 'live', FunctionVersion: '1' });
  await codedeploy.createApplication({ applicationName: 'orders', computePlatform: 'Lambda' });
  await codedeploy.createDeploymentGroup({
    applicationName: 'orders',
    deploymentGroupName: 'live',
    serviceRoleArn: roleNamed('deploy'),
    deploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
    deploymentStyle: {
      deploymentType: 'BLUE_GREEN',
      deploymentOption: 'WITH_TRAFFIC_CONTROL',
    },
    ...group,
  });
  return { ...here, iam };
}
