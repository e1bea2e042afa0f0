import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { emulated } from '../../../test/support/emulated';
import { bodyOf, handle, outputsOf, valueOf } from '../../../test/support/template';

// The examples are those of the function's page:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
type Row = [what: string, value: unknown, expected: string];

const joined = (list: unknown) => ({ 'Fn::Join': [' ', list] });

// …/intrinsic-function-reference-base64.html
test.each<Row>([
  ['a text', { 'Fn::Base64': 'AWS CloudFormation' }, 'QVdTIENsb3VkRm9ybWF0aW9u'],
  ['a function', { 'Fn::Base64': { 'Fn::Join': ['', ['a', 'b']] } }, 'YWI='],
  ['UTF-8', { 'Fn::Base64': 'é' }, 'w6k='],
])('Fn::Base64 encodes %s', async (_what, value, expected) => {
  expect(await valueOf(value)).toBe(expected);
});

// …/intrinsic-function-reference-cidr.html
test.each<Row>([
  [
    'six blocks of /27 out of a /24',
    { 'Fn::Cidr': ['192.168.0.0/24', '6', '5'] },
    '192.168.0.0/27 192.168.0.32/27 192.168.0.64/27 192.168.0.96/27 192.168.0.128/27 192.168.0.160/27',
  ],
  [
    'blocks of an IPv6 range',
    { 'Fn::Cidr': ['2001:db8:1234:1a00::/56', 2, 64] },
    '2001:db8:1234:1a00::/64 2001:db8:1234:1a01::/64',
  ],
  ['a block inside a block', { 'Fn::Cidr': [inner(), 2, 4] }, '10.0.1.0/28 10.0.1.16/28'],
])('Fn::Cidr answers %s', async (_what, value, expected) => {
  expect(await valueOf(joined(value))).toBe(expected);
});

function inner() {
  return { 'Fn::Select': [1, { 'Fn::Cidr': ['10.0.0.0/16', 4, 8] }] };
}

const regionMap = {
  Mappings: {
    RegionMap: {
      'us-east-1': { HVM64: 'ami-0ff8a91507f77f867', HVMG2: 'ami-0a584ac55a7631c0c' },
      'us-west-1': { HVM64: 'ami-0bdb828fd58c52235', HVMG2: 'ami-066ee5fd4a9ef77f1' },
    },
    Zones: { all: { names: ['a', 'b'] } },
  },
};

// …/intrinsic-function-reference-findinmap.html
test.each<Row>([
  [
    'the value of the Region',
    { 'Fn::FindInMap': ['RegionMap', { Ref: 'AWS::Region' }, 'HVM64'] },
    'ami-0ff8a91507f77f867',
  ],
  ['a list', joined({ 'Fn::FindInMap': ['Zones', 'all', 'names'] }), 'a b'],
])('Fn::FindInMap finds %s', async (_what, value, expected) => {
  expect(await valueOf(value, regionMap)).toBe(expected);
});

