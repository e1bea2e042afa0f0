import { configAccount } from '../../../test/support/config-account';

const runbook = 'AWS-DisablePublicAccessForSecurityGroup';
const type = 'AWS::EC2::SecurityGroup' as const;

/** An account that records, with a rule on SSH and the remediation that this part is about. */
async function account(actions = ['ec2:*']) {
  const made = configAccount();
  const { config, clock, makeRole, record, putRule } = made;
  await record();
  await putRule();
  const role = await makeRole('Automation', 'ssm.amazonaws.com', actions);

  const remediation = {
    ConfigRuleName: 'ssh',
    TargetType: 'SSM_DOCUMENT' as const,
    TargetId: runbook,
    Automatic: true,
    MaximumAutomaticAttempts: 2,
    RetryAttemptSeconds: 60,
    Parameters: {
      GroupId: { ResourceValue: { Value: 'RESOURCE_ID' as const } },
      AutomationAssumeRole: { StaticValue: { Values: [role] } },
    },
  };
  async function put(more: object = {}) {
    const answer = await config.putRemediationConfigurations({
      RemediationConfigurations: [{ ...remediation, ...more }],
    });
    await clock.settle();
    return answer;
  }
  const statuses = async () =>
    (await config.describeRemediationExecutionStatus({ ConfigRuleName: 'ssh' }))
      .RemediationExecutionStatuses ?? [];
  const exceptions = async () =>
    (await config.describeRemediationExceptions({ ConfigRuleName: 'ssh' })).RemediationExceptions ??
    [];
  return { ...made, put, statuses, exceptions, role };
}

test('An open group is closed by itself and compliant again', async () => {
  const { put, makeGroup, open, verdicts, statuses, exceptions, clock } = await account();
  await put();
  const id = await makeGroup();
  await open(id);
  await expect(verdicts()).resolves.toEqual({ [id]: 'COMPLIANT' });
  expect(await statuses()).toMatchObject([
    {
      ResourceKey: { resourceType: type, resourceId: id },
      State: 'SUCCEEDED',
      StepDetails: [
        { Name: 'ChooseAddresses', State: 'SUCCEEDED' },
        { Name: 'DisablePublicAccess', State: 'SUCCEEDED' },
        { Name: 'DisablePublicAccessAndAddress', State: 'PENDING' },
      ],
    },
  ]);
  await clock.advance('1h');
  await expect(exceptions()).resolves.toEqual([]);
});

test('A group that opens again is closed again', async () => {
  const { put, makeGroup, open, verdicts, ssm } = await account();
  await put();
  const id = await makeGroup();
  await open(id);
  await open(id);
  await expect(verdicts()).resolves.toEqual({ [id]: 'COMPLIANT' });
  const { AutomationExecutionMetadataList } = await ssm.describeAutomationExecutions({});
  expect(AutomationExecutionMetadataList).toHaveLength(2);
});

test('A new automatic remediation takes on what is open already', async () => {
  const { put, makeGroup, open, verdicts } = await account();
  const id = await makeGroup();
  await open(id);
  await put();
  await expect(verdicts()).resolves.toEqual({ [id]: 'COMPLIANT' });
});

test('A group outside the scope stays open', async () => {
  const { put, makeGroup, open, ec2 } = await account();
  await put();
  const id = await makeGroup({ tags: {} });
  await open(id);
  const { SecurityGroups } = await ec2.describeSecurityGroups({ GroupIds: [id] });
  expect(SecurityGroups?.[0]?.IpPermissions).toHaveLength(1);
});

test('Attempts that fail end in an exception, which stops the automation until it is deleted', async () => {
  const found = await account(['ec2:DescribeSecurityGroups']);
  const { put, makeGroup, open, verdicts, statuses, exceptions, config, clock, ssm, iam } = found;
  await put();
  const id = await makeGroup();
  await open(id);
  expect((await statuses())[0]).toMatchObject({ State: 'FAILED' });
  expect((await statuses())[0]?.StepDetails?.[1]?.ErrorMessage).toContain('UnauthorizedOperation');
  const started = async () =>
    (await ssm.describeAutomationExecutions({})).AutomationExecutionMetadataList?.length;
  await expect(started()).resolves.toBe(1);
  await clock.advance('30s');
  await expect(started()).resolves.toBe(2);
  await expect(exceptions()).resolves.toEqual([]);
  await clock.advance('30s');
  await expect(exceptions()).resolves.toMatchObject([{ ResourceType: type, ResourceId: id }]);
  await config.startConfigRulesEvaluation({ ConfigRuleNames: ['ssh'] });
  await clock.advance('1h');
  await expect(started()).resolves.toBe(2);

  await iam.putRolePolicy({
    RoleName: 'Automation',
    PolicyName: 'More',
    PolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'ec2:*', Resource: '*' }],
    }),
  });
  const keys = [{ ResourceType: type, ResourceId: id }];
  await config.deleteRemediationExceptions({ ConfigRuleName: 'ssh', ResourceKeys: keys });
  await config.startConfigRulesEvaluation({ ConfigRuleNames: ['ssh'] });
  await clock.settle();
  await expect(verdicts()).resolves.toEqual({ [id]: 'COMPLIANT' });
});

