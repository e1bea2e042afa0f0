import { EC2 } from '@aws-sdk/client-ec2';
import { IAM } from '@aws-sdk/client-iam';
import { SSM } from '@aws-sdk/client-ssm';
import { STS } from '@aws-sdk/client-sts';
import { emulated } from '../../../test/support/emulated';

const runbook = 'AWS-DisablePublicAccessForSecurityGroup';

function account() {
  const { client, clock } = emulated();
  const ssm = client(SSM);

  /** Runs a document of these steps to its end, or to its first wait. */
  async function run(mainSteps: object[], document: object = {}, Parameters = {}) {
    const Name = `Runbook-${String(counter++)}`;
    await ssm.createDocument({
      Name,
      Content: JSON.stringify({ schemaVersion: '0.3', mainSteps, ...document }),
      DocumentType: 'Automation',
    });
    return start(Name, Parameters);
  }

  async function start(DocumentName: string, Parameters: Record<string, string[]> = {}) {
    const { AutomationExecutionId = '' } = await ssm.startAutomationExecution({
      DocumentName,
      Parameters,
    });
    await clock.settle();
    return AutomationExecutionId;
  }

  async function look(AutomationExecutionId: string) {
    const { AutomationExecution } = await ssm.getAutomationExecution({ AutomationExecutionId });
    const steps = AutomationExecution?.StepExecutions ?? [];
    return {
      ...AutomationExecution,
      status: AutomationExecution?.AutomationExecutionStatus,
      steps,
      statuses: Object.fromEntries(steps.map((s) => [s.StepName, s.StepStatus])),
    };
  }

  let counter = 1;
  return { client, clock, ssm, run, start, look };
}

test('aws:branch that is the end ends the automation only where no choice holds', async () => {
  const { run, look } = account();
  const steps = (value: string) => [
    {
      name: 'choose',
      action: 'aws:branch',
      inputs: { Choices: [{ NextStep: 'go', Variable: value, StringEquals: 'yes' }] },
      isEnd: true,
    },
    sleep('go'),
  ];
  expect((await look(await run(steps('yes')))).statuses).toEqual({
    choose: 'Success',
    go: 'Success',
  });
  expect((await look(await run(steps('no')))).statuses).toEqual({
    choose: 'Success',
    go: 'Pending',
  });
});

const sleep = (name: string, more: object = {}) => ({
  name,
  action: 'aws:sleep',
  inputs: { Duration: 'PT0S' },
  ...more,
});

const callUnknownGroup = (name: string, more: object = {}) => ({
  name,
  action: 'aws:executeAwsApi',
  inputs: { Service: 'ec2', Api: 'DescribeSecurityGroups', GroupIds: ['sg-00000000000000000'] },
  ...more,
});

test('Steps run in order and outputs of one are inputs of the next', async () => {
  const { run, look, ssm } = account();
  await ssm.putParameter({ Name: '/source', Type: 'String', Value: 'precious' });
  const id = await run(
    [
      {
        name: 'read',
        action: 'aws:executeAwsApi',
        inputs: { Service: 'ssm', Api: 'GetParameter', Name: '{{ From }}' },
        outputs: [
          { Name: 'Value', Selector: '$.Parameter.Value', Type: 'String' },
          { Name: 'Version', Selector: '$.Parameter.Version', Type: 'Integer' },
        ],
      },
      {
        name: 'write',
        action: 'aws:executeAwsApi',
        inputs: {
          Service: 'ssm',
          Api: 'PutParameter',
          Name: '/target',
          Type: 'String',
          Value: '{{ read.Value }} from {{ From }} v{{ read.Version }} in {{ global:REGION }}',
        },
      },
    ],
    { parameters: { From: { type: 'String', default: '/source' } }, outputs: ['read.Value'] },
  );
  const execution = await look(id);
  expect(execution.FailureMessage).toBeUndefined();
  expect(execution).toMatchObject({
    status: 'Success',
    statuses: { read: 'Success', write: 'Success' },
    Outputs: { 'read.Value': ['precious'] },
    Parameters: { From: ['/source'] },
    ExecutedBy: 'arn:aws:iam::000000000000:root',
  });
  const { Parameter } = await ssm.getParameter({ Name: '/target' });
  expect(Parameter?.Value).toBe('precious from /source v1 in us-east-1');
});

