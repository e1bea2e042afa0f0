import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { IAM } from '@aws-sdk/client-iam';
import {
  Capabilities,
  deployed,
  policy,
  StackName,
  template,
} from '../../../test/support/shifting-stack';

test('the alias is created without CodeDeploy, and changes its version by a canary', async () => {
  const { update, status, alias, deployments, clock } = await deployed();
  expect(await status()).toBe('CREATE_COMPLETE');
  expect(await deployments()).toEqual([]);

  await update({ version: 'Two' });
  expect(await status()).toBe('UPDATE_IN_PROGRESS');
  expect(await alias()).toEqual(['1', { '2': 0.1 }]);
  await clock.advance('5m');

  expect(await status()).toBe('UPDATE_COMPLETE');
  expect(await alias()).toEqual(['2', undefined]);
  expect(await deployments()).toEqual(['CloudFormation Succeeded']);
});

test('an alarm during the shift takes alias and stack back (C1.8)', async () => {
  const { update, status, alias, deployments, reasons, clock, client } = await deployed();
  await update({ version: 'Two' });
  await clock.advance('1m');

  await client(CloudWatch).putMetricData({
    Namespace: 'Orders',
    MetricData: [{ MetricName: 'Errors', Value: 5 }],
  });
  await clock.advance('2m');

  expect(await status()).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await alias()).toEqual(['1', undefined]);
  expect(await deployments()).toEqual([
    'CloudFormation Stopped',
    'codeDeployRollback Succeeded',
    'CloudFormationRollback Succeeded',
  ]);
  expect(await reasons()).toEqual([
    'Alias: One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the affected deployments have been stopped. Activated alarms: errors',
  ]);
});

test('a hook that the service role may not call fails the update', async () => {
  const { update, status, alias, reasons } = await deployed();

  await update({
    version: 'Two',
    UpdatePolicy: {
      CodeDeployLambdaAliasUpdate: {
        ...policy.CodeDeployLambdaAliasUpdate,
        BeforeAllowTrafficHook: { Ref: 'Function' },
      },
    },
  });

  expect(await status()).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await alias()).toEqual(['1', undefined]);
  expect(await reasons()).toEqual([
    expect.stringMatching(/^Alias: The IAM role .+ does not give you permission/),
  ]);
});

test('a policy that comes together with a new version counts for it', async () => {
  const { update, alias, deployments, clock } = await deployed({
    version: 'One',
    UpdatePolicy: {},
  });

  await update({ version: 'Two' });
  expect(await alias()).toEqual(['1', { '2': 0.1 }]);
  await clock.advance('5m');

  expect(await deployments()).toEqual(['CloudFormation Succeeded']);
});

test('without the policy, or without another version, CodeDeploy is not asked', async () => {
  const { update, alias, status, deployments } = await deployed();

  await update({ version: 'One', description: 'the orders service' });
  expect(await status()).toBe('UPDATE_COMPLETE');
  await update({ version: 'Two', UpdatePolicy: {} });

  expect(await alias()).toEqual(['2', undefined]);
  expect(await deployments()).toEqual([]);
});

test('CancelUpdateStack stops the deployment and goes back', async () => {
  const { update, status, alias, deployments, cloudformation, clock } = await deployed();
  await update({ version: 'Two' });

  await cloudformation.cancelUpdateStack({ StackName });
  await clock.settle();

  expect(await status()).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await alias()).toEqual(['1', undefined]);
  expect(await deployments()).toEqual([
    'CloudFormation Stopped',
    'CloudFormationRollback Succeeded',
  ]);
});

test('the stack’s role needs leave to make deployments', async () => {
  const { update, reasons, client } = await deployed();
  const iam = client(IAM);
  await iam.createRole({
    RoleName: 'stack',
    AssumeRolePolicyDocument: JSON.stringify({
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'cloudformation.amazonaws.com' },
        Action: 'sts:AssumeRole',
      },
    }),
  });
  await iam.putRolePolicy({
    RoleName: 'stack',
    PolicyName: 'most',
    PolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', NotAction: 'codedeploy:CreateDeployment', Resource: '*' },
    }),
  });

  await update({ version: 'Two' }, { RoleARN: 'arn:aws:iam::000000000000:role/stack' });

  expect(await reasons()).toEqual([
    expect.stringMatching(
      /^Alias: .*is not authorized to perform: codedeploy:CreateDeployment on resource/,
    ),
  ]);
});

test('a name in the policy that is no resource is refused before anything happens (LocalStack test_references.py)', async () => {
  const { cloudformation } = await deployed();
  const UpdatePolicy = {
    CodeDeployLambdaAliasUpdate: { ApplicationName: 'a', DeploymentGroupName: { Ref: 'Nope' } },
  };

  await expect(
    cloudformation.updateStack({
      StackName,
      TemplateBody: template({ version: 'Two', UpdatePolicy }),
      Capabilities,
    }),
  ).rejects.toMatchObject({
    name: 'ValidationError',
    message:
      'Template format error: Unresolved resource dependencies [Nope] in the Resources block of the template',
  });
});
