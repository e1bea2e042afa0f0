import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { SNS } from '@aws-sdk/client-sns';
import { emulated } from '../../../test/support/emulated';
import {
  bodyOf,
  handle,
  type Options,
  outputsOf,
  rollbackOf,
} from '../../../test/support/template';

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-languageextensions.html
const Transform = 'AWS::LanguageExtensions';
const expanding: Options = { Capabilities: ['CAPABILITY_AUTO_EXPAND'] };

const valueOf = async (Value: unknown, template: object = {}) =>
  (await outputsOf({ Transform, ...template, Outputs: { Out: { Value } } }, expanding))['Out'];

const parameters = {
  Parameters: {
    ParameterName: { Type: 'String', Default: 'resolvedValue' },
    Names: { Type: 'CommaDelimitedList', Default: 'a, b, c' },
  },
};

// …/intrinsic-function-reference-length.html
test.each([
  ['a list', { 'Fn::Length': [1, { Ref: 'ParameterName' }, 3] }, '3'],
  ['a parameter', { 'Fn::Length': { Ref: 'Names' } }, '3'],
  ['a function', { 'Fn::Length': { 'Fn::Split': ['|', 'a|b|c|d'] } }, '4'],
])('Fn::Length counts %s', async (_what, value, expected) => {
  expect(await valueOf(value, parameters)).toBe(expected);
});

// …/intrinsic-function-reference-ToJsonString.html
test.each([
  [
    'an object',
    { key1: 'value1', key2: { Ref: 'ParameterName' } },
    '{"key1":"value1","key2":"resolvedValue"}',
  ],
  [
    'a list',
    [{ key1: 'value1' }, { key2: { Ref: 'ParameterName' } }],
    '[{"key1":"value1"},{"key2":"resolvedValue"}]',
  ],
  ['a list parameter', { names: { Ref: 'Names' } }, '{"names":["a","b","c"]}'],
  [
    'what only the deployment knows',
    { arn: { 'Fn::GetAtt': 'Queue.QueueName' } },
    '{"arn":"orders"}',
  ],
])('Fn::ToJsonString writes %s', async (_what, value, expected) => {
  const Queue = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders' } };

  expect(
    await valueOf({ 'Fn::ToJsonString': value }, { ...parameters, Resources: { Queue } }),
  ).toBe(expected);
});

// …/intrinsic-function-reference-findinmap-enhancements.html
test.each([
  [
    'the key is missing',
    ['RegionMap', 'eu-west-1', 'HVM64', { DefaultValue: 'ami-default' }],
    'ami-default',
  ],
  ['the mapping is missing', ['Nope', 'a', 'b', { DefaultValue: 'x' }], 'x'],
  [
    'the default is a function',
    ['Nope', 'a', 'b', { DefaultValue: { Ref: 'ParameterName' } }],
    'resolvedValue',
  ],
  [
    'there is a value',
    ['RegionMap', { 'Fn::Join': ['-', ['us', 'east-1']] }, 'HVM64', { DefaultValue: 'x' }],
    'ami-1',
  ],
])('Fn::FindInMap with a DefaultValue answers when %s', async (_when, argument, expected) => {
  const Mappings = { RegionMap: { 'us-east-1': { HVM64: 'ami-1' } } };

  expect(await valueOf({ 'Fn::FindInMap': argument }, { ...parameters, Mappings })).toBe(expected);
});

/** The Processed template of a stack with these sections. */
async function processed(sections: object): Promise<Record<string, unknown>> {
  const cfn = emulated().client(CloudFormation);
  await cfn.createStack({
    StackName: 's',
    TemplateBody: bodyOf({ Transform, ...parameters, ...sections }),
    ...expanding,
  });
  const found = await cfn.getTemplate({ StackName: 's', TemplateStage: 'Processed' });
  return JSON.parse(found.TemplateBody ?? '') as Record<string, unknown>;
}

