import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { S3 } from '@aws-sdk/client-s3';
import { emulated } from '../../../test/support/emulated';
import { bodyOf, handle, outputsOf } from '../../../test/support/template';

const numbered = <T>(count: number, member: T): Record<string, T> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`N${index}`, member]));

const text = { Type: 'String', Default: '' };
const long = 'a'.repeat(256);

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
test.each([
  [
    '501 resources',
    { Resources: numbered(501, handle) },
    'Template format error: Number of resources, 501, is greater than maximum allowed, 500',
  ],
  [
    '201 parameters',
    { Parameters: numbered(201, text) },
    'Template format error: Parameter count 201 is greater than max allowed 200',
  ],
  [
    '201 outputs',
    { Outputs: numbered(201, { Value: 'x' }) },
    'Template format error: Outputs count 201 is greater than max allowed 200',
  ],
  [
    '201 mappings',
    { Mappings: numbered(201, { a: { b: 'c' } }) },
    'Template format error: Mappings count 201 is greater than max allowed 200',
  ],
  [
    '201 attributes of a mapping',
    { Mappings: { M: { a: numbered(201, 'x') } } },
    'Template format error: Mappings attributes count 201 is greater than max allowed 200',
  ],
  [
    'a long description',
    { Description: 'a'.repeat(1025) },
    "Template format error: 'Description' length is greater than 1024.",
  ],
  [
    'a long name of a resource',
    { Resources: { [long]: handle } },
    `Template format error: Resource name ${long} exceeds the maximum number of allowed characters (255)`,
  ],
  [
    'a long name of a parameter',
    { Parameters: { [long]: text } },
    `Template format error: Parameter name ${long} exceeds the maximum number of allowed characters (255)`,
  ],
])('a template with %s is refused (text unverified)', async (_what, template, message) => {
  await refuses(template, message);
});

test.each([
  ['500 resources', { Resources: numbered(500, handle) }],
  ['200 parameters', { Parameters: numbered(200, text) }],
  ['200 outputs', { Outputs: numbered(200, { Value: 'x' }) }],
  ['a description of 1,024 bytes', { Description: 'a'.repeat(1024) }],
])('a template with %s is in order', async (_what, template) => {
  const cfn = emulated().client(CloudFormation);

  await expect(cfn.validateTemplate({ TemplateBody: bodyOf(template) })).resolves.toBeDefined();
});

test('a body of more than 51,200 bytes is refused (LocalStack test_template_engine.py), and one of a bucket beyond 1 MB (text unverified)', async () => {
  const { client } = emulated();
  const [cfn, s3] = [client(CloudFormation), client(S3)];
  const body = (size: number) => bodyOf({ Metadata: { fill: 'a'.repeat(size) } });
  await s3.createBucket({ Bucket: 'templates' });
  await s3.putObject({ Bucket: 'templates', Key: 'fits', Body: body(60_000) });
  await s3.putObject({ Bucket: 'templates', Key: 'large', Body: body(1_000_000) });
  const at = (key: string) => ({ TemplateURL: `https://templates.s3.amazonaws.com/${key}` });

  await expect(cfn.validateTemplate({ TemplateBody: body(51_200) })).rejects.toThrow(
    "' at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to 51200",
  );
  await expect(cfn.validateTemplate(at('large'))).rejects.toThrow(
    'Template may not exceed 1000000 bytes in size.',
  );
  await expect(cfn.validateTemplate(at('fits'))).resolves.toBeDefined();
});

const resource = (attributes: object) => ({ Resources: { A: { ...handle, ...attributes } } });
const output = (members: object, name = 'O') => ({ Outputs: { [name]: members } });
const malformed =
  'Template format error: Output O is malformed. The Name field of every Export member must be specified and consist only of alphanumeric characters, colons, or hyphens.';

