import { CloudFormation, type Parameter } from '@aws-sdk/client-cloudformation';
import { IAM } from '@aws-sdk/client-iam';
import { SQS } from '@aws-sdk/client-sqs';
import { SSM } from '@aws-sdk/client-ssm';
import { STS } from '@aws-sdk/client-sts';
import { emulated } from '../../../test/support/emulated';

const parameter = (Name: unknown, Value: unknown, more: object = {}) => ({
  Type: 'AWS::SSM::Parameter',
  ...more,
  Properties: { Name, Type: 'String', Value },
});
const queue = (Properties: object = {}, more: object = {}) => ({
  Type: 'AWS::SQS::Queue',
  ...more,
  Properties,
});
const template = (Resources: object, more: object = {}) => JSON.stringify({ Resources, ...more });

function setUp() {
  const emulator = emulated();
  const [cfn, ssm, sqs] = [
    emulator.client(CloudFormation),
    emulator.client(SSM),
    emulator.client(SQS),
  ];
  return {
    ...emulator,
    cfn,
    ssm,
    sqs,
    create: async (StackName: string, Resources: object, more: object = {}) => {
      const { StackId = '' } = await cfn.createStack({
        StackName,
        TemplateBody: template(Resources),
        ...more,
      });
      return StackId;
    },
    update: async (StackName: string, Resources: object, more: object = {}) => {
      await cfn.updateStack({ StackName, TemplateBody: template(Resources), ...more });
    },
    stack: async (StackName: string) => {
      const { Stacks: [stack] = [] } = await cfn.describeStacks({ StackName });
      return stack;
    },
    /** `LogicalId STATUS reason`, oldest first. */
    history: async (StackName: string) => {
      const { StackEvents: events = [] } = await cfn.describeStackEvents({ StackName });
      return events
        .toReversed()
        .map(({ LogicalResourceId: id, ResourceStatus: status, ResourceStatusReason: reason }) =>
          [id, status, reason].filter(Boolean).join(' '),
        );
    },
    value: async (Name: string) => {
      return (await ssm.getParameter({ Name })).Parameter?.Value;
    },
  };
}

test('a created stack tells each step in AWS’s words, dependencies first', async () => {
  const { create, history, stack, value } = setUp();

  await create('s', {
    Name: parameter('/name', { Ref: 'Queue' }),
    Queue: queue({ QueueName: 'orders' }),
  });

  expect(await history('s')).toEqual([
    's CREATE_IN_PROGRESS User Initiated',
    'Queue CREATE_IN_PROGRESS',
    'Queue CREATE_IN_PROGRESS Resource creation Initiated',
    'Queue CREATE_COMPLETE',
    'Name CREATE_IN_PROGRESS',
    'Name CREATE_IN_PROGRESS Resource creation Initiated',
    'Name CREATE_COMPLETE',
    's CREATE_COMPLETE',
  ]);
  expect(await stack('s')).toMatchObject({
    StackStatus: 'CREATE_COMPLETE',
    DisableRollback: false,
  });
  expect(await value('/name')).toBe('http://127.0.0.1:4566/000000000000/orders');
});

test('events have ids of their own although the clock stands still, and carry the token', async () => {
  const { cfn, create } = setUp();

  await create('s', { A: parameter('/a', '1') }, { ClientRequestToken: 'token-1' });

  const { StackEvents: events = [] } = await cfn.describeStackEvents({ StackName: 's' });
  expect(new Set(events.map(({ EventId: id }) => id)).size).toBe(events.length);
  expect(events.map(({ ClientRequestToken: token }) => token)).toEqual(events.map(() => 'token-1'));
  expect(events[1]).toMatchObject({
    EventId: expect.stringMatching(/^A-CREATE_COMPLETE-2026-01-01T/),
    PhysicalResourceId: '/a',
    ResourceProperties: '{"Name":"/a","Type":"String","Value":"1"}',
  });
});

test('resources get the stack’s tags and CloudFormation’s own', async () => {
  const { create, sqs } = setUp();

  const id = await create(
    's',
    { Queue: queue({ QueueName: 'q' }) },
    {
      Tags: [{ Key: 'dop-labs:lab', Value: 'lab-05' }],
    },
  );

  const { QueueUrl } = await sqs.getQueueUrl({ QueueName: 'q' });
  const { Tags: tags } = await sqs.listQueueTags({ QueueUrl });
  expect(tags).toMatchObject({
    'dop-labs:lab': 'lab-05',
    'aws:cloudformation:stack-name': 's',
    'aws:cloudformation:stack-id': id,
    'aws:cloudformation:logical-id': 'Queue',
  });
});