const topic = (name: unknown) => ({ Type: 'AWS::SNS::Topic', Properties: { DisplayName: name } });

// …/intrinsic-function-reference-foreach-example-resource.html
test('Fn::ForEach replicates a resource over the items of a list', async () => {
  const { Resources } = await processed({
    Resources: {
      'Fn::ForEach::Topics': [
        'TopicName',
        ['Success', 'Failure'],
        { 'SnsTopic${TopicName}': topic({ 'Fn::Sub': '${TopicName}.fifo' }) },
      ],
    },
  });

  expect(Resources).toEqual({
    SnsTopicSuccess: topic('Success.fifo'),
    SnsTopicFailure: topic('Failure.fifo'),
  });
});

test.each([
  ['a parameter', { Ref: 'Names' }],
  ['Fn::Split', { 'Fn::Split': ['-', 'a-b-c'] }],
  ['Fn::FindInMap', { 'Fn::FindInMap': ['Map', 'all', 'names'] }],
])('Fn::ForEach takes its items from %s', async (_what, collection) => {
  const { Resources } = await processed({
    Mappings: { Map: { all: { names: ['a', 'b', 'c'] } } },
    Resources: {
      'Fn::ForEach::All': ['Item', collection, { 'Topic${Item}': topic({ Ref: 'Item' }) }],
    },
  });

  expect(Resources).toEqual({ Topica: topic('a'), Topicb: topic('b'), Topicc: topic('c') });
});

test('Fn::ForEach loops inside a loop, and names what it made in outputs and conditions', async () => {
  const made = await processed({
    Conditions: {
      'Fn::ForEach::Is': [
        'Item',
        ['a', 'b'],
        { 'Is${Item}': { 'Fn::Equals': [{ Ref: 'Item' }, 'a'] } },
      ],
    },
    Resources: {
      'Fn::ForEach::Outer': [
        'Item',
        ['a', 'b'],
        {
          'Fn::ForEach::Inner': [
            'Part',
            ['1.0', '2.0'],
            {
              'Topic${Item}&{Part}': {
                ...topic({ 'Fn::Sub': '${Item}/${Part}' }),
                Condition: { 'Fn::Sub': 'Is${Item}' },
              },
            },
          ],
        },
      ],
    },
    Outputs: {
      'Fn::ForEach::Out': [
        'Item',
        ['10', '20'],
        {
          'Name${Item}': {
            Condition: 'Isa',
            Value: { 'Fn::GetAtt': [{ 'Fn::Sub': 'Topica${Item}' }, 'TopicName'] },
          },
        },
      ],
    },
  });

  expect(made).toMatchObject({
    Conditions: { Isa: { 'Fn::Equals': ['a', 'a'] }, Isb: { 'Fn::Equals': ['b', 'a'] } },
    Resources: {
      Topica10: { ...topic('a/1.0'), Condition: 'Isa' },
      Topica20: { ...topic('a/2.0'), Condition: 'Isa' },
      Topicb10: { ...topic('b/1.0'), Condition: 'Isb' },
      Topicb20: { ...topic('b/2.0'), Condition: 'Isb' },
    },
    Outputs: { Name10: { Value: { 'Fn::GetAtt': ['Topica10', 'TopicName'] } } },
  });
});

test('Fn::ForEach writes properties, and leaves plain texts and inner keys alone', async () => {
  const { Resources } = await processed({
    Resources: {
      Topic: {
        Type: 'AWS::SNS::Topic',
        Properties: {
          'Fn::ForEach::All': [
            'Name',
            ['DisplayName', 'TopicName'],
            { '${Name}': { 'Fn::Sub': 'x-${Name}' } },
          ],
          Tags: [{ Key: '${Name}', Value: '&{Name}' }],
        },
      },
    },
  });

  expect(Resources).toEqual({
    Topic: {
      Type: 'AWS::SNS::Topic',
      Properties: {
        DisplayName: 'x-DisplayName',
        TopicName: 'x-TopicName',
        Tags: [{ Key: '${Name}', Value: '&{Name}' }],
      },
    },
  });
});

