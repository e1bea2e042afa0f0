import { configAccount } from '../../../test/support/config-account';

test('A rule needs a recorder', async () => {
  const { putRule } = configAccount();
  await expect(putRule()).rejects.toMatchObject({
    name: 'NoAvailableConfigurationRecorderException',
  });
});

test('A new rule judges what is recorded already', async () => {
  const { config, record, makeGroup, open, putRule, verdicts } = configAccount();
  await record();
  const id = await makeGroup();
  await open(id);
  await putRule();
  await expect(verdicts()).resolves.toEqual({ [id]: 'NON_COMPLIANT' });
  const { ComplianceByConfigRules } = await config.describeComplianceByConfigRule({});
  expect(ComplianceByConfigRules).toEqual([
    {
      ConfigRuleName: 'ssh',
      Compliance: {
        ComplianceType: 'NON_COMPLIANT',
        ComplianceContributorCount: { CappedCount: 1, CapExceeded: false },
      },
    },
  ]);
  const { ConfigRules } = await config.describeConfigRules({});
  expect(ConfigRules).toMatchObject([{ ConfigRuleName: 'ssh', ConfigRuleState: 'ACTIVE' }]);
  expect(ConfigRules?.[0]?.ConfigRuleArn).toMatch(
    /^arn:aws:config:us-east-1:000000000000:config-rule\/config-rule-\w{6}$/,
  );
});

test('A rule without resources has no data', async () => {
  const { config, record, putRule } = configAccount();
  await record();
  await putRule();
  const { ComplianceByConfigRules } = await config.describeComplianceByConfigRule({});
  expect(ComplianceByConfigRules?.[0]?.Compliance).toEqual({
    ComplianceType: 'INSUFFICIENT_DATA',
  });
});

test.each([
  ['a closed group', [], 'COMPLIANT'],
  ['22 to ::/0', [{ Ipv6Ranges: [{ CidrIpv6: '::/0' }], IpRanges: [] }], 'NON_COMPLIANT'],
  ['a range that covers 22', [{ FromPort: 0, ToPort: 65535 }], 'NON_COMPLIANT'],
  ['all traffic', [{ IpProtocol: '-1', FromPort: undefined, ToPort: undefined }], 'NON_COMPLIANT'],
  ['UDP', [{ IpProtocol: 'udp' }], 'COMPLIANT'],
  ['443', [{ FromPort: 443, ToPort: 443 }], 'COMPLIANT'],
  ['an office range', [{ IpRanges: [{ CidrIp: '10.0.0.0/8' }] }], 'COMPLIANT'],
])('INCOMING_SSH_DISABLED judges %s', async (_what, rules, verdict) => {
  const { record, makeGroup, open, putRule, verdicts } = configAccount();
  await record();
  await putRule();
  const id = await makeGroup();
  for (const rule of rules) await open(id, rule);
  await expect(verdicts()).resolves.toEqual({ [id]: verdict });
});

test('A resource that leaves the scope or goes drops out of the results', async () => {
  const { ec2, clock, record, makeGroup, putRule, verdicts } = configAccount();
  await record();
  await putRule();
  const id = await makeGroup();
  await ec2.deleteTags({ Resources: [id], Tags: [{ Key: 'team' }] });
  await clock.settle();
  await expect(verdicts()).resolves.toEqual({});
  await ec2.createTags({ Resources: [id], Tags: [{ Key: 'team', Value: 'ops' }] });
  await clock.settle();
  await expect(verdicts()).resolves.toEqual({ [id]: 'COMPLIANT' });
  await ec2.deleteSecurityGroup({ GroupId: id });
  await clock.settle();
  await expect(verdicts()).resolves.toEqual({});
});

test('A stopped recorder leaves verdicts as they were', async () => {
  const { config, clock, record, makeGroup, open, putRule, verdicts } = configAccount();
  await record();
  await putRule();
  const id = await makeGroup();
  await config.stopConfigurationRecorder({ ConfigurationRecorderName: 'default' });
  await open(id);
  await config.startConfigRulesEvaluation({ ConfigRuleNames: ['ssh'] });
  await clock.advance('2d');
  await expect(verdicts()).resolves.toEqual({ [id]: 'COMPLIANT' });
});

test('A periodic rule is evaluated again on the clock', async () => {
  const { config, clock, record, putRule } = configAccount();
  await record();
  await putRule({ MaximumExecutionFrequency: 'One_Hour' });
  await clock.advance('3h');
  const { ConfigRulesEvaluationStatus } = await config.describeConfigRuleEvaluationStatus({});
  expect(ConfigRulesEvaluationStatus).toMatchObject([
    {
      FirstEvaluationStarted: true,
      LastSuccessfulEvaluationTime: new Date('2026-01-01T03:00:00Z'),
    },
  ]);
});

const source = (SourceIdentifier: string) => ({ Owner: 'AWS', SourceIdentifier });