test('A failed call ends the automation and says what AWS said', async () => {
  const { run, look } = account();
  const execution = await look(await run([callUnknownGroup('look'), sleep('after')]));
  const message =
    "Step fails when it is Execute/Cancelling action. An error occurred (InvalidGroup.NotFound) when calling the DescribeSecurityGroups operation: The security group 'sg-00000000000000000' does not exist. Please refer to Automation Service Troubleshooting Guide for more diagnosis details.";
  expect(execution).toMatchObject({
    status: 'Failed',
    FailureMessage: message,
    statuses: { look: 'Failed', after: 'Pending' },
  });
  expect(execution.steps[0]?.FailureMessage).toBe(message);
});

test.each([
  ['Continue', { onFailure: 'Continue' }, ['Success', 'Success']],
  ['Continue, critical', { onFailure: 'Continue', isCritical: true }, ['Failed', 'Success']],
  ['a jump', { onFailure: 'step:last' }, ['Failed', 'Pending']],
  ['a jump, not critical', { onFailure: 'step:last', isCritical: false }, ['Success', 'Pending']],
  ['Continue, but the end', { onFailure: 'Continue', isEnd: true }, ['Success', 'Pending']],
])('onFailure with %s', async (_what, more, [status, middle]) => {
  const { run, look } = account();
  const id = await run([callUnknownGroup('first', more), sleep('middle'), sleep('last')]);
  expect(await look(id)).toMatchObject({ status, statuses: { first: 'Failed', middle } });
});

test('A step that fails is tried maxAttempts times', async () => {
  const { run, look, ssm } = account();
  const count = {
    name: 'count',
    action: 'aws:executeAwsApi',
    inputs: { Service: 'ssm', Api: 'LabelParameterVersion', Name: '/no', Labels: ['a'] },
    maxAttempts: 3,
  };
  const execution = await look(await run([count]));
  expect(execution.steps[0]).toMatchObject({ MaxAttempts: 3, StepStatus: 'Failed' });
  await expect(ssm.getParameter({ Name: '/no' })).rejects.toThrow();
});

test('aws:branch jumps to the first choice that holds, else to the default', async () => {
  const { run, look } = account();
  const branch = (value: string) => [
    {
      name: 'choose',
      action: 'aws:branch',
      inputs: {
        Choices: [
          { NextStep: 'small', Variable: value, NumericLesser: 10 },
          {
            NextStep: 'middle',
            And: [
              { Variable: value, NumericGreaterOrEquals: 10 },
              { Not: { Variable: value, StringEquals: '99' } },
            ],
          },
        ],
        Default: 'large',
      },
    },
    sleep('small', { isEnd: true }),
    sleep('middle', { isEnd: true }),
    sleep('large', { isEnd: true }),
  ];
  const taken = async (value: string) => {
    const { steps } = await look(await run(branch(value)));
    return steps.slice(1).find(({ StepStatus }) => StepStatus === 'Success')?.StepName;
  };
  await expect(taken('3')).resolves.toBe('small');
  await expect(taken('42')).resolves.toBe('middle');
  await expect(taken('99')).resolves.toBe('large');
});

test('aws:sleep waits on the simulated clock', async () => {
  const { run, look, clock } = account();
  const id = await run([sleep('wait', { inputs: { Duration: 'PT10M' } }), sleep('after')]);
  expect(await look(id)).toMatchObject({ status: 'InProgress', CurrentStepName: 'wait' });
  await clock.advance('9m');
  expect((await look(id)).status).toBe('InProgress');
  await clock.advance('1m');
  expect((await look(id)).statuses).toEqual({ wait: 'Success', after: 'Success' });
});

const parameterIs = (action: string, value: string, more: object = {}) => ({
  name: 'look',
  action,
  inputs: {
    Service: 'ssm',
    Api: 'GetParameter',
    Name: '/light',
    PropertySelector: '$.Parameter.Value',
    DesiredValues: [value],
  },
  ...more,
});