test('a resource of a loop may depend on one of another loop', async () => {
  const { Resources } = await processed({
    Resources: {
      'Fn::ForEach::First': ['Item', ['a'], { 'First${Item}': topic('x') }],
      'Fn::ForEach::Second': [
        'Item',
        ['a'],
        { 'Second${Item}': { ...topic('x'), DependsOn: [{ 'Fn::Sub': 'First${Item}' }] } },
      ],
    },
  });

  expect(Resources).toEqual({
    Firsta: topic('x'),
    Seconda: { ...topic('x'), DependsOn: ['Firsta'] },
  });
});

test('a DeletionPolicy may be a function, and does what it comes to', async () => {
  const { client } = emulated();
  const [cfn, sns] = [client(CloudFormation), client(SNS)];
  const kept = {
    Type: 'AWS::SNS::Topic',
    DeletionPolicy: { 'Fn::If': ['IsKept', 'Retain', 'Delete'] },
  };
  await cfn.createStack({
    StackName: 's',
    TemplateBody: bodyOf({
      Transform,
      Parameters: { Keep: { Type: 'String', Default: 'yes' } },
      Conditions: { IsKept: { 'Fn::Equals': [{ Ref: 'Keep' }, 'yes'] } },
      Resources: { Kept: kept },
    }),
    ...expanding,
  });

  await cfn.deleteStack({ StackName: 's' });

  expect((await sns.listTopics({})).Topics).toHaveLength(1);
});

const failed = `Transform ${Transform} failed with: `;

const loop = (...argument: unknown[]) => ({ 'Fn::ForEach::Loop': argument });
const one = { 'Topic${Item}': topic('x') };

// The texts are reported from AWS: ministack pull request 1739, cfn-language-discussion issues.
test.each([
  ['a loop without a fragment', loop('Item', ['a']), 'Fn::ForEach layout is incorrect'],
  ['a loop over a text', loop('Item', 'a', one), 'Fn::ForEach layout is incorrect'],
  [
    'a loop over a resource',
    { Queue: { Type: 'AWS::SQS::Queue' }, ...loop('Item', { Ref: 'Queue' }, one) },
    'Could not find a collection or could not be resolved for Fn::ForEach',
  ],
  [
    'a loop over no parameter',
    loop('Item', { Ref: 'Nope' }, one),
    'Could not find a collection or could not be resolved for Fn::ForEach',
  ],
  [
    'a name that is not alphanumeric',
    loop('Item', ['a-b'], one),
    "LogicalId 'Topica-b' should be alphanumeric",
  ],
  [
    'a condition that is not there',
    loop('Item', ['a'], { 'Topic${Item}': { ...topic('x'), Condition: 'Is${Item}' } }),
    'Key Is${Item} is missing in the map.',
  ],
  [
    'a length of what is not there yet',
    { Q: handle, T: topic({ 'Fn::Length': { Ref: 'Q' } }) },
    'The Fn::Length value could not be resolved for properties',
  ],
  [
    'a policy that does not exist',
    { T: { ...handle, DeletionPolicy: { 'Fn::Join': ['', ['Ret', 'ain!']] } } },
    'Unrecognized DeletionPolicy Retain! for resource T',
  ],
  [
    'a policy that hangs on a resource',
    { Q: handle, T: { ...handle, DeletionPolicy: { Ref: 'Q' } } },
    'Unsupported expression for DeletionPolicy in resource T',
  ],
])(
  '%s takes the stack back, with the reason of the transform',
  async (_what, Resources, message) => {
    expect(await rollbackOf({ Transform, Resources }, expanding)).toEqual({
      status: 'ROLLBACK_COMPLETE',
      reason: `${failed}${message}. Rollback requested by user.`,
    });
  },
);