test('a resource that fails rolls the creation back and says why (text unverified)', async () => {
  const { create, history, ssm, stack } = setUp();
  await ssm.putParameter({ Name: '/taken', Type: 'String', Value: 'mine' });

  await create('s', {
    First: parameter('/first', '1'),
    Second: parameter('/taken', '2', { DependsOn: 'First' }),
    Third: parameter('/third', '3', { DependsOn: 'Second' }),
  });

  expect(await stack('s')).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
  const events = await history('s');
  expect(events).toEqual([
    's CREATE_IN_PROGRESS User Initiated',
    'First CREATE_IN_PROGRESS',
    'First CREATE_IN_PROGRESS Resource creation Initiated',
    'First CREATE_COMPLETE',
    'Second CREATE_IN_PROGRESS',
    expect.stringMatching(
      /^Second CREATE_FAILED Resource handler returned message: ".+ \(Service: Ssm, Status Code: 400, Request ID: .+\) \(SDK Attempt Count: 1\)" \(RequestToken: .+, HandlerErrorCode: AlreadyExists\)$/,
    ),
    's ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Second]. Rollback requested by user.',
    'Second DELETE_COMPLETE',
    'First DELETE_IN_PROGRESS',
    'First DELETE_COMPLETE',
    's ROLLBACK_COMPLETE',
  ]);
  await expect(ssm.getParameter({ Name: '/first' })).rejects.toThrow();
  expect((await ssm.getParameter({ Name: '/taken' })).Parameter?.Value).toBe('mine');
});

test.each([['AWS::Foo::Bar', {}]])(
  'a resource of type %s fails the stack and names the type',
  async (Type, Properties) => {
    const { create, history, stack } = setUp();

    await create('s', { Thing: { Type, Properties } });

    expect(await stack('s')).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
    expect(await history('s')).toContain(`Thing CREATE_FAILED ${Type} is not emulated`);
  },
);

test('OnFailure DO_NOTHING leaves what was made, and DELETE leaves nothing', async () => {
  const { create, ssm, stack } = setUp();
  const broken = { First: parameter('/first', '1'), Thing: { Type: 'AWS::Foo::Bar' } };

  await create('kept', broken, { OnFailure: 'DO_NOTHING' });

  expect(await stack('kept')).toMatchObject({
    StackStatus: 'CREATE_FAILED',
    StackStatusReason: 'The following resource(s) failed to create: [Thing]. ',
    DisableRollback: true,
  });
  expect((await ssm.getParameter({ Name: '/first' })).Parameter?.Value).toBe('1');

  const deleted = { First: parameter('/other', '1'), Thing: { Type: 'AWS::Foo::Bar' } };
  const id = await create('gone', deleted, { OnFailure: 'DELETE' });

  expect(await stack(id)).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
  await expect(stack('gone')).rejects.toMatchObject({ name: 'ValidationError' });
});

