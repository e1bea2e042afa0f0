import { CloudFormation, type Parameter } from '@aws-sdk/client-cloudformation';
import { EC2 } from '@aws-sdk/client-ec2';
import { SSM } from '@aws-sdk/client-ssm';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../lib/home';
import { emulated } from '../../../test/support/emulated';
import { bodyOf, handle, outputsOf, rollbackOf, valueOf } from '../../../test/support/template';
import { forms } from './parameter-facts';

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
test.each([
  ['String', 'a,b', 'a,b'],
  ['Number', '10', '10'],
  ['List<Number>', '80,20', '80+20'],
  ['CommaDelimitedList', 'test, dev,prod', 'test+dev+prod'],
  ['List<String>', 'a, b', 'a+b'],
])('a parameter of type %s answers %j as %j', async (Type, Default, expected) => {
  const isList = Type.includes('List');
  const value = isList ? { 'Fn::Join': ['+', { Ref: 'P' }] } : { Ref: 'P' };

  expect(await valueOf(value, { Parameters: { P: { Type, Default } } })).toBe(expected);
});

test.each([
  [
    'a type that does not exist',
    { Type: 'AWS::EC2::Nope' },
    'Template format error: Unrecognized parameter type: AWS::EC2::Nope',
  ],
  [
    'a list of key pairs',
    { Type: 'List<AWS::EC2::KeyPair::KeyName>' },
    'Template format error: Unrecognized parameter type: List<AWS::EC2::KeyPair::KeyName>',
  ],
  [
    'a stored StringList',
    { Type: 'AWS::SSM::Parameter::Value<StringList>' },
    'Template format error: Unrecognized parameter type: AWS::SSM::Parameter::Value<StringList>',
  ],
  ['no type', {}, 'Template format error: Every Parameters object must contain a Type member.'],
  [
    'a DefaultValue',
    { Type: 'String', DefaultValue: 'x' },
    "Invalid template parameter property 'DefaultValue'",
  ],
  [
    'a list for default',
    { Type: 'CommaDelimitedList', Default: ['a'] },
    'Template format error: Every Default member must be a string.',
  ],
  [
    'a text for AllowedValues',
    { Type: 'String', AllowedValues: 'a b' },
    'Template format error: Every AllowedValues member must be a list.',
  ],
  [
    'a default that is not allowed',
    { Type: 'String', Default: 'c', AllowedValues: ['a', 'b'] },
    "Parameter 'P' must be one of AllowedValues",
  ],
])('a declaration with %s is refused (text unverified)', async (_what, declaration, message) => {
  const cfn = emulated().client(CloudFormation);
  const TemplateBody = bodyOf({ Parameters: { P: declaration } });

  await expect(cfn.validateTemplate({ TemplateBody })).rejects.toMatchObject({
    name: 'ValidationError',
    message,
  });
});

test.each([
  ['a text for a number', { Type: 'Number' }, 'x', "Parameter 'P' must be a number."],
  ['a text among numbers', { Type: 'List<Number>' }, '1,x', "Parameter 'P' must be a number."],
  [
    'a number too small',
    { Type: 'Number', MinValue: 1150 },
    '1',
    "Parameter 'P' must be a number not less than 1150",
  ],
  [
    'a number too great',
    { Type: 'Number', MaxValue: 65535 },
    '65536',
    "Parameter 'P' must be a number not greater than 65535",
  ],
  [
    'a text too short',
    { Type: 'String', MinLength: 3 },
    'ab',
    "Parameter 'P' must contain at least 3 characters",
  ],
  [
    'a text too long',
    { Type: 'String', MaxLength: 1 },
    'ab',
    "Parameter 'P' must contain at most 1 characters",
  ],
  [
    'a text off the pattern',
    { Type: 'String', AllowedPattern: '[a-z]+' },
    'a1',
    "Parameter 'P' must match pattern [a-z]+",
  ],
  [
    'a list with one that is not allowed',
    { Type: 'CommaDelimitedList', AllowedValues: ['a'] },
    'a,b',
    "Parameter 'P' must be one of AllowedValues",
  ],
  [
    'a described constraint',
    { Type: 'String', MaxLength: 1, ConstraintDescription: 'one letter' },
    'ab',
    'Parameter P failed to satisfy constraint: one letter',
  ],
  [
    'a value too long for any',
    { Type: 'String' },
    'a'.repeat(4097),
    'Parameter P exceeds the maximum parameter value length of 4096 bytes.',
  ],
])(
  '%s is refused (unverified but for what LocalStack has recorded)',
  async (_what, ...row: [object, string, string]) => {
    const [declaration, ParameterValue, message] = row;
    const Parameters = [{ ParameterKey: 'P', ParameterValue }];

    await expect(
      outputsOf({ Parameters: { P: declaration } }, { Parameters }),
    ).rejects.toMatchObject({ name: 'ValidationError', message });
  },
);

const given = (ParameterValue: string): { Parameters: Parameter[] } => ({
  Parameters: [{ ParameterKey: 'P', ParameterValue }],
});