test.each([
  [
    'a version that does not exist',
    { AWSTemplateFormatVersion: '2010-09-10' },
    'Template format error: unsupported value for AWSTemplateFormatVersion.',
  ],
  [
    'a list for description',
    { Description: ['a'] },
    'Template format error: Every Description member must be a string.',
  ],
  ['hooks', { Hooks: {} }, 'The template section Hooks is not emulated'],
  [
    'a resource and a parameter of one name',
    { Parameters: { Handle: text } },
    'Template error: all resources and parameters must have unique names. Common name(s):[Handle]',
  ],
  [
    'a mapping that is none',
    { Mappings: { A: 'x' } },
    'Template format error: Every Mappings member A must be a map',
  ],
  [
    'an element that is none',
    { Mappings: { M: { A: 'x' } } },
    'Template format error: Every Mappings member A must be a map',
  ],
  [
    'an object in a mapping',
    { Mappings: { M: { a: { b: { c: 1 } } } } },
    'Template format error: Every Mappings attribute must be a String or a List.',
  ],
  [
    'an element with a slash',
    { Mappings: { M: { '10.93.0.0/16': { b: 'c' } } } },
    "Template format error: Mappings element name '10.93.0.0/16' must be non-empty and can contain only alphanumerics, '-' or '.'",
  ],
  [
    'an attribute with a dash',
    { Mappings: { M: { a: { 'us-east-1': 'c' } } } },
    "Template format error: Mappings attribute name 'us-east-1' must contain only alphanumeric characters.",
  ],
  [
    'an output with a dash',
    output({ Value: 'x' }, 'vpc-id'),
    "Template format error: Outputs name 'vpc-id' is non alphanumeric.",
  ],
  [
    'an output that is a list',
    output({ Value: ['x'] }),
    'Template format error: The Value field of every Outputs member must evaluate to a String.',
  ],
  [
    'an output that is a condition',
    output({ Value: { 'Fn::Equals': [1, 1] } }),
    'Template format error: The Value field of every Outputs member must evaluate to a String.',
  ],
  [
    'an output of nothing',
    output({ Value: { Ref: 'Nope' } }),
    'Unresolved resource dependencies [Nope] in the Outputs block of the template',
  ],
  ['an export without a name', output({ Value: 'x', Export: {} }), malformed],
  ['an export with a blank', output({ Value: 'x', Export: { Name: 'a b' } }), malformed],
  [
    'an export with a blank from a function',
    output({ Value: 'x', Export: { Name: { 'Fn::Sub': 'a ${AWS::Region}' } } }),
    malformed,
  ],
  [
    'a resource that is a list',
    { Resources: { A: [] } },
    'Template format error: Any Resources member must be an object.',
  ],
  [
    'a name with a dash',
    { Resources: { 'a-b': handle } },
    'Template format error: Resource name a-b is non alphanumeric.',
  ],
  [
    'a condition that is a function',
    resource({ Condition: { Ref: 'x' } }),
    'Template format error: Every Condition member must be a string.',
  ],
  [
    'an object in DependsOn',
    resource({ DependsOn: {} }),
    'Template format error: DependsOn must be a string or list of strings.',
  ],
  [
    'a function in DependsOn',
    resource({ DependsOn: [{ Ref: 'x' }] }),
    'Template format error: Every DependsOn value must be a string.',
  ],
])(
  'a template with %s is refused (unverified but for what LocalStack has recorded)',
  async (_what, template, message) => {
    await refuses(template, message);
  },
);