test('an update changes in place, creates, replaces and removes, and cleans up last', async () => {
  const { create, history, update, value, ssm, stack } = setUp();
  await create('s', {
    Changed: parameter('/changed', '1'),
    Renamed: parameter('/before', 'x'),
    Follower: parameter('/follower', { Ref: 'Renamed' }),
    Removed: parameter('/removed', '1'),
    Same: parameter('/same', '1'),
  });
  const before = (await history('s')).length;

  await update('s', {
    Changed: parameter('/changed', '2'),
    Renamed: parameter('/after', 'x'),
    Follower: parameter('/follower', { Ref: 'Renamed' }),
    Same: parameter('/same', '1'),
    Added: parameter('/added', '1'),
  });

  expect((await history('s')).slice(before)).toEqual([
    's UPDATE_IN_PROGRESS User Initiated',
    'Changed UPDATE_IN_PROGRESS',
    'Changed UPDATE_COMPLETE',
    'Renamed UPDATE_IN_PROGRESS Requested update requires the creation of a new physical resource; hence creating one.',
    'Renamed UPDATE_IN_PROGRESS Resource creation Initiated',
    'Renamed UPDATE_COMPLETE',
    'Follower UPDATE_IN_PROGRESS',
    'Follower UPDATE_COMPLETE',
    'Added CREATE_IN_PROGRESS',
    'Added CREATE_IN_PROGRESS Resource creation Initiated',
    'Added CREATE_COMPLETE',
    's UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'Removed DELETE_IN_PROGRESS',
    'Removed DELETE_COMPLETE',
    'Renamed DELETE_IN_PROGRESS',
    'Renamed DELETE_COMPLETE',
    's UPDATE_COMPLETE',
  ]);
  expect(await stack('s')).toMatchObject({ StackStatus: 'UPDATE_COMPLETE' });
  expect(await value('/follower')).toBe('/after');
  const { Parameters: left = [] } = await ssm.describeParameters({});
  expect(left.map(({ Name: name }) => name)).toEqual(
    expect.arrayContaining(['/added', '/after', '/changed', '/follower', '/same']),
  );
  await expect(value('/before')).rejects.toMatchObject({ name: 'ParameterNotFound' });
  await expect(value('/removed')).rejects.toMatchObject({ name: 'ParameterNotFound' });
});

test('an update that fails goes back to what was there', async () => {
  const { create, history, stack, update, value } = setUp();
  await create('s', {
    Changed: parameter('/changed', '1'),
    Renamed: parameter('/before', 'x'),
  });
  const before = (await history('s')).length;

  await update('s', {
    Changed: parameter('/changed', '2'),
    Renamed: parameter('/after', 'x', { DependsOn: 'Changed' }),
    Added: parameter('/added', 'x', { DependsOn: 'Renamed' }),
    Broken: { Type: 'AWS::Foo::Bar', DependsOn: 'Added' },
  });

  expect((await history('s')).slice(before)).toEqual([
    's UPDATE_IN_PROGRESS User Initiated',
    'Changed UPDATE_IN_PROGRESS',
    'Changed UPDATE_COMPLETE',
    'Renamed UPDATE_IN_PROGRESS Requested update requires the creation of a new physical resource; hence creating one.',
    'Renamed UPDATE_IN_PROGRESS Resource creation Initiated',
    'Renamed UPDATE_COMPLETE',
    'Added CREATE_IN_PROGRESS',
    'Added CREATE_IN_PROGRESS Resource creation Initiated',
    'Added CREATE_COMPLETE',
    'Broken CREATE_IN_PROGRESS',
    'Broken CREATE_FAILED AWS::Foo::Bar is not emulated',
    's UPDATE_ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Broken]. ',
    'Changed UPDATE_IN_PROGRESS',
    'Changed UPDATE_COMPLETE',
    'Renamed UPDATE_IN_PROGRESS',
    'Renamed UPDATE_COMPLETE',
    's UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
    'Broken DELETE_COMPLETE',
    'Added DELETE_IN_PROGRESS',
    'Added DELETE_COMPLETE',
    'Renamed DELETE_IN_PROGRESS',
    'Renamed DELETE_COMPLETE',
    's UPDATE_ROLLBACK_COMPLETE',
  ]);
  expect(await stack('s')).toMatchObject({ StackStatus: 'UPDATE_ROLLBACK_COMPLETE' });
  expect(await value('/changed')).toBe('1');
  expect(await value('/before')).toBe('x');
  await expect(value('/after')).rejects.toMatchObject({ name: 'ParameterNotFound' });
  await expect(value('/added')).rejects.toMatchObject({ name: 'ParameterNotFound' });

  await update('s', { Changed: parameter('/changed', '3'), Renamed: parameter('/before', 'x') });

  expect(await value('/changed')).toBe('3');
});

test('an update without rollback stops, and goes on with the next or goes back when asked', async () => {
  const { cfn, create, stack, update, value } = setUp();
  const broken = { A: parameter('/a', '2'), Thing: { Type: 'AWS::Foo::Bar', DependsOn: 'A' } };
  await create('s', { A: parameter('/a', '1') });

  await update('s', broken, { DisableRollback: true });

  expect(await stack('s')).toMatchObject({ StackStatus: 'UPDATE_FAILED' });
  expect(await value('/a')).toBe('2');

  await cfn.rollbackStack({ StackName: 's' });

  expect(await stack('s')).toMatchObject({ StackStatus: 'UPDATE_ROLLBACK_COMPLETE' });
  expect(await value('/a')).toBe('1');

  await update('s', broken, { DisableRollback: true });
  await update('s', { A: parameter('/a', '3') });

  expect(await stack('s')).toMatchObject({ StackStatus: 'UPDATE_COMPLETE' });
  expect(await value('/a')).toBe('3');
});

