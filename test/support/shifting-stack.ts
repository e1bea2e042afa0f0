import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { CodeDeploy } from '@aws-sdk/client-codedeploy';
import { Lambda } from '@aws-sdk/client-lambda';
import type { EmulatorOptions } from '../../emulator';
import { emulated } from './emulated';

export const StackName = 'orders';
export const Capabilities = ['CAPABILITY_IAM' as const];

const roleFor = (service: string, policies: string[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { Service: service },
        Action: 'sts:AssumeRole',
      },
    },
    ManagedPolicyArns: policies,
  },
});

export const policy = {
  CodeDeployLambdaAliasUpdate: {
    ApplicationName: { Ref: 'Application' },
    DeploymentGroupName: { Ref: 'Group' },
  },
};

export interface Release {
  /** Makes the logical id of the version, and the code. */
  version: string;
  UpdatePolicy?: object | undefined;
  description?: string;
}

/** A service whose alias CodeDeploy moves; the version's logical id changes with each release. */
export const template = ({ version, UpdatePolicy = policy, description = '' }: Release) =>
  JSON.stringify({
    Resources: {
      Role: roleFor('lambda.amazonaws.com', []),
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: 'orders',
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
          Code: { ZipFile: `exports.handler = async () => '${version}';` },
        },
      },
      [`Version${version}`]: {
        Type: 'AWS::Lambda::Version',
        DeletionPolicy: 'Retain',
        Properties: { FunctionName: { Ref: 'Function' } },
      },
      Alias: {
        Type: 'AWS::Lambda::Alias',
        ...(Object.keys(UpdatePolicy).length > 0 ? { UpdatePolicy } : {}),
        Properties: {
          FunctionName: { Ref: 'Function' },
          FunctionVersion: { 'Fn::GetAtt': [`Version${version}`, 'Version'] },
          Name: 'live',
          Description: description,
        },
      },
      DeployRole: roleFor('codedeploy.amazonaws.com', [
        'arn:aws:iam::aws:policy/service-role/AWSCodeDeployRoleForLambda',
      ]),
      Application: {
        Type: 'AWS::CodeDeploy::Application',
        Properties: { ComputePlatform: 'Lambda' },
      },
      Alarm: {
        Type: 'AWS::CloudWatch::Alarm',
        Properties: {
          AlarmName: 'errors',
          Namespace: 'Orders',
          MetricName: 'Errors',
          Statistic: 'Sum',
          Period: 60,
          EvaluationPeriods: 1,
          Threshold: 1,
          ComparisonOperator: 'GreaterThanOrEqualToThreshold',
          TreatMissingData: 'notBreaching',
        },
      },
      Group: {
        Type: 'AWS::CodeDeploy::DeploymentGroup',
        Properties: {
          ApplicationName: { Ref: 'Application' },
          ServiceRoleArn: { 'Fn::GetAtt': ['DeployRole', 'Arn'] },
          DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
          DeploymentStyle: {
            DeploymentType: 'BLUE_GREEN',
            DeploymentOption: 'WITH_TRAFFIC_CONTROL',
          },
          AlarmConfiguration: { Enabled: true, Alarms: [{ Name: { Ref: 'Alarm' } }] },
          AutoRollbackConfiguration: {
            Enabled: true,
            Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'],
          },
        },
      },
    },
  });

/** What updates the stack of an account and looks at it. */
export function shifting(options: EmulatorOptions = {}) {
  const here = emulated(options);
  const cloudformation = here.client(CloudFormation);
  const codedeploy = here.client(CodeDeploy);
  const lambda = here.client(Lambda);

  async function update(release: Release, more: object = {}) {
    await cloudformation.updateStack({
      StackName,
      TemplateBody: template(release),
      Capabilities,
      ...more,
    });
    await here.clock.settle();
  }

  const status = async () =>
    (await cloudformation.describeStacks({ StackName })).Stacks?.[0]?.StackStatus;

  const alias = async () => {
    const { FunctionVersion, RoutingConfig } = await lambda.getAlias({
      FunctionName: 'orders',
      Name: 'live',
    });
    return [FunctionVersion, RoutingConfig?.AdditionalVersionWeights];
  };

  const deployments = async () => {
    const { deployments: deploymentIds = [] } = await codedeploy.listDeployments({});
    const { deploymentsInfo = [] } = await codedeploy.batchGetDeployments({ deploymentIds });
    return deploymentsInfo.map((each) => `${each.creator} ${each.status}`).toReversed();
  };

  const reasons = async () => {
    const { StackEvents = [] } = await cloudformation.describeStackEvents({ StackName });
    return StackEvents.filter(({ ResourceStatus }) => ResourceStatus === 'UPDATE_FAILED').map(
      ({ LogicalResourceId, ResourceStatusReason }) =>
        `${LogicalResourceId}: ${ResourceStatusReason}`,
    );
  };

  return { ...here, cloudformation, codedeploy, update, status, alias, deployments, reasons };
}

/** A stack whose alias is at its first version. */
export async function deployed(first: Release = { version: 'One' }, options: EmulatorOptions = {}) {
  const here = shifting(options);
  const TemplateBody = template(first);
  await here.cloudformation.createStack({ StackName, TemplateBody, Capabilities });
  await here.clock.settle();
  return here;
}