const bucket = (attributes: object) => ({
  Resources: { B: { Type: 'AWS::S3::Bucket', ...attributes } },
});
const group = (attributes: object) => ({
  Resources: { G: { Type: 'AWS::AutoScaling::AutoScalingGroup', ...attributes } },
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-product-attribute-reference.html
test.each([
  [
    'a DeletionPolicy that does not exist',
    bucket({ DeletionPolicy: 'Keep' }),
    'Template format error: Unrecognized DeletionPolicy Keep for resource B',
  ],
  [
    'an UpdateReplacePolicy RetainExceptOnCreate',
    bucket({ UpdateReplacePolicy: 'RetainExceptOnCreate' }),
    'Template format error: Unrecognized UpdateReplacePolicy RetainExceptOnCreate for resource B',
  ],
  [
    'a Snapshot of a bucket',
    bucket({ DeletionPolicy: 'Snapshot' }),
    'Template error: resource type AWS::S3::Bucket does not support deletion policy Snapshot',
  ],
  [
    'a Snapshot of a volume',
    { Resources: { V: { Type: 'AWS::EC2::Volume', DeletionPolicy: 'Snapshot' } } },
    'DeletionPolicy Snapshot of AWS::EC2::Volume is not emulated',
  ],
  [
    'a reference for CreationPolicy',
    group({ CreationPolicy: { Ref: 'x' } }),
    'Template format error: Expected an object',
  ],
  [
    'a strange CreationPolicy',
    group({ CreationPolicy: { Signals: 3 } }),
    'Template format error: Invalid CreationPolicy property or properties [Signals]',
  ],
  [
    'a text for Count',
    group({ CreationPolicy: { ResourceSignal: { Count: 'three' } } }),
    'Encountered non numeric value for property Count',
  ],
  [
    'minutes for Timeout',
    group({ CreationPolicy: { ResourceSignal: { Timeout: '15' } } }),
    'Timeout must be an ISO-8601 compliant duration',
  ],
  [
    'a text for UpdatePolicy',
    group({ UpdatePolicy: 'x' }),
    'Template format error: Expected an object',
  ],
  [
    'a strange UpdatePolicy',
    group({ UpdatePolicy: { RollingUpdate: {} } }),
    'Template format error: Invalid UpdatePolicy property or properties [RollingUpdate]',
  ],
])('a resource with %s is refused (text unverified)', async (_what, template, message) => {
  await refuses(template, message);
});

test.each([
  ['RetainExceptOnCreate', bucket({ DeletionPolicy: 'RetainExceptOnCreate' })],
  [
    'a CreationPolicy for signals',
    group({ CreationPolicy: { ResourceSignal: { Count: '3', Timeout: 'PT15M' } } }),
  ],
  [
    'an UpdatePolicy for rolling updates',
    group({ UpdatePolicy: { AutoScalingRollingUpdate: { MinInstancesInService: 1 } } }),
  ],
  [
    'an UpdatePolicy for a deployment of an alias',
    {
      Resources: {
        A: {
          Type: 'AWS::Lambda::Alias',
          UpdatePolicy: { CodeDeployLambdaAliasUpdate: { ApplicationName: 'a' } },
        },
      },
    },
  ],
])('a resource with %s is in order', async (_what, template) => {
  const cfn = emulated().client(CloudFormation);

  await expect(cfn.validateTemplate({ TemplateBody: bodyOf(template) })).resolves.toBeDefined();
});

test('a CreationPolicy is passed over on types that wait for no signals', async () => {
  const Handle = { ...handle, CreationPolicy: { ResourceSignal: { Count: 3 } } };

  expect(await outputsOf({ Resources: { Handle }, ...output({ Value: 'there' }) })).toEqual({
    O: 'there',
  });
});

test.each([
  [
    'a resource that is not there',
    resource({ Properties: { X: { Ref: 'Nope' } } }),
    'Template format error: Unresolved resource dependencies [Nope] in the Resources block of the template',
  ],
  [
    'nothing in an output',
    output({ Value: { 'Fn::Sub': '${Nope}' } }),
    'Unresolved resource dependencies [Nope] in the Outputs block of the template',
  ],
  [
    'a condition that is not there',
    resource({ Condition: 'Nope' }),
    'Template format error: Unresolved condition dependency Nope in the Resources block of the template',
  ],
])(
  'validation alone refuses a template that names %s (unverified but for what LocalStack has recorded)',
  async (_what, template, message) => {
    const cfn = emulated().client(CloudFormation);

    await expect(cfn.validateTemplate({ TemplateBody: bodyOf(template) })).rejects.toMatchObject({
      name: 'ValidationError',
      message,
    });
  },
);

// CloudFormation reads YAML 1.1:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
test.each([
  ['yes', 'true'],
  ['Off', 'false'],
  ['y', 'y'],
  ['"yes"', 'yes'],
  ['0755', '493'],
  ['012345678901', '012345678901'],
  ['"0755"', '0755'],
  ['2026-01-01', '2026-01-01'],
  ['1:30', '90'],
])('the YAML scalar %s means %s', async (scalar, expected) => {
  const cfn = emulated().client(CloudFormation);
  const TemplateBody = `
Resources:
  Handle: { Type: AWS::CloudFormation::WaitConditionHandle }
Outputs:
  Out: { Value: !Sub ['\${Value}', { Value: ${scalar} }] }
`;

  await cfn.createStack({ StackName: 's', TemplateBody });

  const { Stacks: [stack] = [] } = await cfn.describeStacks({ StackName: 's' });
  expect(stack?.Outputs).toMatchObject([{ OutputValue: expected }]);
});

test('aliases of YAML are refused (text unverified)', async () => {
  const cfn = emulated().client(CloudFormation);
  const TemplateBody = 'Resources: { A: &a { Type: AWS::SQS::Queue }, B: *a }';

  await expect(cfn.validateTemplate({ TemplateBody })).rejects.toMatchObject({
    name: 'ValidationError',
    message: 'Template error: YAML aliases are not allowed in CloudFormation templates',
  });
});

/** Some of this is found by validation alone, and some needs values: creation tells all of it. */
async function refuses(template: object, message: string): Promise<void> {
  await expect(outputsOf(template)).rejects.toMatchObject({ name: 'ValidationError', message });
}