test('an update that changes nothing is refused', async () => {
  const { create, update } = setUp();
  await create('s', { A: parameter('/a', '1') });

  await expect(update('s', { A: parameter('/a', '1') })).rejects.toMatchObject({
    name: 'ValidationError',
  });
});

test('an update of nothing but an output is done', async () => {
  const { cfn, create, stack } = setUp();
  const A = parameter('/a', '1');
  await create('s', { A });

  await cfn.updateStack({
    StackName: 's',
    TemplateBody: template({ A }, { Outputs: { Name: { Value: { Ref: 'A' } } } }),
  });

  expect(await stack('s')).toMatchObject({
    StackStatus: 'UPDATE_COMPLETE',
    Outputs: [{ OutputKey: 'Name', OutputValue: '/a' }],
  });
});

test('new stack tags reach the resources', async () => {
  const { create, sqs, update } = setUp();
  const resources = { Queue: queue({ QueueName: 'q' }) };
  await create('s', resources, { Tags: [{ Key: 'a', Value: '1' }] });

  await update('s', resources, { Tags: [{ Key: 'a', Value: '2' }] });

  const { QueueUrl } = await sqs.getQueueUrl({ QueueName: 'q' });
  expect((await sqs.listQueueTags({ QueueUrl })).Tags).toMatchObject({ a: '2' });
});

test('a custom name that stays the same stands in the way of a replacement', async () => {
  const { create, history, update } = setUp();
  const role = (Path: string) => ({
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: 'fixed',
        Path,
        AssumeRolePolicyDocument: JSON.parse(trust('ec2.amazonaws.com')),
      },
    },
  });
  const Capabilities = ['CAPABILITY_NAMED_IAM'];
  await create('s', role('/'), { Capabilities });

  await update('s', role('/other/'), { Capabilities });

  expect(await history('s')).toContain(
    'Role UPDATE_FAILED CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename fixed and update the stack again.',
  );
});

test('the type of a logical id cannot change (text unverified)', async () => {
  const { create, update } = setUp();
  await create('s', { A: parameter('/a', '1') });

  await expect(update('s', { A: queue() })).rejects.toThrow(
    'Update of resource type is not permitted. The new template modifies resource type of the following resources: [A]',
  );
});

test('policies decide what a deletion keeps', async () => {
  const { cfn, create, history, value } = setUp();
  const id = await create('s', {
    Gone: parameter('/gone', '1'),
    Kept: parameter('/kept', '1', { DeletionPolicy: 'Retain' }),
    KeptToo: parameter('/kept-too', '1', { DeletionPolicy: 'RetainExceptOnCreate' }),
  });

  await cfn.deleteStack({ StackName: 's' });

  expect(await history(id)).toEqual(
    expect.arrayContaining([
      'Kept DELETE_SKIPPED',
      'KeptToo DELETE_SKIPPED',
      'Gone DELETE_COMPLETE',
    ]),
  );
  expect(await value('/kept')).toBe('1');
  expect(await value('/kept-too')).toBe('1');
  await expect(value('/gone')).rejects.toMatchObject({ name: 'ParameterNotFound' });
});

test('RetainExceptOnCreate does not keep what a failed creation made', async () => {
  const { create, value } = setUp();

  await create('s', {
    A: parameter('/a', '1', { DeletionPolicy: 'RetainExceptOnCreate' }),
    B: parameter('/b', '1', { DeletionPolicy: 'Retain', DependsOn: 'A' }),
    Thing: { Type: 'AWS::Foo::Bar', DependsOn: 'B' },
  });

  await expect(value('/a')).rejects.toMatchObject({ name: 'ParameterNotFound' });
  expect(await value('/b')).toBe('1');
});