/** An id or a name of each kind that an account has from the start. */
async function existing() {
  const { client } = emulated();
  const [cfn, ec2] = [client(CloudFormation), client(EC2)];
  const { Subnets: subnets = [] } = await ec2.describeSubnets({});
  const { SecurityGroups: groups = [] } = await ec2.describeSecurityGroups({});
  const volume = await ec2.createVolume({ AvailabilityZone: 'us-east-1a', Size: 1 });
  return {
    cfn,
    ids: {
      'AWS::EC2::VPC::Id': String(subnets[0]?.VpcId),
      'AWS::EC2::Subnet::Id': String(subnets[0]?.SubnetId),
      'List<AWS::EC2::Subnet::Id>': subnets.map(({ SubnetId: id }) => id).join(', '),
      'AWS::EC2::SecurityGroup::Id': String(groups[0]?.GroupId),
      'AWS::EC2::SecurityGroup::GroupName': 'default',
      'AWS::EC2::AvailabilityZone::Name': 'us-east-1a',
      'List<AWS::EC2::AvailabilityZone::Name>': 'us-east-1a,us-east-1b',
      'AWS::EC2::KeyPair::KeyName': 'my-key',
      'AWS::EC2::Image::Id': 'ami-0ff8a91507f77f867',
      'AWS::EC2::Volume::Id': String(volume.VolumeId),
      'AWS::Route53::HostedZone::Id': 'Z23YXV4OVPL04A',
    },
  };
}

type Kind = keyof Awaited<ReturnType<typeof existing>>['ids'];

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
const kinds: [Kind, string][] = [
  ['AWS::EC2::VPC::Id', 'vpc-0ff8a91507f77f867'],
  ['AWS::EC2::Subnet::Id', 'subnet-0ff8a91507f77f867'],
  ['List<AWS::EC2::Subnet::Id>', 'subnet-0ff8a91507f77f867'],
  ['AWS::EC2::SecurityGroup::Id', 'sg-0ff8a91507f77f867'],
  ['AWS::EC2::SecurityGroup::GroupName', 'nobodys'],
  ['AWS::EC2::AvailabilityZone::Name', 'us-east-1z'],
  ['List<AWS::EC2::AvailabilityZone::Name>', 'us-east-1z'],
  ['AWS::EC2::KeyPair::KeyName', ''],
  ['AWS::EC2::Image::Id', 'ubuntu'],
  ['AWS::EC2::Volume::Id', 'vol-0ff8a91507f77f867'],
  ['AWS::Route53::HostedZone::Id', 'example.com'],
];

test.each(kinds)('a parameter of type %s takes what there is', async (Type) => {
  const { cfn, ids } = await existing();
  const template = { Parameters: { P: { Type } }, Outputs: { Done: { Value: 'yes' } } };

  expect(await outputsOf(template, given(ids[Type]), cfn)).toEqual({ Done: 'yes' });
});

test.each(kinds)('a parameter of type %s takes the stack back for %j', async (Type, value) => {
  expect(await rollbackOf({ Parameters: { P: { Type } } }, given(value))).toEqual({
    status: 'ROLLBACK_COMPLETE',
    reason: `Parameter validation failed: parameter value ${value} for parameter name P does not exist. Rollback requested by user.`,
  });
});

test('the types that are only held against a form are listed in the documentation', () => {
  const listed = readFileSync(join(projectRoot, 'docs', 'templates.md'), 'utf8').match(
    /(?<=^- `)[^`]+/gm,
  );

  expect(listed).toEqual(Object.keys(forms));
});

test('a change set names each value that does not exist', async () => {
  const cfn = emulated().client(CloudFormation);
  const name = { StackName: 's', ChangeSetName: 'c' };
  const TemplateBody = bodyOf({
    Parameters: {
      Zones: { Type: 'List<AWS::EC2::AvailabilityZone::Name>', Default: 'x,us-east-1a,y' },
    },
  });

  await cfn.createChangeSet({ ...name, ChangeSetType: 'CREATE', TemplateBody });

  expect(await cfn.describeChangeSet(name)).toMatchObject({
    Status: 'FAILED',
    StatusReason:
      'Parameter validation failed: parameter value x for parameter name Zones does not exist, parameter value y for parameter name Zones does not exist',
  });
});

