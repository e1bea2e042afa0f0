import { CloudFormation, type Parameter } from '@aws-sdk/client-cloudformation';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { S3 } from '@aws-sdk/client-s3';
import { SSM } from '@aws-sdk/client-ssm';
import { emulated } from '../../../test/support/emulated';
import { handle, outputsOf } from '../../../test/support/template';

test('conditions choose values, and outputs whose condition fails are left out', async () => {
  const outputs = await outputsOf(
    {
      Parameters: { Stage: { Type: 'String', Default: 'dev' } },
      Conditions: {
        IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
        IsOther: { 'Fn::Not': [{ Condition: 'IsProd' }] },
        Both: { 'Fn::And': [{ Condition: 'IsProd' }, { Condition: 'IsOther' }] },
        Any: { 'Fn::Or': [{ Condition: 'IsProd' }, { Condition: 'IsOther' }] },
      },
      Outputs: {
        Chosen: { Value: { 'Fn::If': ['IsProd', 'large', 'small'] } },
        Gone: { Condition: 'Both', Value: 'never' },
        There: { Condition: 'Any', Value: 'always' },
      },
    },
    {},
  );

  expect(outputs).toEqual({ Chosen: 'small', There: 'always' });
});

test('YAML with short forms means the same as JSON', async () => {
  const cfn = emulated().client(CloudFormation);
  const TemplateBody = `
AWSTemplateFormatVersion: 2010-09-09
Parameters:
  Names: { Type: CommaDelimitedList, Default: 'a, b' }
Conditions:
  Always: !Equals [!Ref AWS::Region, us-east-1]
Resources:
  Handle:
    Type: AWS::CloudFormation::WaitConditionHandle
    Condition: Always
Outputs:
  Out:
    Value: !Join ['+', [!Select [1, !Ref Names], !If [Always, !Sub '\${AWS::StackName}', no]]]
`;

  await cfn.createStack({ StackName: 'yaml', TemplateBody });

  const { Stacks: [stack] = [] } = await cfn.describeStacks({ StackName: 'yaml' });
  expect(stack?.Outputs).toMatchObject([{ OutputValue: 'b+yaml' }]);
});

test.each([
  ['text', 'hello', 'Template format error: unsupported structure.'],
  ['broken JSON', '{"a": ', 'Template format error: JSON not well-formed. (line 1, column 7)'],
  ['broken YAML', 'a: [', 'Template format error: YAML not well-formed. (line 1, column 5)'],
  [
    'no resources',
    '{"Resources":{}}',
    'Template format error: At least one Resources member must be defined.',
  ],
  [
    'a null',
    '{"Resources":{"A":{"Type":"AWS::X::Y","Properties":{"B":null}}}}',
    "[/Resources/A/Properties/B] 'null' values are not allowed in templates",
  ],
  [
    'no type',
    '{"Resources":{"A":{}}}',
    'Template format error: [/Resources/A] Every Resources object must contain a Type member.',
  ],
  [
    'an unknown member',
    '{"Resources":{"A":{"Type":"AWS::X::Y","Invalid":1}}}',
    "Invalid template resource property 'Invalid'",
  ],
  [
    'an unknown section',
    '{"Foo":{},"Resources":{"A":{"Type":"AWS::X::Y"}}}',
    'Invalid template property or properties [Foo]',
  ],
  [
    'a transform',
    '{"Transform":"AWS::Serverless-2016-10-31","Resources":{"A":{"Type":"AWS::X::Y"}}}',
    'The transform AWS::Serverless-2016-10-31 is not emulated',
  ],
  [
    'an output without value',
    '{"Resources":{"A":{"Type":"AWS::X::Y"}},"Outputs":{"O":{}}}',
    'Template format error: Every Outputs member must contain a Value object',
  ],
])(
  'a template with %s is refused (unverified but for what LocalStack has recorded)',
  async (_what, TemplateBody, message) => {
    const cfn = emulated().client(CloudFormation);

    await expect(cfn.validateTemplate({ TemplateBody })).rejects.toMatchObject({
      name: 'ValidationError',
      message,
    });
  },
);

const waiting = (properties: object) => ({ ...handle, ...properties });

