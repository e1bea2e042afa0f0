import { EC2 } from '@aws-sdk/client-ec2';
import { SSM } from '@aws-sdk/client-ssm';
import { spawnSync } from 'node:child_process';
import { accountWithRole, trustOf } from '../../../test/support/functions';

const boto3 = spawnSync('python3', ['-c', 'import boto3']).status === 0;
const python = spawnSync('python3', ['--version']).status === 0;
const onPython = python ? test : test.skip;
const onBoto3 = boto3 ? test : test.skip;

async function account() {
  const made = await accountWithRole();
  const { client, clock, iam } = made;
  const ssm = client(SSM);
  await iam.createRole({
    RoleName: 'runner',
    AssumeRolePolicyDocument: trustOf('ssm.amazonaws.com'),
  });
  const role = 'arn:aws:iam::000000000000:role/runner';

  const may = (...Action: string[]) =>
    iam.putRolePolicy({
      RoleName: 'runner',
      PolicyName: 'may',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
      }),
    });

  async function run(step: object, more: object = { assumeRole: role }) {
    const Name = `Runbook-${String((counter += 1))}`;
    const mainSteps = [{ name: 'step', ...step }];
    await ssm.createDocument({
      Name,
      Content: JSON.stringify({ schemaVersion: '0.3', mainSteps, ...more }),
      DocumentType: 'Automation',
    });
    const { AutomationExecutionId } = await ssm.startAutomationExecution({ DocumentName: Name });
    await clock.settle();
    const { StepExecutions } = await ssm.describeAutomationStepExecutions({
      AutomationExecutionId,
    });
    const {
      StepStatus: status,
      Outputs: outputs = {},
      FailureMessage: message = '',
    } = StepExecutions?.[0] ?? {};
    return { status, outputs, message };
  }

  let counter = 0;
  const script = (text: string, inputs: object = {}) => ({
    action: 'aws:executeScript',
    inputs: { Runtime: 'python3.11', Handler: 'handler', Script: text, ...inputs },
  });
  return { ...made, ssm, may, run, script };
}

describe('aws:executeScript', () => {
  onPython('gets its payload and context, prints, and answers outputs', async () => {
    const { run, script } = await account();
    const text = [
      'def handler(events, context):',
      '    print("adding in " + context["global:REGION"])',
      '    return {"sum": sum(events["numbers"]), "kind": "sum"}',
    ].join('\n');
    const outputs = [
      { Name: 'Sum', Selector: '$.Payload.sum', Type: 'Integer' },
      { Name: 'Kind', Selector: '$.Payload.kind', Type: 'String' },
    ];

    const ran = await run({ ...script(text, { InputPayload: { numbers: [1, 2, 4] } }), outputs });

    expect(ran).toEqual({
      status: 'Success',
      message: '',
      outputs: {
        Payload: ['{"sum":7,"kind":"sum"}'],
        ExecutionLog: ['adding in us-east-1\n'],
        Sum: ['7'],
        Kind: ['sum'],
        OutputPayload: [
          '{"Payload":{"sum":7,"kind":"sum"},"ExecutionLog":"adding in us-east-1\\n"}',
        ],
      },
    });
  });

  onPython('that raises fails with its own line and error', async () => {
    const { run, script } = await account();

    const { status, message } = await run(
      script('def handler(events, context):\n    raise ValueError("no such colour")'),
    );

    expect(status).toBe('Failed');
    expect(message).toContain('Step fails when it is Poll action status for completion.');
    expect(message).toContain('customer_script.py", line 2, in handler');
    expect(message).toContain('ValueError - no such colour. Please refer to');
  });

  // Importing boto3 takes seconds on a busy machine.
  onBoto3(
    'calls the account as the role of the automation, and no further',
    async () => {
      const { run, script, may, ssm } = await account();
      await ssm.putParameter({ Name: '/light', Type: 'String', Value: 'red' });
      await may('ssm:GetParameter');
      const text = [
        'import boto3',
        'def handler(events, context):',
        '    ssm = boto3.client("ssm")',
        '    print(ssm.get_parameter(Name=events["name"])["Parameter"]["Value"])',
        '    ssm.delete_parameter(Name=events["name"])',
      ].join('\n');

      const { status, message } = await run(script(text, { InputPayload: { name: '/light' } }));

      expect(status).toBe('Failed');
      expect(message).toContain('AccessDeniedException - An error occurred');
      expect(message).toContain('when calling the DeleteParameter operation');
      expect(message).toContain('assumed-role/runner/Automation-');
    },
    30_000,
  );

  onPython('has no keys without a role', async () => {
    const { run, script } = await account();
    const text =
      'import os\ndef handler(events, context):\n    return os.environ["AWS_ACCESS_KEY_ID"]';
    expect((await run(script(text), {})).outputs['Payload']).toEqual(['']);
    expect((await run(script(text))).outputs['Payload']?.[0]).toMatch(/^ASIA/);
  });

  test.each([
    ['PowerShell', { Runtime: 'PowerShell 7.0' }, 'of PowerShell 7.0 is not emulated'],
    ['an attachment', { Attachment: 'a.zip' }, 'with an Attachment is not emulated'],
    ['an unknown runtime', { Runtime: 'ruby3.4' }, 'Runtime ruby3.4 is not supported'],
  ])('with %s fails by name', async (_what, inputs, message) => {
    const { run, script } = await account();
    expect((await run(script('x = 1', inputs))).message).toContain(message);
  });

  test('on a machine without python3 says that it is not emulated', async () => {
    const { run, script } = await account();
    const path = process.env['PATH'];
    process.env['PATH'] = '/nowhere';
    try {
      const { message } = await run(script('def handler(events, context):\n    return 1'));
      expect(message).toContain('aws:executeScript on a machine without python3 is not emulated');
    } finally {
      process.env['PATH'] = path;
    }
  });
});