const queue = { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders' } } };

// …/intrinsic-function-reference-getatt.html
test.each<Row>([
  ['by list', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:aws:sqs:us-east-1:000000000000:orders'],
  ['by text', { 'Fn::GetAtt': 'Queue.QueueName' }, 'orders'],
  [
    'with the attribute from a function',
    { 'Fn::GetAtt': ['Queue', { 'Fn::Join': ['', ['Queue', 'Name']] }] },
    'orders',
  ],
])('Fn::GetAtt answers an attribute %s', async (_what, value, expected) => {
  expect(await valueOf(value, { Resources: queue })).toBe(expected);
});

const ownZones = 'us-east-1a us-east-1b us-east-1c';

// …/intrinsic-function-reference-getavailabilityzones.html
test.each<Row>([
  ['the own Region by an empty text', { 'Fn::GetAZs': '' }, ownZones],
  ['the own Region by reference', { 'Fn::GetAZs': { Ref: 'AWS::Region' } }, ownZones],
  ['the own Region by name', { 'Fn::GetAZs': 'us-east-1' }, ownZones],
  // Of another Region the list is empty: localstack pull request 9740, ministack 1650.
  ['another Region, of which there are none', { 'Fn::GetAZs': 'eu-west-1' }, ''],
])('Fn::GetAZs answers the zones of %s', async (_what, value, expected) => {
  expect(await valueOf(joined(value))).toBe(expected);
});

// …/intrinsic-function-reference-join.html
test.each<Row>([
  ['texts', { 'Fn::Join': [':', ['a', 'b', 'c']] }, 'a:b:c'],
  [
    'functions',
    {
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::x-', { Ref: 'AWS::AccountId' }]],
    },
    'arn:aws:s3:::x-000000000000',
  ],
  ['what is left without AWS::NoValue', joined(['a', { Ref: 'AWS::NoValue' }, 'b']), 'a b'],
  ['numbers and truth values', joined([1, true]), '1 true'],
])('Fn::Join joins %s', async (_what, value, expected) => {
  expect(await valueOf(value)).toBe(expected);
});

const blocks = {
  Parameters: {
    DbSubnetIpBlocks: {
      Type: 'CommaDelimitedList',
      Default: '10.0.48.0/24, 10.0.112.0/24, 10.0.176.0/24',
    },
  },
};

// …/intrinsic-function-reference-select.html
test.each<Row>([
  ['a list', { 'Fn::Select': ['1', ['apples', 'grapes', 'oranges', 'mangoes']] }, 'grapes'],
  ['a parameter', { 'Fn::Select': [0, { Ref: 'DbSubnetIpBlocks' }] }, '10.0.48.0/24'],
])('Fn::Select takes one of %s', async (_what, value, expected) => {
  expect(await valueOf(value, blocks)).toBe(expected);
});

// …/intrinsic-function-reference-split.html
test.each<Row>([
  ['a text', joined({ 'Fn::Split': ['|', 'a|b|c'] }), 'a b c'],
  ['a text with empty parts', { 'Fn::Join': ['-', { 'Fn::Split': ['|', 'a||c|'] }] }, 'a--c-'],
  [
    'a function',
    { 'Fn::Select': [5, { 'Fn::Split': [':', { 'Fn::GetAtt': 'Queue.Arn' }] }] },
    'orders',
  ],
])('Fn::Split splits %s', async (_what, value, expected) => {
  expect(await valueOf(value, { Resources: queue })).toBe(expected);
});

const rootDomain = { Parameters: { RootDomainName: { Type: 'String', Default: 'example.com' } } };

// …/intrinsic-function-reference-sub.html
test.each<Row>([
  [
    'variables of its own map',
    { 'Fn::Sub': ['www.${Domain}', { Domain: { Ref: 'RootDomainName' } }] },
    'www.example.com',
  ],
  [
    'pseudo parameters, parameters and resources',
    {
      'Fn::Sub':
        'arn:aws:ec2:${AWS::Region}:${AWS::AccountId}:${RootDomainName}/${Queue.QueueName}',
    },
    'arn:aws:ec2:us-east-1:000000000000:example.com/orders',
  ],
  ['nothing in a literal', { 'Fn::Sub': '${!Literal} ${AWS::StackName}' }, '${Literal} values'],
])('Fn::Sub fills %s', async (_what, value, expected) => {
  expect(await valueOf(value, { ...rootDomain, Resources: queue })).toBe(expected);
});

// …/intrinsic-function-reference-ref.html and …/pseudo-parameter-reference.html
test.each<Row>([
  ['a parameter', { Ref: 'RootDomainName' }, 'example.com'],
  ['a resource', { Ref: 'Queue' }, 'http://127.0.0.1:4566/000000000000/orders'],
  ['the account', { Ref: 'AWS::AccountId' }, '000000000000'],
  ['the Region', { Ref: 'AWS::Region' }, 'us-east-1'],
  ['the partition', { Ref: 'AWS::Partition' }, 'aws'],
  ['the domain suffix', { Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
  ['the stack', { Ref: 'AWS::StackName' }, 'values'],
  ['the topics', joined({ Ref: 'AWS::NotificationARNs' }), 'arn:aws:sns:us-east-1:000000000000:n'],
])('Ref answers %s', async (_what, value, expected) => {
  const options = { NotificationARNs: ['arn:aws:sns:us-east-1:000000000000:n'] };

  expect(await valueOf(value, { ...rootDomain, Resources: queue }, options)).toBe(expected);
});

// …/intrinsic-function-reference-importvalue.html
test('Fn::ImportValue answers what another stack exports', async () => {
  const cfn = emulated().client(CloudFormation);
  const Exported = {
    Value: 'subnet-1',
    Export: { Name: { 'Fn::Sub': '${AWS::StackName}-SubnetID' } },
  };
  await cfn.createStack({ StackName: 'network', TemplateBody: bodyOf({ Outputs: { Exported } }) });
  const imported = { 'Fn::ImportValue': { 'Fn::Sub': '${Stack}-SubnetID' } };

  const outputs = await outputsOf(
    {
      Parameters: { Stack: { Type: 'String', Default: 'network' } },
      Outputs: { Out: { Value: imported } },
    },
    {},
    cfn,
  );

  expect(outputs).toEqual({ Out: 'subnet-1' });
});

const conditions = {
  Parameters: {
    EnvironmentType: { Type: 'String', Default: 'prod' },
    ASecurityGroup: { Type: 'String', Default: 'sg-mysggroup' },
  },
  Conditions: {
    UseProd: { 'Fn::Equals': [{ Ref: 'EnvironmentType' }, 'prod'] },
    NotProd: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'EnvironmentType' }, 'prod'] }] },
    Both: {
      'Fn::And': [
        { 'Fn::Equals': ['sg-mysggroup', { Ref: 'ASecurityGroup' }] },
        { Condition: 'UseProd' },
      ],
    },
    Either: {
      'Fn::Or': [
        { 'Fn::Equals': ['sg-other', { Ref: 'ASecurityGroup' }] },
        { Condition: 'NotProd' },
      ],
    },
    NumberIsText: { 'Fn::Equals': [1, '1'] },
    CaseMatters: { 'Fn::Equals': ['A', 'a'] },
    ListsAreEqual: { 'Fn::Equals': [{ 'Fn::Split': [',', 'a,b'] }, ['a', 'b']] },
  },
};