test('the option RetainExceptOnCreate takes back what a Retain policy would have kept', async () => {
  const { cfn, create, value } = setUp();
  await create('s', { A: parameter('/a', '1') });
  const failing = template({
    A: parameter('/a', '1'),
    B: parameter('/b', '1', { DeletionPolicy: 'Retain' }),
    Thing: { Type: 'AWS::Foo::Bar', DependsOn: 'B' },
  });

  await cfn.updateStack({ StackName: 's', TemplateBody: failing, RetainExceptOnCreate: true });

  await expect(value('/b')).rejects.toMatchObject({ name: 'ParameterNotFound' });
  expect(await value('/a')).toBe('1');
});

test('UpdateReplacePolicy Retain keeps what a replacement replaced', async () => {
  const { create, update, value } = setUp();
  await create('s', { A: parameter('/one', '1', { UpdateReplacePolicy: 'Retain' }) });

  await update('s', { A: parameter('/two', '1', { UpdateReplacePolicy: 'Retain' }) });

  expect(await value('/one')).toBe('1');
  expect(await value('/two')).toBe('1');
});

test('a deleted stack is found by its id, and its name is free again', async () => {
  const { cfn, create, stack } = setUp();
  const first = await create('s', { A: parameter('/a', '1') });

  await cfn.deleteStack({ StackName: first });

  expect(await stack(first)).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
  await expect(stack('s')).rejects.toMatchObject({
    name: 'ValidationError',
  });
  await expect(cfn.describeStackEvents({ StackName: 's' })).rejects.toThrow();
  const second = await create('s', { A: parameter('/a', '1') });
  expect(second).not.toBe(first);
  await cfn.deleteStack({ StackName: first });
  expect(await stack('s')).toMatchObject({ StackStatus: 'CREATE_COMPLETE' });
});

test('deleting a stack that is not there succeeds', async () => {
  const { cfn } = setUp();

  await expect(cfn.deleteStack({ StackName: 'nobody' })).resolves.toMatchObject({});
});

test('a protected stack cannot be deleted until it is unprotected', async () => {
  const { cfn, create } = setUp();
  await create('s', { A: parameter('/a', '1') }, { EnableTerminationProtection: true });

  await expect(cfn.deleteStack({ StackName: 's' })).rejects.toThrow();
  await cfn.updateTerminationProtection({ StackName: 's', EnableTerminationProtection: false });
  await cfn.deleteStack({ StackName: 's' });
  await expect(cfn.describeStacks({ StackName: 's' })).rejects.toThrow();
});

test('a name that is taken is refused', async () => {
  const { create } = setUp();
  await create('s', { A: parameter('/a', '1') });

  await expect(create('s', { A: parameter('/b', '1') })).rejects.toMatchObject({
    name: 'AlreadyExistsException',
  });
});

test('a stack that never came to be can only be deleted (LocalStack test_update_stack.py, of another state)', async () => {
  const { create, update } = setUp();
  const id = await create('s', { Thing: { Type: 'AWS::Foo::Bar' } });

  await expect(update('s', { A: parameter('/a', '1') })).rejects.toThrow(
    `Stack:${id} is in ROLLBACK_COMPLETE state and can not be updated.`,
  );
});

const exporting = (Value: string) =>
  template(
    { A: parameter('/a', '1') },
    { Outputs: { Out: { Value, Export: { Name: 'shared-value' } } } },
  );
const importing = template({ B: parameter('/b', { 'Fn::ImportValue': 'shared-value' }) });

test('an export is imported, listed, and protected while it is in use', async () => {
  const { cfn, stack, value } = setUp();
  await cfn.createStack({ StackName: 'producer', TemplateBody: exporting('one') });
  await cfn.createStack({ StackName: 'consumer', TemplateBody: importing });

  expect(await value('/b')).toBe('one');
  const { Exports: exports = [] } = await cfn.listExports({});
  expect(exports.find(({ Name: name }) => name === 'shared-value')).toMatchObject({ Value: 'one' });
  expect((await cfn.listImports({ ExportName: 'shared-value' })).Imports).toEqual(['consumer']);

  await cfn.updateStack({ StackName: 'producer', TemplateBody: exporting('two') });
  expect(await stack('producer')).toMatchObject({
    StackStatus: 'UPDATE_ROLLBACK_COMPLETE',
    Outputs: [{ OutputValue: 'one' }],
  });

  await cfn.deleteStack({ StackName: 'producer' });
  expect(await stack('producer')).toMatchObject({
    StackStatus: 'UPDATE_ROLLBACK_COMPLETE',
    StackStatusReason: 'Export shared-value cannot be deleted as it is in use by consumer',
  });

  await cfn.deleteStack({ StackName: 'consumer' });
  await expect(cfn.listImports({ ExportName: 'shared-value' })).rejects.toThrow();
  await cfn.deleteStack({ StackName: 'producer' });
  await expect(stack('producer')).rejects.toThrow();
});