test('A rule that the runbook cannot revoke is tried in vain', async () => {
  const { put, makeGroup, open, verdicts, exceptions, clock } = await account();
  await put();
  const id = await makeGroup();
  await open(id, { FromPort: 0, ToPort: 65535 });
  await clock.advance('5m');
  await expect(verdicts()).resolves.toEqual({ [id]: 'NON_COMPLIANT' });
  await expect(exceptions()).resolves.toHaveLength(1);
});

test('Outside the default VPC the runbook fails and the group stays open', async () => {
  const { put, makeGroup, open, verdicts, statuses, ec2 } = await account();
  await put();
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16' });
  const id = await makeGroup({ VpcId: Vpc?.VpcId ?? '' });
  await open(id);
  await expect(verdicts()).resolves.toEqual({ [id]: 'NON_COMPLIANT' });
  const [status] = await statuses();
  expect(status?.StepDetails?.[1]?.ErrorMessage).toContain('InvalidPermission.NotFound');
});

test('A role that Systems Manager may not assume fails the remediation', async () => {
  const { put, makeGroup, open, statuses, makeRole } = await account();
  const wrong = await makeRole('Wrong', 'config.amazonaws.com', ['ec2:*']);
  await put({
    Parameters: {
      GroupId: { ResourceValue: { Value: 'RESOURCE_ID' } },
      AutomationAssumeRole: { StaticValue: { Values: [wrong] } },
    },
  });
  await open(await makeGroup());
  expect(await statuses()).toMatchObject([
    {
      State: 'FAILED',
      StepDetails: [{ ErrorMessage: 'The defined assume role is unable to be assumed.' }],
    },
  ]);
});

test('A manual remediation waits for StartRemediationExecution', async () => {
  const { put, makeGroup, open, verdicts, config, clock } = await account();
  await put({ Automatic: false });
  const id = await makeGroup();
  await open(id);
  await expect(verdicts()).resolves.toEqual({ [id]: 'NON_COMPLIANT' });
  await config.startRemediationExecution({
    ConfigRuleName: 'ssh',
    ResourceKeys: [{ resourceType: type, resourceId: id }],
  });
  await clock.settle();
  await expect(verdicts()).resolves.toEqual({ [id]: 'COMPLIANT' });
});

test('An exception put by hand stops the automatic remediation', async () => {
  const { put, makeGroup, open, verdicts, config } = await account();
  const id = await makeGroup();
  await open(id);
  await config.putRemediationExceptions({
    ConfigRuleName: 'ssh',
    ResourceKeys: [{ ResourceType: type, ResourceId: id }],
    Message: 'five minutes',
  });
  await put();
  await expect(verdicts()).resolves.toEqual({ [id]: 'NON_COMPLIANT' });
});

test('An exception on a compliant resource is not taken', async () => {
  const { makeGroup, config } = await account();
  const id = await makeGroup();
  const { FailedBatches } = await config.putRemediationExceptions({
    ConfigRuleName: 'ssh',
    ResourceKeys: [{ ResourceType: type, ResourceId: id }],
  });
  expect(FailedBatches).toMatchObject([{ FailedItems: [{ ResourceId: id }] }]);
});

const group = { ResourceValue: { Value: 'RESOURCE_ID' as const } };
const roles = (...Values: string[]) => ({ StaticValue: { Values } });
const arn = 'arn:aws:iam::000000000000:role/Automation';

test.each([
  ['without a role', { Parameters: { GroupId: group } }, 'AutomationAssumeRole'],
  [
    'with two roles',
    { Parameters: { GroupId: group, AutomationAssumeRole: roles(arn, arn) } },
    'AutomationAssumeRole',
  ],
  ['without attempts', { MaximumAutomaticAttempts: undefined }, 'MaximumAutomaticAttempts'],
  [
    'with a value of two kinds',
    {
      Parameters: {
        GroupId: { ...group, ...roles('sg-0') },
        AutomationAssumeRole: roles(arn),
      },
    },
    'There were invalid RemediationParameterValues for configurations for AWS Config Rules: [ssh]',
  ],
  [
    'with a parameter that the document has not',
    { Parameters: { GroupId: group, Colour: roles('red'), AutomationAssumeRole: roles(arn) } },
    'Colour',
  ],
  [
    'without a parameter that the document needs',
    { Parameters: { AutomationAssumeRole: roles(arn) } },
    'GroupId',
  ],
  ['of an unknown document', { TargetId: 'Nope' }, 'Nope'],
  ['of an unknown rule', { ConfigRuleName: 'nope' }, 'nope'],
  ['with too many attempts', { MaximumAutomaticAttempts: 26 }, 'MaximumAutomaticAttempts'],
])('An automatic remediation %s is refused (text unverified)', async (_what, more, message) => {
  const { put } = await account();
  await expect(put(more)).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: expect.stringContaining(message) as unknown,
  });
});

test('A rule with a remediation cannot be deleted', async () => {
  const { put, config } = await account();
  await put();
  await expect(config.deleteConfigRule({ ConfigRuleName: 'ssh' })).rejects.toMatchObject({
    name: 'ResourceInUseException',
  });
  await config.deleteRemediationConfiguration({ ConfigRuleName: 'ssh' });
  await config.deleteConfigRule({ ConfigRuleName: 'ssh' });
  await expect(
    config.deleteRemediationConfiguration({ ConfigRuleName: 'ssh' }),
  ).rejects.toMatchObject({ name: 'NoSuchRemediationConfigurationException' });
});