test('aws:assertAwsResourceProperty fails at once when the property differs', async () => {
  const { run, look, ssm } = account();
  await ssm.putParameter({ Name: '/light', Type: 'String', Value: 'red' });
  const assert = (value: string) => parameterIs('aws:assertAwsResourceProperty', value);
  expect((await look(await run([assert('red')]))).status).toBe('Success');
  const execution = await look(await run([assert('green')]));
  expect(execution.status).toBe('Failed');
  expect(execution.FailureMessage).toContain('"red" is not in desired values: ["green"]');
});

test('aws:waitForAwsResourceProperty goes on when the property has the value', async () => {
  const { run, look, ssm, clock } = account();
  await ssm.putParameter({ Name: '/light', Type: 'String', Value: 'red' });
  const id = await run([parameterIs('aws:waitForAwsResourceProperty', 'green')]);
  await clock.advance('10m');
  expect((await look(id)).status).toBe('InProgress');
  await ssm.putParameter({ Name: '/light', Value: 'green', Overwrite: true });
  await clock.advance('1m');
  expect((await look(id)).status).toBe('Success');
});

test('aws:waitForAwsResourceProperty times out after timeoutSeconds', async () => {
  const { run, look, ssm, clock } = account();
  await ssm.putParameter({ Name: '/light', Type: 'String', Value: 'red' });
  const wait = parameterIs('aws:waitForAwsResourceProperty', 'green', { timeoutSeconds: 100 });
  const id = await run([wait]);
  await clock.advance('99s');
  expect((await look(id)).status).toBe('InProgress');
  await clock.advance('1s');
  expect(await look(id)).toMatchObject({ status: 'TimedOut', statuses: { look: 'TimedOut' } });
});

test('An action that is not emulated fails its step by name', async () => {
  const { run, look } = account();
  const execution = await look(await run([{ name: 'ask', action: 'aws:approve' }]));
  expect(execution.FailureMessage).toContain('aws:approve is not emulated');
});

test('A service that is not emulated fails its step by name', async () => {
  const { run, look } = account();
  const inputs = { Service: 'rds', Api: 'DescribeDBInstances' };
  const execution = await look(await run([{ name: 'a', action: 'aws:executeAwsApi', inputs }]));
  expect(execution.FailureMessage).toContain('aws:executeAwsApi of rds is not emulated');
});

test('Steps that jump in circles end', async () => {
  const { run, look } = account();
  const id = await run([sleep('tick', { nextStep: 'tock' }), sleep('tock', { nextStep: 'tick' })]);
  expect((await look(id)).status).toBe('Failed');
});

test('StopAutomationExecution cancels a step that waits', async () => {
  const { run, look, ssm, clock } = account();
  const id = await run([sleep('wait', { inputs: { Duration: 'PT1H' } }), sleep('after')]);
  await ssm.stopAutomationExecution({ AutomationExecutionId: id });
  await clock.advance('2h');
  expect(await look(id)).toMatchObject({
    status: 'Cancelled',
    statuses: { wait: 'Cancelled', after: 'Pending' },
  });
  await expect(ssm.stopAutomationExecution({ AutomationExecutionId: id })).rejects.toMatchObject({
    name: 'InvalidAutomationStatusUpdateException',
  });
});

test('StartAutomationExecution of an unknown document or version is refused', async () => {
  const { ssm } = account();
  await expect(ssm.startAutomationExecution({ DocumentName: 'Nope' })).rejects.toMatchObject({
    name: 'AutomationDefinitionNotFoundException',
  });
  await expect(
    ssm.startAutomationExecution({ DocumentName: runbook, DocumentVersion: '7' }),
  ).rejects.toMatchObject({ name: 'AutomationDefinitionVersionNotFoundException' });
});

