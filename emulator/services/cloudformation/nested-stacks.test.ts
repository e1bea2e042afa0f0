import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { S3 } from '@aws-sdk/client-s3';
import { SSM } from '@aws-sdk/client-ssm';
import { emulated } from '../../../test/support/emulated';

const value = (Value: unknown, more: object = {}) => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Name: '/child', Type: 'String', Value },
  ...more,
});

const broken = { Type: 'AWS::Foo::Bar', DependsOn: 'Value' };

const child = (resources: object = {}) => ({
  Parameters: { Text: { Type: 'String' }, More: { Type: 'CommaDelimitedList', Default: '' } },
  Resources: { Value: value({ Ref: 'Text' }), ...resources },
  Outputs: { Said: { Value: { 'Fn::GetAtt': ['Value', 'Value'] } } },
});

const parent = (Text: string, { template = 'child.json', more = {} } = {}) => ({
  Resources: {
    Child: {
      Type: 'AWS::CloudFormation::Stack',
      Properties: {
        TemplateURL: `https://s3.us-east-1.amazonaws.com/templates/${template}`,
        Parameters: { Text, More: ['a', 'b'] },
      },
    },
    Copy: {
      Type: 'AWS::SSM::Parameter',
      Properties: {
        Name: '/copy',
        Type: 'String',
        Value: { 'Fn::GetAtt': ['Child', 'Outputs.Said'] },
      },
    },
    ...more,
  },
});

async function setUp() {
  const { client, ...emulator } = emulated();
  const [cfn, s3, ssm] = [client(CloudFormation), client(S3), client(SSM)];
  await s3.createBucket({ Bucket: 'templates' });
  const upload = (Key: string, template: object) =>
    s3.putObject({ Bucket: 'templates', Key, Body: JSON.stringify(template) });
  await upload('child.json', child());
  await upload('broken.json', child({ Bad: broken }));

  const stack = async (StackName: string) => {
    const { Stacks: [found] = [] } = await cfn.describeStacks({ StackName });
    return found;
  };
  return {
    ...emulator,
    cfn,
    upload,
    stack,
    nested: async () => {
      const { StackResourceDetail: detail } = await cfn.describeStackResource({
        StackName: 's',
        LogicalResourceId: 'Child',
      });
      return detail?.PhysicalResourceId ?? '';
    },
    text: async (Name: string) => (await ssm.getParameter({ Name })).Parameter?.Value,
    create: (template: object, more: object = {}) =>
      cfn.createStack({ StackName: 's', TemplateBody: JSON.stringify(template), ...more }),
    update: (template: object, more: object = {}) =>
      cfn.updateStack({ StackName: 's', TemplateBody: JSON.stringify(template), ...more }),
    history: async (StackName: string) => {
      const { StackEvents: events = [] } = await cfn.describeStackEvents({ StackName });
      return events
        .toReversed()
        .map(({ LogicalResourceId: id, ResourceStatus: status, ResourceStatusReason: reason }) =>
          [id, status, reason].filter(Boolean).join(' '),
        );
    },
  };
}

test('a nested stack is created with its parent’s parameters and tags, and gives its outputs', async () => {
  const { create, history, nested, stack, text } = await setUp();

  const { StackId } = await create(parent('one'), { Tags: [{ Key: 'team', Value: 'a' }] });

  expect(await text('/copy')).toBe('one');
  expect(await history('s')).toEqual([
    's CREATE_IN_PROGRESS User Initiated',
    'Child CREATE_IN_PROGRESS',
    'Child CREATE_IN_PROGRESS Resource creation Initiated',
    'Child CREATE_COMPLETE',
    'Copy CREATE_IN_PROGRESS',
    'Copy CREATE_IN_PROGRESS Resource creation Initiated',
    'Copy CREATE_COMPLETE',
    's CREATE_COMPLETE',
  ]);
  expect(await stack(await nested())).toMatchObject({
    StackName: expect.stringMatching(/^s-Child-[0-9A-Z]{12}$/),
    StackStatus: 'CREATE_COMPLETE',
    ParentId: StackId,
    RootId: StackId,
    Parameters: [
      { ParameterKey: 'Text', ParameterValue: 'one' },
      { ParameterKey: 'More', ParameterValue: 'a,b' },
    ],
    Tags: [{ Key: 'team', Value: 'a' }],
    Outputs: [{ OutputKey: 'Said', OutputValue: 'one' }],
  });
});

test('a nested stack that fails fails its parent, and goes with it', async () => {
  const { create, history, nested, stack } = await setUp();

  await create(parent('one', { template: 'broken.json' }));

  const id = await nested();
  expect(await history('s')).toEqual([
    's CREATE_IN_PROGRESS User Initiated',
    'Child CREATE_IN_PROGRESS',
    'Child CREATE_IN_PROGRESS Resource creation Initiated',
    `Child CREATE_FAILED Embedded stack ${id} was not successfully created: The following resource(s) failed to create: [Bad].`,
    's ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Child]. Rollback requested by user.',
    'Child DELETE_IN_PROGRESS',
    'Child DELETE_COMPLETE',
    's ROLLBACK_COMPLETE',
  ]);
  expect(await stack(id)).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
});