// …/intrinsic-function-reference-conditions.html
test.each([
  ['Fn::Equals of equal texts', 'UseProd', 'yes'],
  ['Fn::Equals of a number and its text', 'NumberIsText', 'yes'],
  ['Fn::Equals of texts in another case', 'CaseMatters', 'no'],
  ['Fn::Equals of equal lists', 'ListsAreEqual', 'yes'],
  ['Fn::Not of what holds', 'NotProd', 'no'],
  ['Fn::And of two that hold', 'Both', 'yes'],
  ['Fn::Or of two that do not hold', 'Either', 'no'],
])('%s makes Fn::If choose', async (_what, condition, expected) => {
  expect(await valueOf({ 'Fn::If': [condition, 'yes', 'no'] }, conditions)).toBe(expected);
});

test('Fn::If with AWS::NoValue takes a member away', async () => {
  const value = joined(['a', { 'Fn::If': ['NotProd', 'b', { Ref: 'AWS::NoValue' }] }]);

  expect(await valueOf(value, conditions)).toBe('a');
});

const select = 'Template error: Fn::Select requires a list argument';

test.each([
  [
    'Fn::Base64 of a list',
    { 'Fn::Base64': ['a'] },
    'Template error: every Fn::Base64 object must have a String-typed value.',
  ],
  [
    'Fn::GetAZs of a list',
    { 'Fn::GetAZs': ['a'] },
    'Template error: every Fn::GetAZs object must have a String-typed value.',
  ],
  [
    'Fn::Select without a list',
    { 'Fn::Select': [1, 'a'] },
    `${select} with two elements: an integer index and a list`,
  ],
  [
    'Fn::Select with a text for index',
    { 'Fn::Select': ['x', ['a']] },
    `${select} with a valid index value as its first element`,
  ],
  [
    'Fn::Select beyond the list',
    { 'Fn::Select': [2, ['a']] },
    'Template error: Fn::Select cannot select nonexistent value at index 2',
  ],
  [
    'Fn::Select before the list',
    { 'Fn::Select': [-1, ['a']] },
    'Template error: Fn::Select cannot select nonexistent value at index -1',
  ],
  [
    'Fn::Join without a list',
    { 'Fn::Join': [',', 'a'] },
    'Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.',
  ],
  [
    'Fn::Split of a list',
    { 'Fn::Split': [',', ['a']] },
    'Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.',
  ],
  [
    'Fn::FindInMap without a key',
    { 'Fn::FindInMap': ['RegionMap', 'a'] },
    'Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value',
  ],
  [
    'Fn::FindInMap with a default',
    { 'Fn::FindInMap': ['RegionMap', 'a', 'b', { DefaultValue: 1 }] },
    'Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value',
  ],
  [
    'Fn::FindInMap of no mapping',
    { 'Fn::FindInMap': ['Nope', 'a', 'b'] },
    "Template error: Mapping named 'Nope' is not present in the 'Mappings' section of template.",
  ],
  [
    'Fn::FindInMap of no attribute',
    { 'Fn::FindInMap': ['RegionMap', 'us-east-1', 'Nope'] },
    'Template error: Unable to get mapping for RegionMap::us-east-1::Nope',
  ],
  [
    'Fn::GetAtt without attribute',
    { 'Fn::GetAtt': ['Handle'] },
    'Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute',
  ],
  [
    'Fn::Sub of a list',
    { 'Fn::Sub': [['a'], {}] },
    "Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string",
  ],
  [
    'Fn::Sub with a strange variable',
    { 'Fn::Sub': '${a b}' },
    'Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons',
  ],
  [
    'Fn::Sub with a list',
    { 'Fn::Sub': ['${A}', { A: ['a'] }] },
    'Template error: variable A in Fn::Sub expression does not resolve to a string',
  ],
  [
    'Fn::Sub with a strange key',
    { 'Fn::Sub': ['${A}', { 'A.b': 'a' }] },
    'Template error: every key of the context object of every Fn::Sub object must contain only alphanumeric characters and underscores',
  ],
  [
    'Fn::Join of a list in a list',
    { 'Fn::Join': [',', [['a']]] },
    'Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.',
  ],
  [
    'Fn::Contains outside Rules',
    { 'Fn::Contains': [['a'], 'a'] },
    'Template error: Fn::Contains can only be used in the Rules section of the template',
  ],
  [
    'Fn::If of an unknown condition',
    { 'Fn::If': ['Nope', 1, 2] },
    'Template error: unresolved condition dependency Nope in Fn::If',
  ],
  [
    'Fn::If with two arguments',
    { 'Fn::If': ['Nope', 1] },
    'Template error: Fn::If requires a list argument with three elements',
  ],
  [
    'Fn::ImportValue of a reference to a resource',
    { 'Fn::ImportValue': { Ref: 'Handle' } },
    'Template error: the attribute in Fn::ImportValue must not depend on any resources, imported values, or Fn::GetAZs',
  ],
  [
    'Ref of a list',
    { Ref: ['a'] },
    'Template error: every Ref object must have a single String value.',
  ],
  [
    'Ref of nothing',
    { Ref: 'Nope' },
    'Template format error: Unresolved resource dependencies [Nope] in the Resources block of the template',
  ],
  [
    'Fn::Cidr with too many blocks',
    { 'Fn::Cidr': ['10.0.0.0/24', 257, 0] },
    'Template error: Fn::Cidr: the range 10.0.0.0/24 cannot be divided into 257 blocks of 0 bits',
  ],
  [
    'Fn::Transform',
    { 'Fn::Transform': { Name: 'AWS::Include' } },
    'The intrinsic function Fn::Transform is not emulated',
  ],
])('%s is refused (unverified but for what LocalStack has recorded)', async (_what, X, message) => {
  const template = {
    ...regionMap,
    Resources: { Handle: handle, Other: { ...handle, Properties: { X } } },
  };

  await expect(outputsOf(template)).rejects.toMatchObject({ name: 'ValidationError', message });
});