test.each([
  [
    'with InputParameters',
    { InputParameters: '{"port":"22"}' },
    'Unknown parameters provided in the inputParameters: {"port":"22"}',
  ],
  [
    'with broken InputParameters',
    { InputParameters: '{' },
    'Invalid json { passed in the InputParameters field',
  ],
  [
    'of a managed rule that is not emulated',
    { Source: source('CLOUD_TRAIL_ENABLED') },
    'the managed config rule CLOUD_TRAIL_ENABLED is not emulated',
  ],
  [
    'of a Lambda function',
    { Source: { Owner: 'CUSTOM_LAMBDA', SourceIdentifier: 'arn' } },
    'config rules of owner CUSTOM_LAMBDA are not emulated',
  ],
  [
    'with a tag value alone',
    { Scope: { TagValue: 'ops' } },
    'Tag key should not be empty when tag value is provided in scope',
  ],
  [
    'with an id without its type',
    { Scope: { ComplianceResourceId: 'sg-0' } },
    'A single resourceType should be provided when resourceId is provided in scope',
  ],
  [
    'without a required parameter',
    { Source: source('REQUIRED_TAGS') },
    'The required parameter [tag1Key] is not present in the inputParameters',
  ],
])('A rule %s is refused (moto)', async (_what, rule, message) => {
  const { record, putRule } = configAccount();
  await record();
  await expect(putRule(rule)).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message,
  });
});

test('A scope of one resource leaves all others alone', async () => {
  const { ec2, clock, record, makeGroup, putRule, verdicts } = configAccount();
  await record();
  await makeGroup();
  const { GroupId: id = '' } = await ec2.createSecurityGroup({
    GroupName: 'other',
    Description: 'other',
  });
  await clock.settle();
  await putRule({
    Scope: { ComplianceResourceTypes: ['AWS::EC2::SecurityGroup'], ComplianceResourceId: id },
  });
  await expect(verdicts()).resolves.toEqual({ [id]: 'COMPLIANT' });
});

test('RESTRICTED_INCOMING_TRAFFIC does not look at 22 unless told', async () => {
  const { record, makeGroup, open, putRule, verdicts } = configAccount();
  await record();
  const id = await makeGroup();
  await open(id);
  const Source = source('RESTRICTED_INCOMING_TRAFFIC');
  await putRule({ Source });
  await expect(verdicts()).resolves.toEqual({ [id]: 'COMPLIANT' });
  await putRule({ Source, InputParameters: '{"blockedPort1":"22"}' });
  await expect(verdicts()).resolves.toEqual({ [id]: 'NON_COMPLIANT' });
});

test('REQUIRED_TAGS asks for the tag and its value', async () => {
  const { record, makeGroup, putRule, verdicts } = configAccount();
  await record();
  const id = await makeGroup();
  const judge = async (InputParameters: string) => {
    await putRule({ Source: source('REQUIRED_TAGS'), InputParameters });
    return (await verdicts())[id];
  };
  await expect(judge('{"tag1Key":"team","tag1Value":"dev, ops"}')).resolves.toBe('COMPLIANT');
  await expect(judge('{"tag1Key":"team","tag1Value":"dev"}')).resolves.toBe('NON_COMPLIANT');
  await expect(judge('{"tag1Key":"owner"}')).resolves.toBe('NON_COMPLIANT');
});

test('VPC_DEFAULT_SECURITY_GROUP_CLOSED judges default groups only', async () => {
  const { ec2, record, makeGroup, putRule, verdicts } = configAccount();
  await record();
  await makeGroup();
  const { SecurityGroups = [] } = await ec2.describeSecurityGroups({ GroupNames: ['default'] });
  await putRule({ Source: source('VPC_DEFAULT_SECURITY_GROUP_CLOSED'), Scope: undefined });
  await expect(verdicts()).resolves.toEqual({
    [SecurityGroups[0]?.GroupId ?? '']: 'NON_COMPLIANT',
  });
});

test('Compliance is told by resource and in summary', async () => {
  const { config, record, makeGroup, open, putRule } = configAccount();
  await record();
  await putRule();
  const id = await makeGroup();
  await open(id);
  const byResource = await config.describeComplianceByResource({
    ResourceType: 'AWS::EC2::SecurityGroup',
    ResourceId: id,
  });
  expect(byResource.ComplianceByResources).toMatchObject([
    { ResourceId: id, Compliance: { ComplianceType: 'NON_COMPLIANT' } },
  ]);
  const { ComplianceSummary } = await config.getComplianceSummaryByConfigRule();
  expect(ComplianceSummary?.NonCompliantResourceCount).toEqual({
    CappedCount: 1,
    CapExceeded: false,
  });
});

test('DeleteConfigRule forgets the rule, and an unknown rule is refused', async () => {
  const { config, record, putRule, verdicts } = configAccount();
  await record();
  await putRule();
  await config.deleteConfigRule({ ConfigRuleName: 'ssh' });
  await expect(verdicts()).rejects.toMatchObject({
    name: 'NoSuchConfigRuleException',
  });
});

test('Rules carry tags', async () => {
  const { config, record, putRule } = configAccount();
  await record();
  await putRule();
  const { ConfigRules: [rule] = [] } = await config.describeConfigRules({});
  const ResourceArn = rule?.ConfigRuleArn;
  await config.tagResource({ ResourceArn, Tags: [{ Key: 'a', Value: '1' }] });
  await expect(config.listTagsForResource({ ResourceArn })).resolves.toMatchObject({
    Tags: [{ Key: 'a', Value: '1' }],
  });
});
