import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { configAccount } from '../../../test/support/config-account';

const type = 'AWS::EC2::SecurityGroup';

const allow = (service: string, actions: string[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
    },
    Policies: [
      {
        PolicyName: 'May',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
        },
      },
    ],
  },
});

const runbook = {
  schemaVersion: '0.3',
  assumeRole: '{{ AutomationAssumeRole }}',
  parameters: { GroupId: { type: 'String' }, AutomationAssumeRole: { type: 'String' } },
  mainSteps: [
    {
      name: 'Look',
      action: 'aws:executeAwsApi',
      inputs: { Service: 'ec2', Api: 'DescribeSecurityGroups', GroupIds: ['{{ GroupId }}'] },
    },
  ],
};

const template = (description: string) => ({
  Resources: {
    Bucket: { Type: 'AWS::S3::Bucket' },
    RecorderRole: allow('config.amazonaws.com', ['s3:PutObject']),
    Recorder: {
      Type: 'AWS::Config::ConfigurationRecorder',
      Properties: {
        RoleARN: { 'Fn::GetAtt': ['RecorderRole', 'Arn'] },
        RecordingGroup: { AllSupported: false, ResourceTypes: [type] },
      },
    },
    Channel: {
      Type: 'AWS::Config::DeliveryChannel',
      DependsOn: 'Recorder',
      Properties: { S3BucketName: { Ref: 'Bucket' } },
    },
    Rule: {
      Type: 'AWS::Config::ConfigRule',
      DependsOn: 'Recorder',
      Properties: {
        Source: { Owner: 'AWS', SourceIdentifier: 'INCOMING_SSH_DISABLED' },
        Scope: { TagKey: 'team', TagValue: 'ops' },
        Description: description,
      },
    },
    AutomationRole: allow('ssm.amazonaws.com', ['ec2:*']),
    Runbook: {
      Type: 'AWS::SSM::Document',
      Properties: {
        DocumentType: 'Automation',
        UpdateMethod: 'NewVersion',
        Content: { ...runbook, description },
      },
    },
    Remediation: {
      Type: 'AWS::Config::RemediationConfiguration',
      Properties: {
        ConfigRuleName: { Ref: 'Rule' },
        TargetType: 'SSM_DOCUMENT',
        TargetId: { Ref: 'Runbook' },
        Automatic: true,
        MaximumAutomaticAttempts: 5,
        RetryAttemptSeconds: 60,
        Parameters: {
          GroupId: { ResourceValue: { Value: 'RESOURCE_ID' } },
          AutomationAssumeRole: {
            StaticValue: { Values: [{ 'Fn::GetAtt': ['AutomationRole', 'Arn'] }] },
          },
        },
      },
    },
    Setting: {
      Type: 'AWS::SSM::Parameter',
      Properties: { Type: 'String', Value: description, Tags: { team: 'ops' } },
    },
  },
  Outputs: {
    Rule: { Value: { Ref: 'Rule' } },
    RuleArn: { Value: { 'Fn::GetAtt': ['Rule', 'Arn'] } },
    RuleId: { Value: { 'Fn::GetAtt': ['Rule', 'ConfigRuleId'] } },
    Runbook: { Value: { Ref: 'Runbook' } },
    Setting: { Value: { Ref: 'Setting' } },
  },
});

test('A stack makes, changes and removes recorder, rule, remediation, runbook and parameter', async () => {
  const { client, clock, config, ssm, s3 } = configAccount();
  const cloudformation = client(CloudFormation);
  const look = async () => {
    await clock.settle();
    const { Stacks: [stack] = [] } = await cloudformation.describeStacks({ StackName: 'config' });
    const outputs = stack?.Outputs ?? [];
    return {
      status: stack?.StackStatus,
      outputs: Object.fromEntries(outputs.map((one) => [one.OutputKey, one.OutputValue])),
    };
  };
  const request = (description: string) => ({
    StackName: 'config',
    TemplateBody: JSON.stringify(template(description)),
    Capabilities: ['CAPABILITY_IAM' as const],
  });

  await cloudformation.createStack(request('first'));
  const created = await look();
  const { StackEvents = [] } = await cloudformation.describeStackEvents({ StackName: 'config' });
  expect(
    StackEvents.flatMap((event) =>
      event.ResourceStatus?.includes('FAILED') ? event.ResourceStatusReason : [],
    ),
  ).toEqual([]);
  expect(created.status).toBe('CREATE_COMPLETE');
  expect(created.outputs['RuleArn']).toContain(created.outputs['RuleId']);
  const { ConfigurationRecordersStatus } = await config.describeConfigurationRecorderStatus({});
  expect(ConfigurationRecordersStatus).toMatchObject([{ recording: true }]);
  const { RemediationConfigurations } = await config.describeRemediationConfigurations({
    ConfigRuleNames: [created.outputs['Rule'] ?? ''],
  });
  expect(RemediationConfigurations).toMatchObject([
    { TargetId: created.outputs['Runbook'], Automatic: true, MaximumAutomaticAttempts: 5 },
  ]);

  await cloudformation.updateStack(request('second'));
  const updated = await look();
  expect(updated).toEqual({ status: 'UPDATE_COMPLETE', outputs: created.outputs });
  await expect(ssm.getDocument({ Name: created.outputs['Runbook'] })).resolves.toMatchObject({
    DocumentVersion: '2',
  });
  const { Parameter } = await ssm.getParameter({ Name: created.outputs['Setting'] });
  expect(Parameter).toMatchObject({ Value: 'second', Version: 2 });

  const { Buckets = [] } = await s3.listBuckets({});
  for (const { Name: Bucket } of Buckets) {
    const { Contents = [] } = await s3.listObjectsV2({ Bucket });
    for (const { Key } of Contents) await s3.deleteObject({ Bucket, Key });
  }
  await cloudformation.deleteStack({ StackName: 'config' });
  await clock.settle();
  await expect(look()).rejects.toMatchObject({ name: 'ValidationError' });
  await expect(config.describeConfigRules({})).resolves.toMatchObject({ ConfigRules: [] });
  await expect(config.describeConfigurationRecorders({})).resolves.toMatchObject({
    ConfigurationRecorders: [],
  });
});

test('a delivery channel written before its recorder is made after it, and the recorder records', async () => {
  const { client, clock, config } = configAccount();
  const cloudformation = client(CloudFormation);
  const { Bucket, RecorderRole, Recorder } = template('').Resources;
  const Channel = {
    Type: 'AWS::Config::DeliveryChannel',
    Properties: { S3BucketName: { Ref: 'Bucket' } },
  };

  await cloudformation.createStack({
    StackName: 'config',
    TemplateBody: JSON.stringify({ Resources: { Bucket, Channel, RecorderRole, Recorder } }),
    Capabilities: ['CAPABILITY_IAM'],
  });
  await clock.settle();

  const { Stacks: [stack] = [] } = await cloudformation.describeStacks({ StackName: 'config' });
  expect(stack?.StackStatus).toBe('CREATE_COMPLETE');
  await expect(config.describeConfigurationRecorderStatus({})).resolves.toMatchObject({
    ConfigurationRecordersStatus: [{ recording: true }],
  });
});