test.each([
  [
    'Fn::Equals with one',
    { 'Fn::Equals': ['a'] },
    'Template error: every Fn::Equals object requires a list of 2 string parameters.',
  ],
  [
    'Fn::And with one',
    { 'Fn::And': [{ 'Fn::Equals': [1, 1] }] },
    'Template error: every Fn::And object requires a list of at least 2 and at most 10 boolean parameters.',
  ],
  [
    'Fn::Or with one',
    { 'Fn::Or': [{ 'Fn::Equals': [1, 1] }] },
    'Template error: every Fn::Or object requires a list of at least 2 and at most 10 boolean parameters.',
  ],
  [
    'Fn::Not with two',
    { 'Fn::Not': [1, 2] },
    'Template error: every Fn::Not object requires one boolean parameter.',
  ],
  [
    'a name that is not there',
    { Condition: 'Nope' },
    'Template format error: Unresolved condition dependency Nope in the Conditions block of the template',
  ],
  [
    'itself',
    { Condition: 'C' },
    'Template format error: Found circular condition dependency between [C]',
  ],
  [
    'a resource',
    { 'Fn::Equals': [{ Ref: 'Handle' }, 1] },
    'Template format error: Unresolved dependencies [Handle]. Cannot reference resources in the Conditions block of the template',
  ],
])(
  'a condition of %s is refused (unverified but for what LocalStack has recorded)',
  async (_what, C, message) => {
    await expect(outputsOf({ Conditions: { C } })).rejects.toMatchObject({
      name: 'ValidationError',
      message,
    });
  },
);