test('an export that another stack has fails the stack, and so does an import of nothing', async () => {
  const { cfn, history } = setUp();
  await cfn.createStack({ StackName: 'consumer', TemplateBody: importing });
  expect(await history('consumer')).toEqual([
    'consumer CREATE_IN_PROGRESS User Initiated',
    'consumer ROLLBACK_IN_PROGRESS No export named shared-value found. Rollback requested by user.',
    'consumer ROLLBACK_COMPLETE',
  ]);

  await cfn.createStack({ StackName: 'producer', TemplateBody: exporting('one') });
  const other = exporting('one').replace('/a', '/other');
  await cfn.createStack({ StackName: 'rival', TemplateBody: other });
  expect(await history('rival')).toContain(
    'rival ROLLBACK_IN_PROGRESS Export with name shared-value is already exported by stack producer. Rollback requested by user.',
  );
});

test('a change of a parameter’s value is an update', async () => {
  const { cfn, value } = setUp();
  const TemplateBody = template(
    { A: parameter('/a', { Ref: 'Size' }) },
    { Parameters: { Size: { Type: 'String' } } },
  );
  const size = (ParameterValue: string): Parameter[] => [{ ParameterKey: 'Size', ParameterValue }];
  await cfn.createStack({ StackName: 's', TemplateBody, Parameters: size('s') });

  await cfn.updateStack({ StackName: 's', UsePreviousTemplate: true, Parameters: size('m') });

  expect(await value('/a')).toBe('m');
  await expect(
    cfn.updateStack({
      StackName: 's',
      UsePreviousTemplate: true,
      Parameters: [{ ParameterKey: 'Size', UsePreviousValue: true }],
    }),
  ).rejects.toMatchObject({ name: 'ValidationError' });
});

test('stacks and resources are listed, with their templates', async () => {
  const { cfn, create } = setUp();
  const resources = { A: parameter('/a', '1', { Metadata: { 'aws:cdk:path': 'S/A' } }) };
  const id = await create('s', resources);

  const { StackSummaries: found = [] } = await cfn.listStacks({
    StackStatusFilter: ['CREATE_COMPLETE'],
  });
  expect(found.map(({ StackName: name }) => name)).toEqual(['s', 'CDKToolkit']);
  expect((await cfn.describeStacks({})).Stacks).toHaveLength(2);
  expect((await cfn.listStackResources({ StackName: 's' })).StackResourceSummaries).toMatchObject([
    {
      LogicalResourceId: 'A',
      PhysicalResourceId: '/a',
      ResourceType: 'AWS::SSM::Parameter',
      ResourceStatus: 'CREATE_COMPLETE',
    },
  ]);
  expect(await cfn.describeStackResource({ StackName: 's', LogicalResourceId: 'A' })).toMatchObject(
    { StackResourceDetail: { StackId: id, Metadata: '{"aws:cdk:path":"S/A"}' } },
  );
  expect((await cfn.getTemplate({ StackName: 's' })).TemplateBody).toBe(template(resources));
  await expect(
    cfn.describeStackResource({ StackName: 's', LogicalResourceId: 'B' }),
  ).rejects.toMatchObject({ name: 'ValidationError' });
});

test('a stack exists in its own account and Region only', async () => {
  const { client, create } = setUp();
  await create('s', { A: parameter('/a', '1') });

  const elsewhere = client(CloudFormation, { region: 'eu-west-1' });
  const others = client(CloudFormation, { accessKeyId: '111111111111' });

  await expect(elsewhere.describeStacks({ StackName: 's' })).rejects.toThrow();
  await expect(others.describeStacks({ StackName: 's' })).rejects.toThrow();
});