test.each([
  [
    'a circle',
    {
      A: waiting({ DependsOn: 'B' }),
      B: waiting({ DependsOn: 'A' }),
      C: waiting({ DependsOn: 'A' }),
    },
    'Circular dependency between resources: [A, B]',
  ],
  [
    'a missing DependsOn',
    { A: waiting({ DependsOn: 'Nobody' }) },
    'Template format error: Unresolved resource dependencies [Nobody] in the Resources block of the template',
  ],
  [
    'a missing Ref',
    { A: waiting({ Properties: { X: { Ref: 'Nobody' } } }) },
    'Template format error: Unresolved resource dependencies [Nobody] in the Resources block of the template',
  ],
  [
    'a missing GetAtt',
    { A: waiting({ Properties: { X: { 'Fn::GetAtt': ['Nobody', 'Arn'] } } }) },
    'Template error: instance of Fn::GetAtt references undefined resource Nobody',
  ],
  [
    'an unknown attribute',
    {
      A: { Type: 'AWS::SQS::Queue' },
      B: waiting({ Properties: { X: { 'Fn::GetAtt': ['A', 'Nope'] } } }),
    },
    'Template error: resource A does not support attribute type Nope in Fn::GetAtt',
  ],
  [
    'an unknown condition',
    { A: waiting({ Condition: 'Nope' }) },
    'Template format error: Unresolved condition dependency Nope in the Resources block of the template',
  ],
  [
    'an unknown function',
    { A: waiting({ Properties: { X: { 'Fn::Nope': 1 } } }) },
    'Template Error: Encountered unsupported function: Fn::Nope Supported functions are: [Fn::Base64, Fn::GetAtt, Fn::GetAZs, Fn::ImportValue, Fn::Join, Fn::Split, Fn::FindInMap, Fn::Select, Ref, Fn::Equals, Fn::If, Fn::Not, Condition, Fn::And, Fn::Or, Fn::Contains, Fn::EachMemberEquals, Fn::EachMemberIn, Fn::ValueOf, Fn::ValueOfAll, Fn::RefAll, Fn::Sub, Fn::Cidr]',
  ],
  [
    'a snapshot policy',
    { A: waiting({ DeletionPolicy: 'Snapshot' }) },
    'Template error: resource type AWS::CloudFormation::WaitConditionHandle does not support deletion policy Snapshot',
  ],
])(
  'a template with %s is refused before anything happens (unverified but for what LocalStack has recorded)',
  async (_what, Resources, message) => {
    const cfn = emulated().client(CloudFormation);
    const created = cfn.createStack({
      StackName: 's',
      TemplateBody: JSON.stringify({ Resources }),
    });

    await expect(created).rejects.toMatchObject({ name: 'ValidationError', message });
    await expect(cfn.describeStacks({ StackName: 's' })).rejects.toThrow();
  },
);

test.each([
  ['no value', {}, [], 'Parameters: [Size] must have values'],
  [
    'a parameter too much',
    {},
    [{ ParameterKey: 'Other', ParameterValue: 'x' }],
    'Parameters: [Other] do not exist in the template',
  ],
  [
    'a value that is not allowed',
    { AllowedValues: ['s', 'm'] },
    [{ ParameterKey: 'Size', ParameterValue: 'x' }],
    "Parameter 'Size' must be one of AllowedValues",
  ],
  [
    'a value off the pattern',
    { AllowedPattern: '[a-z]+' },
    [{ ParameterKey: 'Size', ParameterValue: '1' }],
    "Parameter 'Size' must match pattern [a-z]+",
  ],
  [
    'a short value',
    { MinLength: 3 },
    [{ ParameterKey: 'Size', ParameterValue: 'ab' }],
    "Parameter 'Size' must contain at least 3 characters",
  ],
  [
    'a text for a number',
    { Type: 'Number' },
    [{ ParameterKey: 'Size', ParameterValue: 'ab' }],
    "Parameter 'Size' must be a number.",
  ],
  [
    'a described constraint',
    { MaxLength: 1, ConstraintDescription: 'one letter' },
    [{ ParameterKey: 'Size', ParameterValue: 'ab' }],
    'Parameter Size failed to satisfy constraint: one letter',
  ],
])(
  'a parameter with %s is refused (unverified but for what LocalStack has recorded)',
  async (_what, ...row: [object, Parameter[], string]) => {
    const [declaration, Parameters, message] = row;
    const cfn = emulated().client(CloudFormation);
    const TemplateBody = JSON.stringify({
      Parameters: { Size: { Type: 'String', ...declaration } },
      Resources: { Handle: handle },
    });

    await expect(
      cfn.createStack({ StackName: 's', TemplateBody, Parameters }),
    ).rejects.toMatchObject({ name: 'ValidationError', message });
  },
);