test.each([
  ['without a required parameter', {}, 'Parameter "GroupId" is required but has no value.'],
  [
    'with an unknown parameter',
    { GroupId: ['sg-0'], Colour: ['red'] },
    'Parameter "Colour" is not defined in the document.',
  ],
  ['with a value outside the pattern', { GroupId: ['vpc-0'] }, 'Parameter "GroupId" has value'],
  [
    'with a role that does not exist',
    { GroupId: ['sg-0'], AutomationAssumeRole: ['arn:aws:iam::000000000000:role/nope'] },
    'The defined assume role is unable to be assumed.',
  ],
])(
  'StartAutomationExecution %s is refused (text unverified)',
  async (_what, Parameters, message) => {
    const { ssm } = account();
    await expect(
      ssm.startAutomationExecution({ DocumentName: runbook, Parameters }),
    ).rejects.toMatchObject({
      name: 'InvalidAutomationExecutionParametersException',
      message: expect.stringContaining(message) as unknown,
    });
  },
);

const world = (port: number) => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  IpRanges: [{ CidrIp: '0.0.0.0/0' }],
});

async function openGroup(ec2: EC2, VpcId?: string) {
  const { GroupId = '' } = await ec2.createSecurityGroup({
    GroupName: 'open',
    Description: 'open',
    VpcId,
  });
  await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [world(22), world(443)] });
  return GroupId;
}

async function openPorts(ec2: EC2, GroupId: string) {
  const { SecurityGroups = [] } = await ec2.describeSecurityGroups({ GroupIds: [GroupId] });
  return SecurityGroups[0]?.IpPermissions?.map(({ FromPort }) => FromPort);
}

test('AWS-DisablePublicAccessForSecurityGroup closes 22 in the default VPC and nothing else', async () => {
  const { client, start, look } = account();
  const ec2 = client(EC2);
  const GroupId = await openGroup(ec2);
  expect((await look(await start(runbook, { GroupId: [GroupId] }))).status).toBe('Success');
  await expect(openPorts(ec2, GroupId)).resolves.toEqual([443]);
});

test('AWS-DisablePublicAccessForSecurityGroup fails outside the default VPC and revokes nothing', async () => {
  const { client, start, look } = account();
  const ec2 = client(EC2);
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16' });
  const GroupId = await openGroup(ec2, Vpc?.VpcId);
  const execution = await look(await start(runbook, { GroupId: [GroupId] }));
  expect(execution.status).toBe('Failed');
  expect(execution.FailureMessage).toContain('(InvalidPermission.NotFound)');
  await expect(openPorts(ec2, GroupId)).resolves.toEqual([22, 443]);
});

test('AWSConfigRemediation-RemoveUnrestrictedSourceIngressRules removes every rule open to everyone', async () => {
  const { client, start, look } = account();
  const ec2 = client(EC2);
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16' });
  const SecurityGroupId = await openGroup(ec2, Vpc?.VpcId);
  const office = { ...world(22), IpRanges: [{ CidrIp: '203.0.113.0/24' }] };
  const all6 = { ...world(80), IpRanges: [], Ipv6Ranges: [{ CidrIpv6: '::/0' }] };
  await ec2.authorizeSecurityGroupIngress({
    GroupId: SecurityGroupId,
    IpPermissions: [office, all6],
  });
  const role = await makeRole(client(IAM), [
    'ec2:DescribeSecurityGroups',
    'ec2:RevokeSecurityGroupIngress',
  ]);

  const parameters = { SecurityGroupId: [SecurityGroupId], AutomationAssumeRole: [role] };
  const document = 'AWSConfigRemediation-RemoveUnrestrictedSourceIngressRules';
  expect((await look(await start(document, parameters))).status).toBe('Success');

  const { SecurityGroups } = await ec2.describeSecurityGroups({ GroupIds: [SecurityGroupId] });
  expect(SecurityGroups?.[0]?.IpPermissions).toMatchObject([
    { FromPort: 22, IpRanges: [{ CidrIp: '203.0.113.0/24' }], Ipv6Ranges: [] },
  ]);
  expect((await look(await start(document, parameters))).status).toBe('Success');
  await expect(start(document, { SecurityGroupId: [SecurityGroupId] })).rejects.toMatchObject({
    name: 'InvalidAutomationExecutionParametersException',
  });
});