/** A store with a text, a list and a secret. */
async function stored() {
  const { client } = emulated();
  const [cfn, ssm] = [client(CloudFormation), client(SSM)];
  await ssm.putParameter({ Name: '/text', Type: 'String', Value: 'one' });
  await ssm.putParameter({ Name: '/list', Type: 'StringList', Value: 'one,two' });
  await ssm.putParameter({ Name: '/zone', Type: 'String', Value: 'us-east-1z' });
  await ssm.putParameter({ Name: '/secret', Type: 'SecureString', Value: 'hush' });
  return cfn;
}

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html#systems-manager-parameter-types-available
test.each([
  ['AWS::SSM::Parameter::Name', '/text', { Ref: 'P' }, '/text'],
  ['AWS::SSM::Parameter::Value<String>', '/text', { Ref: 'P' }, 'one'],
  ['AWS::SSM::Parameter::Value<String>', '/text:1', { Ref: 'P' }, 'one'],
  ['AWS::SSM::Parameter::Value<List<String>>', '/list', { 'Fn::Select': [1, { Ref: 'P' }] }, 'two'],
  [
    'AWS::SSM::Parameter::Value<CommaDelimitedList>',
    '/list',
    { 'Fn::Select': [1, { Ref: 'P' }] },
    'two',
  ],
])(
  'a parameter of type %s with %s answers what is stored',
  async (Type, ...row: [string, unknown, string]) => {
    const [value, Value, expected] = row;
    const template = { Parameters: { P: { Type } }, Outputs: { Out: { Value } } };

    expect(await outputsOf(template, given(value), await stored())).toEqual({ Out: expected });
  },
);

test.each([
  ['nothing', '/nope', 'Unable to fetch parameters [/nope] from parameter store for this account.'],
  [
    'a secret',
    '/secret',
    'Parameters [/secret] referenced by template have types not supported by CloudFormation.',
  ],
])('a stored parameter that is %s is refused (text unverified)', async (_what, value, message) => {
  const template = { Parameters: { P: { Type: 'AWS::SSM::Parameter::Value<String>' } } };

  await expect(outputsOf(template, given(value), await stored())).rejects.toMatchObject({
    name: 'ValidationError',
    message,
  });
});

test.each([
  ['AWS::SSM::Parameter::Name', '/nope', '/nope'],
  ['AWS::SSM::Parameter::Value<AWS::EC2::AvailabilityZone::Name>', '/zone', 'us-east-1z'],
])('a parameter of type %s with %s takes the stack back', async (Type, value, named) => {
  const rollback = await rollbackOf({ Parameters: { P: { Type } } }, given(value), await stored());

  expect(rollback.reason).toBe(
    `Parameter validation failed: parameter value ${named} for parameter name P does not exist. Rollback requested by user.`,
  );
});

const copy = (Value: unknown) => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Name: '/copy', Type: 'String', Value },
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm.html
test.each([
  ['the newest version', '{{resolve:ssm:/source}}', 'second'],
  ['a version', '{{resolve:ssm:/source:1}}', 'first'],
  [
    'two in one text',
    '{{resolve:ssm:/source:1}} and {{resolve:ssm:/source:2}}',
    'first and second',
  ],
  ['a name from a parameter', { 'Fn::Sub': '{{resolve:ssm:${Name}:1}}' }, 'first'],
])('a dynamic reference reads %s', async (_what, value, expected) => {
  const { client } = emulated();
  const [cfn, ssm] = [client(CloudFormation), client(SSM)];
  const source = { Name: '/source', Type: 'String', Overwrite: true } as const;
  await ssm.putParameter({ ...source, Value: 'first' });
  await ssm.putParameter({ ...source, Value: 'second' });

  await cfn.createStack({
    StackName: 's',
    TemplateBody: bodyOf({
      Parameters: { Name: { Type: 'String', Default: '/source' } },
      Resources: { Copy: copy(value) },
    }),
  });

  expect((await ssm.getParameter({ Name: '/copy' })).Parameter?.Value).toBe(expected);
});

test.each([
  ['to nothing', '{{resolve:ssm:/nope:3}}', 'Parameters: [ssm:/nope:3] cannot be found.'],
  [
    'to a secret',
    '{{resolve:ssm:/secret}}',
    'Parameters [/secret] referenced by template have types not supported by CloudFormation.',
  ],
  [
    'without its version',
    '{{resolve:ssm:/text:}}',
    'Incorrect format is used in the following SSM reference: [{{resolve:ssm:/text:}}]',
  ],
])('a dynamic reference %s is refused (text unverified)', async (_what, value, message) => {
  const cfn = await stored();

  await expect(outputsOf({ Resources: { Copy: copy(value) } }, {}, cfn)).rejects.toMatchObject({
    name: 'ValidationError',
    message,
  });
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm-secure-strings.html
test('a secure string is not refused where AWS allows one, as for a user’s password', async () => {
  const cfn = await stored();
  const User = {
    Type: 'AWS::IAM::User',
    Properties: { LoginProfile: { Password: '{{resolve:ssm-secure:/secret}}' } },
  };
  const Capabilities = ['CAPABILITY_IAM' as const];

  const { reason = '' } = await rollbackOf({ Resources: { User } }, { Capabilities }, cfn);

  expect(reason).not.toContain('SSM Secure reference');
});

test('a secure string in any other place takes the stack back and names the place', async () => {
  const value = { Copy: copy('{{resolve:ssm-secure:/secret:1}}'), Other: handle };

  expect(await rollbackOf({ Resources: value }, {}, await stored())).toEqual({
    status: 'ROLLBACK_COMPLETE',
    reason:
      'SSM Secure reference is not supported in: [AWS::SSM::Parameter/Properties/Value]. Rollback requested by user.',
  });
});
