import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { EC2 } from '@aws-sdk/client-ec2';
import { emulated } from '../../../test/support/emulated';
import { bodyOf, outputsOf } from '../../../test/support/template';

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-rules.html
const testRule = (RuleCondition: object, Assert: object) => ({
  Parameters: {
    Environment: { Type: 'String', Default: 'test' },
    InstanceType: { Type: 'String', Default: 'a1.medium' },
    Sizes: { Type: 'CommaDelimitedList', Default: 'a1.medium,a1.large' },
  },
  Rules: {
    Test: { RuleCondition, Assertions: [{ Assert, AssertDescription: 'Wrong for a test.' }] },
  },
  Outputs: { Out: { Value: 'deployed' } },
});

const always = { 'Fn::Equals': ['a', 'a'] };
const never = { 'Fn::Not': [always] };
const isTest = { 'Fn::Equals': [{ Ref: 'Environment' }, 'test'] };

test.each<[string, object]>([
  [
    'Fn::Contains of one that is there',
    { 'Fn::Contains': [['a1.medium'], { Ref: 'InstanceType' }] },
  ],
  ['Fn::EachMemberEquals of equal ones', { 'Fn::EachMemberEquals': [['a', 'a'], 'a'] }],
  [
    'Fn::EachMemberIn of a part',
    { 'Fn::EachMemberIn': [{ Ref: 'Sizes' }, ['a1.medium', 'a1.large', 'm1']] },
  ],
  ['Fn::Equals of equal texts', isTest],
  ['Fn::Not of what does not hold', { 'Fn::Not': [never] }],
  ['Fn::And of two that hold', { 'Fn::And': [always, isTest] }],
  ['Fn::Or with one that holds', { 'Fn::Or': [never, isTest] }],
])('a rule holds by %s', async (_what, assertion) => {
  expect(await outputsOf(testRule(isTest, assertion))).toEqual({ Out: 'deployed' });
});

test.each<[string, object]>([
  ['Fn::Contains of none', { 'Fn::Contains': [['m1'], { Ref: 'InstanceType' }] }],
  ['Fn::EachMemberEquals with another', { 'Fn::EachMemberEquals': [['a', 'b'], 'a'] }],
  ['Fn::EachMemberIn with one more', { 'Fn::EachMemberIn': [{ Ref: 'Sizes' }, ['a1.medium']] }],
])('a rule refuses the request by %s', async (_what, assertion) => {
  await expect(outputsOf(testRule(isTest, assertion))).rejects.toThrow('Wrong for a test.');
});

test('a rule whose condition does not hold is passed over', async () => {
  expect(await outputsOf(testRule(never, never))).toEqual({ Out: 'deployed' });
});

/** The subnets of one VPC, all tagged, as values of parameters. */
async function network() {
  const { client } = emulated();
  const [cfn, ec2] = [client(CloudFormation), client(EC2)];
  const { Subnets: subnets = [] } = await ec2.describeSubnets({});
  const [one] = subnets;
  const ids = subnets.map(({ SubnetId: id }) => String(id));
  await ec2.createTags({ Resources: ids, Tags: [{ Key: 'Department', Value: 'IT' }] });
  const { SecurityGroups: groups = [] } = await ec2.describeSecurityGroups({});
  const Parameters = {
    Vpc: { Type: 'AWS::EC2::VPC::Id', Default: one?.VpcId },
    Zone: { Type: 'AWS::EC2::AvailabilityZone::Name', Default: one?.AvailabilityZone },
    One: { Type: 'AWS::EC2::Subnet::Id', Default: ids[0] },
    Subnets: { Type: 'List<AWS::EC2::Subnet::Id>', Default: ids.join(',') },
    Group: { Type: 'String', Default: groups[0]?.GroupId },
  };
  return { cfn, Parameters };
}

test.each<[string, object]>([
  [
    'Fn::ValueOf of a subnet’s VPC',
    { 'Fn::Equals': [{ 'Fn::ValueOf': ['One', 'VpcId'] }, { Ref: 'Vpc' }] },
  ],
  [
    'Fn::ValueOf of a list',
    { 'Fn::EachMemberEquals': [{ 'Fn::ValueOf': ['Subnets', 'Tags.Department'] }, 'IT'] },
  ],
  [
    'Fn::ValueOf of a VPC’s default group',
    { 'Fn::Equals': [{ 'Fn::ValueOf': ['Vpc', 'DefaultSecurityGroup'] }, { Ref: 'Group' }] },
  ],
  [
    'Fn::ValueOfAll of subnets',
    {
      'Fn::EachMemberEquals': [
        { 'Fn::ValueOfAll': ['AWS::EC2::Subnet::Id', 'VpcId'] },
        { Ref: 'Vpc' },
      ],
    },
  ],
  [
    'Fn::RefAll of VPCs',
    {
      'Fn::EachMemberIn': [
        { 'Fn::ValueOfAll': ['AWS::EC2::Subnet::Id', 'VpcId'] },
        { 'Fn::RefAll': 'AWS::EC2::VPC::Id' },
      ],
    },
  ],
])('a rule over the account holds by %s', async (_what, Assert) => {
  const { cfn, Parameters } = await network();
  const template = { Parameters, Rules: { R: { Assertions: [{ Assert }] } } };

  expect(await outputsOf(template, {}, cfn)).toEqual({});
});

test('a rule over the account refuses what does not fit (text unverified)', async () => {
  const { cfn, Parameters } = await network();
  const Assert = {
    'Fn::EachMemberEquals': [{ 'Fn::ValueOf': ['Subnets', 'Tags.Department'] }, 'HR'],
  };
  const Rules = { R: { Assertions: [{ Assert, AssertDescription: 'All of HR' }] } };

  await expect(outputsOf({ Parameters, Rules }, {}, cfn)).rejects.toMatchObject({
    name: 'ValidationError',
    message: 'Template validation error: Rule R failed: All of HR',
  });
});

test.each([
  [
    'without assertions',
    {},
    'Template format error: Rule R must contain a list of Assertions, each with an Assert function.',
  ],
  [
    'with a strange member',
    { Assertions: [{ Assert: always }], If: 1 },
    "Invalid template rule property 'If'",
  ],
  [
    'with Fn::Join',
    { Assertions: [{ Assert: { 'Fn::Equals': ['a', { 'Fn::Join': ['', ['a']] }] } }] },
    'Template error: Fn::Join cannot be used in the Rules section of the template',
  ],
])('a rule %s is refused (text unverified)', async (_what, R, message) => {
  const cfn = emulated().client(CloudFormation);

  await expect(
    cfn.validateTemplate({ TemplateBody: bodyOf({ Rules: { R } }) }),
  ).rejects.toMatchObject({ name: 'ValidationError', message });
});