test('an update reaches the nested stack, which cleans up with its parent', async () => {
  const { create, history, nested, stack, text, update } = await setUp();
  await create(parent('one'));

  await update(parent('two'));

  expect(await text('/copy')).toBe('two');
  expect((await history('s')).slice(8)).toEqual([
    's UPDATE_IN_PROGRESS User Initiated',
    'Child UPDATE_IN_PROGRESS',
    'Child UPDATE_COMPLETE',
    'Copy UPDATE_IN_PROGRESS',
    'Copy UPDATE_COMPLETE',
    's UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    's UPDATE_COMPLETE',
  ]);
  expect(await stack(await nested())).toMatchObject({ StackStatus: 'UPDATE_COMPLETE' });
});

test('a template that changed at the same address is seen, and an unchanged one does nothing', async () => {
  const { create, history, nested, update, upload } = await setUp();
  await create(parent('one'));
  const before = await history(await nested());

  await update(parent('one'));
  expect(await history(await nested())).toEqual(before);

  await upload(
    'child.json',
    child({ Other: { ...value('x'), Properties: { Name: '/other', Type: 'String', Value: 'x' } } }),
  );
  await update(parent('one'));
  expect(await history(await nested())).toContain('Other CREATE_COMPLETE');
});

test('a nested update that fails is taken back with its parent', async () => {
  const { create, history, nested, stack, text, update } = await setUp();
  await create(parent('one'));

  await update(parent('two', { template: 'broken.json' }));

  const id = await nested();
  expect((await history('s')).slice(8)).toEqual([
    's UPDATE_IN_PROGRESS User Initiated',
    'Child UPDATE_IN_PROGRESS',
    `Child UPDATE_FAILED Embedded stack ${id} was not successfully updated. Currently in UPDATE_ROLLBACK_IN_PROGRESS with reason: The following resource(s) failed to create: [Bad].`,
    's UPDATE_ROLLBACK_IN_PROGRESS The following resource(s) failed to update: [Child]. ',
    'Child UPDATE_IN_PROGRESS',
    'Child UPDATE_COMPLETE',
    's UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
    's UPDATE_ROLLBACK_COMPLETE',
  ]);
  expect(await stack(id)).toMatchObject({ StackStatus: 'UPDATE_ROLLBACK_COMPLETE' });
  expect([await text('/child'), await text('/copy')]).toEqual(['one', 'one']);
});

test('a nested update that succeeded goes back when another resource fails', async () => {
  const { create, nested, stack, text, update } = await setUp();
  await create(parent('one'));

  await update(parent('two', { more: { Bad: { Type: 'AWS::Foo::Bar', DependsOn: 'Copy' } } }));

  expect(await stack('s')).toMatchObject({ StackStatus: 'UPDATE_ROLLBACK_COMPLETE' });
  expect(await stack(await nested())).toMatchObject({
    StackStatus: 'UPDATE_ROLLBACK_COMPLETE',
    Outputs: [{ OutputValue: 'one' }],
  });
  expect([await text('/child'), await text('/copy')]).toEqual(['one', 'one']);
});

test('a parent takes its nested stacks with it when it is deleted', async () => {
  const { cfn, create, nested, stack, text } = await setUp();
  await create(parent('one'));
  const id = await nested();

  await cfn.deleteStack({ StackName: 's' });

  expect(await stack(id)).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
  await expect(text('/child')).rejects.toThrow();
});

test('a change set names the nested stack and says that its template may have changed', async () => {
  const { cfn, create } = await setUp();
  await create(parent('one'));

  await cfn.createChangeSet({
    StackName: 's',
    ChangeSetName: 'c',
    TemplateBody: JSON.stringify(parent('one')),
    IncludeNestedStacks: true,
  });

  const { Changes: [change] = [] } = await cfn.describeChangeSet({
    StackName: 's',
    ChangeSetName: 'c',
  });
  expect(change?.ResourceChange).toMatchObject({
    Action: 'Modify',
    LogicalResourceId: 'Child',
    Replacement: 'False',
    Details: [{ ChangeSource: 'Automatic', Evaluation: 'Dynamic' }],
  });
});

test.each([
  [
    'an output that the nested stack does not have',
    'child.json',
    'Outputs.Nope',
    /^Copy CREATE_FAILED Output 'Nope' not found in stack 'arn:/,
  ],
  ['a template that is not there', 'nope.json', 'Outputs.Said', /^Child CREATE_FAILED S3 error: /],
])('%s fails the parent', async (_what, template, ...rest) => {
  const [attribute, event] = rest;
  const { create, history } = await setUp();
  const { Resources: resources } = parent('one', { template });
  resources.Copy.Properties.Value = { 'Fn::GetAtt': ['Child', attribute] };

  await create({ Resources: resources });

  expect(await history('s')).toContainEqual(expect.stringMatching(event));
});