test('the bootstrap stack is there, with the version that the CDK asks for', async () => {
  const { cfn, stack } = setUp();

  expect(await stack('CDKToolkit')).toMatchObject({
    StackStatus: 'CREATE_COMPLETE',
    Outputs: expect.arrayContaining([
      expect.objectContaining({
        OutputKey: 'BucketName',
        OutputValue: 'cdk-hnb659fds-assets-000000000000-us-east-1',
      }),
      expect.objectContaining({ OutputKey: 'BootstrapVersion', OutputValue: '33' }),
    ]),
  });
  expect((await cfn.getTemplate({ StackName: 'CDKToolkit' })).TemplateBody).toContain(
    'This stack includes resources needed to deploy AWS CDK apps',
  );
});

test('what is not emulated is refused by name (text unverified: it is the emulator’s own)', async () => {
  const { cfn, create } = setUp();

  await expect(create('s', { A: parameter('/a', '1') }, { ResourceTypes: ['*'] })).rejects.toThrow(
    'The option ResourceTypes is not emulated',
  );
  await create('s', { A: { Type: 'AWS::AppStream::Fleet', CreationPolicy: {} } });
  const { StackEvents: events = [] } = await cfn.describeStackEvents({ StackName: 's' });
  expect(events.map(({ ResourceStatusReason: reason }) => reason)).toContain(
    'Template error: the resource attribute CreationPolicy of AWS::AppStream::Fleet is not emulated',
  );
});

const trust = (Service: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
  });
const allow = (Action: string | string[], Resource = '*') =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action, Resource }],
  });

test('the stack’s role makes every call, and only what it may', async () => {
  const { client, create, history, stack, value } = setUp();
  const iam = client(IAM);
  const { Role: role } = await iam.createRole({
    RoleName: 'deployer',
    AssumeRolePolicyDocument: trust('cloudformation.amazonaws.com'),
  });
  await iam.putRolePolicy({
    RoleName: 'deployer',
    PolicyName: 'p',
    PolicyDocument: allow('ssm:*', 'arn:aws:ssm:us-east-1:000000000000:parameter/may/*'),
  });

  await create('s', { A: parameter('/may/a', '1') }, { RoleARN: role?.Arn });
  expect(await stack('s')).toMatchObject({ StackStatus: 'CREATE_COMPLETE', RoleARN: role?.Arn });
  expect(await value('/may/a')).toBe('1');

  await create('t', { A: parameter('/not/a', '1') }, { RoleARN: role?.Arn });
  expect(await stack('t')).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
  expect((await history('t')).find((event) => event.includes('CREATE_FAILED'))).toMatch(
    /arn:aws:sts::000000000000:assumed-role\/deployer\/.+ is not authorized to perform: ssm:PutParameter on resource: arn:aws:ssm:us-east-1:000000000000:parameter\/not\/a .+HandlerErrorCode: AccessDenied/,
  );
});

test('a role that does not trust CloudFormation is refused (LocalStack test_update_stack.py)', async () => {
  const { client, create } = setUp();
  const { Role: role } = await client(IAM).createRole({
    RoleName: 'other',
    AssumeRolePolicyDocument: trust('ec2.amazonaws.com'),
  });

  await expect(
    create('s', { A: parameter('/a', '1') }, { RoleARN: role?.Arn }),
  ).rejects.toMatchObject({
    name: 'ValidationError',
    message: `Role ${role?.Arn} is invalid or cannot be assumed`,
  });
});

test('whoever passes a role needs iam:PassRole on it (text unverified)', async () => {
  const { client } = setUp();
  const iam = client(IAM);
  const { Role: deployer } = await iam.createRole({
    RoleName: 'deployer',
    AssumeRolePolicyDocument: trust('cloudformation.amazonaws.com'),
  });
  const { Role: caller } = await iam.createRole({
    RoleName: 'caller',
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: '000000000000' }, Action: 'sts:AssumeRole' },
      ],
    }),
  });
  await iam.putRolePolicy({
    RoleName: 'caller',
    PolicyName: 'p',
    PolicyDocument: allow('cloudformation:CreateStack'),
  });
  const { Credentials: credentials } = await client(STS).assumeRole({
    RoleArn: caller?.Arn,
    RoleSessionName: 'session',
  });

  await expect(
    client(CloudFormation, { credentials }).createStack({
      StackName: 's',
      TemplateBody: template({ A: parameter('/a', '1') }),
      RoleARN: deployer?.Arn,
    }),
  ).rejects.toThrow(/is not authorized to perform: iam:PassRole on resource: .+role\/deployer/);
});