async function makeRole(iam: IAM, actions: string[], service = 'ssm.amazonaws.com') {
  const { Role } = await iam.createRole({
    RoleName: 'Automation',
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: service },
          Action: 'sts:AssumeRole',
          Condition: {
            StringEquals: { 'aws:SourceAccount': '000000000000' },
            ArnLike: { 'aws:SourceArn': 'arn:aws:ssm:*:000000000000:automation-execution/*' },
          },
        },
      ],
    }),
  });
  await iam.putRolePolicy({
    RoleName: 'Automation',
    PolicyName: 'May',
    PolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
    }),
  });
  return Role?.Arn ?? '';
}

test('Steps act as the automation role and fail where it may not', async () => {
  const { client, start, look } = account();
  const ec2 = client(EC2);
  const GroupId = await openGroup(ec2);
  const role = await makeRole(client(IAM), ['ec2:DescribeSecurityGroups']);
  const parameters = { GroupId: [GroupId], AutomationAssumeRole: [role] };
  const denied = await look(await start(runbook, parameters));
  expect(denied.status).toBe('Failed');
  expect(denied.FailureMessage).toContain('RevokeSecurityGroupIngress operation: You are not auth');
  expect(denied.FailureMessage).toContain('assumed-role/Automation/Automation-');
  await client(IAM).putRolePolicy({
    RoleName: 'Automation',
    PolicyName: 'More',
    PolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'ec2:RevokeSecurityGroupIngress', Resource: '*' }],
    }),
  });
  expect((await look(await start(runbook, parameters))).status).toBe('Success');
});

test('Whoever starts an automation with a role must be allowed to pass it (text unverified)', async () => {
  const { client } = account();
  const [iam, sts] = [client(IAM), client(STS)];
  const role = await makeRole(iam, ['ec2:*']);
  const root = 'arn:aws:iam::000000000000:root';
  const { Role } = await iam.createRole({
    RoleName: 'Starter',
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: root }, Action: 'sts:AssumeRole' }],
    }),
  });
  await iam.putRolePolicy({
    RoleName: 'Starter',
    PolicyName: 'May',
    PolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'ssm:StartAutomationExecution', Resource: '*' }],
    }),
  });
  const { Credentials: credentials } = await sts.assumeRole({
    RoleArn: Role?.Arn,
    RoleSessionName: 'me',
  });
  await expect(
    client(SSM, { credentials }).startAutomationExecution({
      DocumentName: runbook,
      Parameters: { GroupId: ['sg-0'], AutomationAssumeRole: [role] },
    }),
  ).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining(`iam:PassRole on resource: ${role}`) as unknown,
  });
});

test('A role that trusts another service is refused at the start', async () => {
  const { client, start } = account();
  const role = await makeRole(client(IAM), ['ec2:*'], 'config.amazonaws.com');
  await expect(
    start(runbook, { GroupId: ['sg-0'], AutomationAssumeRole: [role] }),
  ).rejects.toMatchObject({ name: 'InvalidAutomationExecutionParametersException' });
});

test('DescribeAutomationExecutions lists newest first and filters by status', async () => {
  const { run, ssm } = account();
  const good = await run([sleep('a')]);
  const bad = await run([callUnknownGroup('a')]);
  const ids = async (Values?: string[]) =>
    (
      await ssm.describeAutomationExecutions(
        Values ? { Filters: [{ Key: 'ExecutionStatus', Values }] } : {},
      )
    ).AutomationExecutionMetadataList?.map((one) => one.AutomationExecutionId);
  await expect(ids()).resolves.toEqual([bad, good]);
  await expect(ids(['Failed'])).resolves.toEqual([bad]);
});

test('DescribeAutomationStepExecutions filters by step', async () => {
  const { run, ssm } = account();
  const AutomationExecutionId = await run([sleep('a'), sleep('b')]);
  const { StepExecutions } = await ssm.describeAutomationStepExecutions({
    AutomationExecutionId,
    Filters: [{ Key: 'StepName', Values: ['b'] }],
  });
  expect(StepExecutions?.map(({ StepName }) => StepName)).toEqual(['b']);
});