test('a parameter of an SSM type shows what the Parameter Store says', async () => {
  const cfn = emulated().client(CloudFormation);
  const TemplateBody = JSON.stringify({
    Parameters: {
      BootstrapVersion: {
        Type: 'AWS::SSM::Parameter::Value<String>',
        Default: '/cdk-bootstrap/hnb659fds/version',
      },
    },
    Rules: {
      CheckBootstrapVersion: {
        Assertions: [
          {
            Assert: { 'Fn::Not': [{ 'Fn::Contains': [['1', '2'], { Ref: 'BootstrapVersion' }] }] },
            AssertDescription: 'CDK bootstrap stack version 6 required.',
          },
        ],
      },
    },
    Resources: { Handle: handle },
    Outputs: { Version: { Value: { Ref: 'BootstrapVersion' } } },
  });

  await cfn.createStack({ StackName: 's', TemplateBody });

  const { Stacks: [stack] = [] } = await cfn.describeStacks({ StackName: 's' });
  expect(stack?.Parameters).toEqual([
    {
      ParameterKey: 'BootstrapVersion',
      ParameterValue: '/cdk-bootstrap/hnb659fds/version',
      ResolvedValue: '33',
    },
  ]);
  expect(stack?.Outputs).toMatchObject([{ OutputValue: '33' }]);
});