describe('aws:invokeLambdaFunction', () => {
  const invoke = (inputs: object, more: object = {}) => ({
    action: 'aws:invokeLambdaFunction',
    inputs: { FunctionName: 'orders', ...inputs },
    ...more,
  });
  const doubling = 'exports.handler = async ({ number }) => ({ doubled: number * 2 });';

  test('gives the function its payload and takes its answer', async () => {
    const { run, may, create } = await account();
    await create(doubling);
    await may('lambda:InvokeFunction');
    const outputs = [{ Name: 'Doubled', Selector: '$.Payload.doubled', Type: 'Integer' }];

    const asObject = await run(invoke({ InputPayload: { number: 21 } }, { outputs }));
    const asText = await run(invoke({ Payload: '{"number": 4}' }));

    expect(asObject).toEqual({
      status: 'Success',
      message: '',
      outputs: { StatusCode: ['200'], Payload: ['{"doubled":42}'], Doubled: ['42'] },
    });
    expect(asText.outputs['Payload']).toEqual(['{"doubled":8}']);
  });

  test('fails when the function does, or the role may not call it', async () => {
    const { run, may, create } = await account();
    await create('exports.handler = async () => { throw new Error("no stock"); };');

    expect((await run(invoke({}))).message).toContain('AccessDeniedException');
    await may('lambda:InvokeFunction');
    const { status, message } = await run(invoke({}));
    expect(status).toBe('Failed');
    expect(message).toContain('Unhandled error');
    expect(message).toContain('no stock');
  });
});

test('aws:createTags tags resources of EC2, or of Systems Manager', async () => {
  const { run, may, client, ssm } = await account();
  const { GroupId = '' } = await client(EC2).createSecurityGroup({
    GroupName: 'a',
    Description: 'a',
  });
  await ssm.putParameter({ Name: '/light', Type: 'String', Value: 'red' });
  await may('ec2:CreateTags', 'ssm:AddTagsToResource');
  const tag = (inputs: object) => ({
    action: 'aws:createTags',
    inputs: { Tags: [{ Key: 'seen', Value: 'yes' }], ...inputs },
  });

  expect((await run(tag({ ResourceIds: [GroupId] }))).status).toBe('Success');
  const other = await run(tag({ ResourceType: 'Parameter', ResourceIds: ['/light'] }));
  expect(other.status).toBe('Success');

  const { SecurityGroups } = await client(EC2).describeSecurityGroups({ GroupIds: [GroupId] });
  expect(SecurityGroups?.[0]?.Tags).toEqual([{ Key: 'seen', Value: 'yes' }]);
  const { TagList } = await ssm.listTagsForResource({
    ResourceType: 'Parameter',
    ResourceId: '/light',
  });
  expect(TagList).toEqual([{ Key: 'seen', Value: 'yes' }]);
});