test('a change set of a template that the transform refuses fails with its reason', async () => {
  const cfn = emulated().client(CloudFormation);
  const name = { StackName: 's', ChangeSetName: 'c' };
  const TemplateBody = bodyOf({ Transform, Resources: loop('Item', 'a', one) });

  await cfn.createChangeSet({ ...name, ChangeSetType: 'CREATE', TemplateBody });

  expect(await cfn.describeChangeSet(name)).toMatchObject({
    Status: 'FAILED',
    StatusReason: `${failed}Fn::ForEach layout is incorrect`,
  });
});

test('an update that the transform refuses leaves the stack as it was', async () => {
  const cfn = emulated().client(CloudFormation);
  const StackName = 's';
  await cfn.createStack({ StackName, TemplateBody: bodyOf({ Resources: { Topic: topic('x') } }) });

  await cfn.updateStack({
    StackName,
    TemplateBody: bodyOf({ Transform, Resources: loop('Item', 'a', one) }),
    ...expanding,
  });

  const { Stacks: [stack] = [] } = await cfn.describeStacks({ StackName });
  const { StackResources: resources = [] } = await cfn.describeStackResources({ StackName });
  expect(stack?.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(resources).toMatchObject([
    { LogicalResourceId: 'Topic', ResourceStatus: 'CREATE_COMPLETE' },
  ]);
});

test('a template with a transform needs CAPABILITY_AUTO_EXPAND, unless a change set shows what comes of it', async () => {
  const cfn = emulated().client(CloudFormation);
  const TemplateBody = bodyOf({ Transform });
  const name = { StackName: 's', ChangeSetName: 'c' };

  await expect(cfn.createStack({ StackName: 's', TemplateBody })).rejects.toMatchObject({
    name: 'InsufficientCapabilitiesException',
  });
  await cfn.createChangeSet({ ...name, ChangeSetType: 'CREATE', TemplateBody });
  expect((await cfn.describeChangeSet(name)).Status).toBe('CREATE_COMPLETE');
});

test('summary and validation name the transform and the types inside loops', async () => {
  const cfn = emulated().client(CloudFormation);
  const TemplateBody = bodyOf({ Transform, Resources: loop('Item', ['a'], one) });

  expect(await cfn.getTemplateSummary({ TemplateBody })).toMatchObject({
    DeclaredTransforms: [Transform],
    ResourceTypes: ['AWS::SNS::Topic'],
  });
  expect(await cfn.validateTemplate({ TemplateBody })).toMatchObject({
    DeclaredTransforms: [Transform],
    Capabilities: ['CAPABILITY_AUTO_EXPAND'],
  });
});

test.each([
  [
    'Fn::ForEach',
    { Resources: loop('Item', ['a'], one) },
    'Template format error: [/Resources/Fn::ForEach::Loop] resource definition is malformed',
  ],
  [
    'a function for a policy',
    { Resources: { A: { ...handle, DeletionPolicy: { Ref: 'P' } } } },
    'Template format error: Every DeletionPolicy member must be a string.',
  ],
  ['a macro', { Transform: ['Mine'] }, 'The transform Mine is not emulated'],
  [
    'a transform of another kind',
    { Transform: [{ Name: ['x'] }] },
    'Key Name of transform definition must be a string.',
  ],
])(
  '%s without the transform is refused (unverified but for what LocalStack has recorded)',
  async (_what, template, message) => {
    await expect(outputsOf(template)).rejects.toMatchObject({ name: 'ValidationError', message });
  },
);

test.each(['Fn::Length', 'Fn::ToJsonString'])(
  '%s without the transform is no function (text unverified)',
  async (name) => {
    await expect(outputsOf({ Outputs: { Out: { Value: { [name]: ['a'] } } } })).rejects.toThrow(
      `Template Error: Encountered unsupported function: ${name} Supported functions are: [Fn::Base64, Fn::GetAtt,`,
    );
  },
);