test('a missing SSM parameter is named (text unverified)', async () => {
  const cfn = emulated().client(CloudFormation);
  const TemplateBody = JSON.stringify({
    Parameters: { P: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/nope' } },
    Resources: { Handle: handle },
  });

  await expect(cfn.createStack({ StackName: 's', TemplateBody })).rejects.toThrow(
    'Unable to fetch parameters [/nope] from parameter store for this account.',
  );
});

test('a rule that does not hold refuses the template (text unverified)', async () => {
  const cfn = emulated().client(CloudFormation);
  const TemplateBody = JSON.stringify({
    Rules: {
      R: { Assertions: [{ Assert: { 'Fn::Equals': ['a', 'b'] }, AssertDescription: 'a is b' }] },
    },
    Resources: { Handle: handle },
  });

  await expect(cfn.createStack({ StackName: 's', TemplateBody })).rejects.toThrow('a is b');
});

test('a NoEcho parameter is shown as stars', async () => {
  const cfn = emulated().client(CloudFormation);
  const TemplateBody = JSON.stringify({
    Parameters: { Secret: { Type: 'String', NoEcho: true, Default: 'hush' } },
    Resources: { Handle: handle },
  });

  await cfn.createStack({ StackName: 's', TemplateBody });

  const { Stacks: [stack] = [] } = await cfn.describeStacks({ StackName: 's' });
  expect(stack?.Parameters).toEqual([{ ParameterKey: 'Secret', ParameterValue: '****' }]);
});

test('a dynamic reference gives the resource the stored value', async () => {
  const { client } = emulated();
  const [cfn, ssm] = [client(CloudFormation), client(SSM)];
  await ssm.putParameter({ Name: '/source', Type: 'String', Value: 'from the store' });
  const resource = {
    Type: 'AWS::SSM::Parameter',
    Properties: { Name: '/copy', Type: 'String', Value: '{{resolve:ssm:/source}}' },
  };

  await cfn.createStack({
    StackName: 's',
    TemplateBody: JSON.stringify({ Resources: { Copy: resource } }),
  });

  const { Parameter: copy } = await ssm.getParameter({ Name: '/copy' });
  expect(copy?.Value).toBe('from the store');
});

test.each([
  ['a secret as a whole', '{{resolve:secretsmanager:login}}', '{"user":"ann","port":1}'],
  ['a member', '{{resolve:secretsmanager:login:SecretString:user}}', 'ann'],
  ['a number', '{{resolve:secretsmanager:login:SecretString:port}}', '1'],
  ['an earlier version', '{{resolve:secretsmanager:login:SecretString:user:AWSPREVIOUS}}', 'bob'],
])('a dynamic reference to Secrets Manager reads %s', async (_what, Value, expected) => {
  const { client } = emulated();
  const secrets = client(SecretsManager);
  await secrets.createSecret({ Name: 'login', SecretString: '{"user":"bob"}' });
  await secrets.putSecretValue({ SecretId: 'login', SecretString: '{"user":"ann","port":1}' });
  await client(CloudFormation).createStack({
    StackName: 's',
    TemplateBody: JSON.stringify({
      Resources: {
        Copy: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/copy', Type: 'String', Value } },
      },
    }),
  });
  const { Parameter: copy } = await client(SSM).getParameter({ Name: '/copy' });
  expect(copy?.Value).toBe(expected);
});

test.each([
  [
    'a member that is not there',
    'login:SecretString:nope',
    'Could not find a value associated with JSONKey in SecretString',
  ],
  ['no secret', 'nope', "Secrets Manager can't find the specified secret."],
])('a dynamic reference to %s fails the resource', async (_what, key, reason) => {
  const { client } = emulated();
  const cfn = client(CloudFormation);
  await client(SecretsManager).createSecret({ Name: 'login', SecretString: '{"user":"ann"}' });
  const resource = {
    Type: 'AWS::SSM::Parameter',
    Properties: { Type: 'String', Value: `{{resolve:secretsmanager:${key}}}` },
  };
  await cfn.createStack({
    StackName: 's',
    TemplateBody: JSON.stringify({ Resources: { Copy: resource } }),
  });
  const { StackEvents: events = [] } = await cfn.describeStackEvents({ StackName: 's' });
  const failure = events.find((event) => event.ResourceStatus === 'CREATE_FAILED');
  expect(failure?.ResourceStatusReason).toContain(reason);
});

test.each([
  ['path style', 'http://127.0.0.1:4566/templates/t.json'],
  ['path style at AWS', 'https://s3.us-east-1.amazonaws.com/templates/t.json'],
  ['virtual host', 'https://templates.s3.us-east-1.amazonaws.com/t.json'],
  ['virtual host at localhost', 'http://templates.localhost:4566/t.json'],
  ['virtual host at LocalStack', 'http://templates.s3.localhost.localstack.cloud:4566/t.json'],
])('a TemplateURL in %s is read from the bucket', async (_style, TemplateURL) => {
  const { client } = emulated();
  const [cfn, s3] = [client(CloudFormation), client(S3)];
  await s3.createBucket({ Bucket: 'templates' });
  await s3.putObject({
    Bucket: 'templates',
    Key: 't.json',
    Body: JSON.stringify({ Description: 'from a bucket', Resources: { Handle: handle } }),
  });

  const { Description } = await cfn.validateTemplate({ TemplateURL });

  expect(Description).toBe('from a bucket');
});

test('a TemplateURL of an object that is not there answers the S3 error (text unverified)', async () => {
  const { client } = emulated();
  await client(S3).createBucket({ Bucket: 'templates' });

  await expect(
    client(CloudFormation).validateTemplate({
      TemplateURL: 'https://s3.amazonaws.com/templates/nope.json',
    }),
  ).rejects.toMatchObject({
    name: 'ValidationError',
    message:
      'S3 error: The specified key does not exist.\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html',
  });
});

test('GetTemplateSummary tells parameters, types and capabilities', async () => {
  const cfn = emulated().client(CloudFormation);
  const TemplateBody = JSON.stringify({
    Parameters: { Size: { Type: 'String', Default: 's' } },
    Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'r' } } },
  });

  expect(await cfn.getTemplateSummary({ TemplateBody })).toMatchObject({
    Parameters: [{ ParameterKey: 'Size', DefaultValue: 's', ParameterType: 'String' }],
    ResourceTypes: ['AWS::IAM::Role'],
    Capabilities: ['CAPABILITY_NAMED_IAM'],
    CapabilitiesReason: 'The following resource(s) require capabilities: [AWS::IAM::Role]',
  });
});

test('a role without the capability is refused', async () => {
  const cfn = emulated().client(CloudFormation);
  const TemplateBody = JSON.stringify({ Resources: { Role: { Type: 'AWS::IAM::Role' } } });

  await expect(cfn.createStack({ StackName: 's', TemplateBody })).rejects.toMatchObject({
    name: 'InsufficientCapabilitiesException',
  });
});
