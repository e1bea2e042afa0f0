import { CloudFormation, type Parameter } from '@aws-sdk/client-cloudformation';
import { emulated } from '../../../test/support/emulated';

const parameter = (Name: unknown, Value: unknown, more: object = {}) => ({
  Type: 'AWS::SSM::Parameter',
  ...more,
  Properties: { Name, Type: 'String', Value },
});
const template = (Resources: object, more: object = {}) => JSON.stringify({ Resources, ...more });

function setUp() {
  const cfn = emulated().client(CloudFormation);
  return {
    cfn,
    propose: async (
      ChangeSetType: 'CREATE' | 'UPDATE',
      TemplateBody: string,
      more: object = {},
    ) => {
      const { Id = '' } = await cfn.createChangeSet({
        StackName: 's',
        ChangeSetName: 'c',
        ChangeSetType,
        TemplateBody,
        ...more,
      });
      return Id;
    },
    /** What the change set says of each resource. */
    changes: async (input: object = {}) => {
      const { Changes: changes = [] } = await cfn.describeChangeSet({
        StackName: 's',
        ChangeSetName: 'c',
        ...input,
      });
      return changes.map(({ ResourceChange: change }) => change);
    },
    status: async () => {
      const { Stacks: [stack] = [] } = await cfn.describeStacks({ StackName: 's' });
      return stack?.StackStatus;
    },
  };
}

test('a CDK deployment of a new stack finds every answer that it waits for', async () => {
  const { cfn } = setUp();
  const body = template({ A: parameter('/a', '1') });

  await expect(cfn.describeStacks({ StackName: 's' })).rejects.toMatchObject({
    name: 'ValidationError',
    $metadata: { httpStatusCode: 400 },
  });
  const { Id: id = '', StackId: stackId = '' } = await cfn.createChangeSet({
    StackName: 's',
    ChangeSetName: 'cdk-deploy-change-set',
    ChangeSetType: 'CREATE',
    TemplateBody: body,
    Parameters: [],
    Capabilities: ['CAPABILITY_IAM'],
    DeploymentConfig: { Mode: 'STANDARD' },
  });
  expect(await cfn.describeChangeSet({ ChangeSetName: id })).toMatchObject({
    Status: 'CREATE_COMPLETE',
    ExecutionStatus: 'AVAILABLE',
    Changes: [
      {
        Type: 'Resource',
        ResourceChange: {
          Action: 'Add',
          LogicalResourceId: 'A',
          ResourceType: 'AWS::SSM::Parameter',
        },
      },
    ],
  });
  expect(await cfn.describeStacks({ StackName: 's' })).toMatchObject({
    Stacks: [{ StackId: stackId, StackStatus: 'REVIEW_IN_PROGRESS' }],
  });
  expect(await cfn.getTemplate({ StackName: 's' })).toMatchObject({ TemplateBody: '' });
  await cfn.executeChangeSet({ ChangeSetName: id, ClientRequestToken: 'exec-1' });
  expect(await cfn.describeStacks({ StackName: stackId })).toMatchObject({
    Stacks: [{ StackStatus: 'CREATE_COMPLETE', ChangeSetId: id }],
  });
  const { StackEvents: events = [] } = await cfn.describeStackEvents({ StackName: stackId });
  expect(events.at(-1)).toMatchObject({
    ResourceStatus: 'REVIEW_IN_PROGRESS',
    ResourceStatusReason: 'User Initiated',
  });
  expect((await cfn.getTemplate({ StackName: 's' })).TemplateBody).toBe(body);

  await cfn.deleteChangeSet({ StackName: 's', ChangeSetName: 'cdk-deploy-change-set' });
  await expect(
    cfn.describeChangeSet({ StackName: 's', ChangeSetName: 'cdk-deploy-change-set' }),
  ).rejects.toMatchObject({
    name: 'ChangeSetNotFoundException',
    $metadata: { httpStatusCode: 404 },
  });

  await cfn.deleteStack({ StackName: stackId });
  expect(await cfn.describeStacks({ StackName: stackId })).toMatchObject({
    Stacks: [{ StackStatus: 'DELETE_COMPLETE' }],
  });
});

test('a change set without changes fails in AWS’s words and cannot be executed (text unverified)', async () => {
  const { cfn, propose } = setUp();
  const body = template({ A: parameter('/a', '1') });
  await cfn.createStack({ StackName: 's', TemplateBody: body });

  const id = await propose('UPDATE', body);

  expect(await cfn.describeChangeSet({ ChangeSetName: id })).toMatchObject({
    Status: 'FAILED',
    ExecutionStatus: 'UNAVAILABLE',
    StatusReason:
      "The submitted information didn't contain changes. Submit different information to create a change set.",
    Changes: [],
  });
  await expect(cfn.executeChangeSet({ ChangeSetName: id })).rejects.toMatchObject({
    name: 'InvalidChangeSetStatusException',
    message: `ChangeSet [${id}] cannot be executed in its current status of [FAILED]`,
  });
});

test('an update shows what is replaced, what follows and what goes', async () => {
  const { cfn, changes, propose, status } = setUp();
  await cfn.createStack({
    StackName: 's',
    TemplateBody: template({
      Changed: parameter('/changed', '1'),
      Renamed: parameter('/before', '1'),
      Follower: parameter('/follower', { Ref: 'Renamed' }),
      Named: parameter({ 'Fn::Sub': '/x${Renamed}' }, '1'),
      Removed: parameter('/removed', '1', { DeletionPolicy: 'Retain' }),
      Same: parameter('/same', { Ref: 'Changed' }),
    }),
  });

  await propose(
    'UPDATE',
    template({
      Changed: parameter('/changed', '2'),
      Renamed: parameter('/after', '1'),
      Follower: parameter('/follower', { Ref: 'Renamed' }),
      Named: parameter({ 'Fn::Sub': '/x${Renamed}' }, '1'),
      Same: parameter('/same', { Ref: 'Changed' }),
      Added: parameter('/added', '1'),
    }),
  );

  const [target, always] = [
    { Attribute: 'Properties', Name: 'Value', RequiresRecreation: 'Never' },
    { Attribute: 'Properties', Name: 'Name', RequiresRecreation: 'Always' },
  ];
  expect(await changes()).toEqual([
    {
      Action: 'Modify',
      LogicalResourceId: 'Changed',
      PhysicalResourceId: '/changed',
      ResourceType: 'AWS::SSM::Parameter',
      Replacement: 'False',
      Scope: ['Properties'],
      Details: [{ Target: target, Evaluation: 'Static', ChangeSource: 'DirectModification' }],
    },
    {
      PolicyAction: 'ReplaceAndDelete',
      Action: 'Modify',
      LogicalResourceId: 'Renamed',
      PhysicalResourceId: '/before',
      ResourceType: 'AWS::SSM::Parameter',
      Replacement: 'True',
      Scope: ['Properties'],
      Details: [{ Target: always, Evaluation: 'Static', ChangeSource: 'DirectModification' }],
    },
    {
      Action: 'Modify',
      LogicalResourceId: 'Follower',
      PhysicalResourceId: '/follower',
      ResourceType: 'AWS::SSM::Parameter',
      Replacement: 'False',
      Scope: ['Properties'],
      Details: [
        {
          Target: target,
          Evaluation: 'Dynamic',
          ChangeSource: 'ResourceReference',
          CausingEntity: 'Renamed',
        },
      ],
    },
    {
      Action: 'Modify',
      LogicalResourceId: 'Named',
      PhysicalResourceId: '/x/before',
      ResourceType: 'AWS::SSM::Parameter',
      Replacement: 'Conditional',
      Scope: ['Properties'],
      Details: [
        {
          Target: always,
          Evaluation: 'Dynamic',
          ChangeSource: 'ResourceReference',
          CausingEntity: 'Renamed',
        },
      ],
    },
    {
      Action: 'Add',
      LogicalResourceId: 'Added',
      ResourceType: 'AWS::SSM::Parameter',
      Scope: [],
      Details: [],
    },
    {
      PolicyAction: 'Retain',
      Action: 'Remove',
      LogicalResourceId: 'Removed',
      PhysicalResourceId: '/removed',
      ResourceType: 'AWS::SSM::Parameter',
      Scope: [],
      Details: [],
    },
  ]);
  expect(await status()).toBe('CREATE_COMPLETE');

  await cfn.executeChangeSet({ StackName: 's', ChangeSetName: 'c' });

  expect(await status()).toBe('UPDATE_COMPLETE');
  const { StackResources: resources = [] } = await cfn.describeStackResources({ StackName: 's' });
  expect(new Set(resources.map(({ PhysicalResourceId: id }) => id))).toEqual(
    new Set(['/added', '/after', '/changed', '/follower', '/same', '/x/after']),
  );
});

test('a changed parameter is named as the cause, with both values when asked', async () => {
  const { cfn, changes, propose } = setUp();
  const body = template(
    { A: parameter('/a', { Ref: 'Size' }) },
    { Parameters: { Size: { Type: 'String' } } },
  );
  const size = (ParameterValue: string): { Parameters: Parameter[] } => ({
    Parameters: [{ ParameterKey: 'Size', ParameterValue }],
  });
  await cfn.createStack({ StackName: 's', TemplateBody: body, ...size('s') });

  await propose('UPDATE', body, size('m'));

  expect(await changes({ IncludePropertyValues: true })).toMatchObject([
    {
      BeforeContext: '{"Properties":{"Name":"/a","Type":"String","Value":"s"}}',
      AfterContext: '{"Properties":{"Name":"/a","Type":"String","Value":"m"}}',
      Details: [
        { Evaluation: 'Dynamic', ChangeSource: 'DirectModification' },
        {
          Evaluation: 'Static',
          ChangeSource: 'ParameterReference',
          CausingEntity: 'Size',
          Target: {
            Path: '/Properties/Value',
            BeforeValue: 's',
            AfterValue: 'm',
            AttributeChangeType: 'Modify',
          },
        },
      ],
    },
  ]);
});

test('what is not known before the deployment shows AWS’s placeholder', async () => {
  const { changes, propose } = setUp();

  await propose(
    'CREATE',
    template({
      Queue: { Type: 'AWS::SQS::Queue' },
      A: parameter('/a', { 'Fn::Join': ['', ['arn is ', { 'Fn::GetAtt': ['Queue', 'Arn'] }]] }),
    }),
  );

  expect((await changes({ IncludePropertyValues: true }))[1]).toMatchObject({
    AfterContext:
      '{"Properties":{"Name":"/a","Type":"String","Value":"{{changeSet:KNOWN_AFTER_APPLY}}"}}',
  });
});

test('deleting a change set that is not there succeeds, of a stack that is not there fails', async () => {
  const { cfn } = setUp();
  await cfn.createStack({ StackName: 's', TemplateBody: template({ A: parameter('/a', '1') }) });

  await expect(
    cfn.deleteChangeSet({ StackName: 's', ChangeSetName: 'nope' }),
  ).resolves.toMatchObject({});
  await expect(
    cfn.deleteChangeSet({ StackName: 'nobody', ChangeSetName: 'nope' }),
  ).rejects.toMatchObject({ name: 'ValidationError' });
  await expect(cfn.deleteChangeSet({ ChangeSetName: 'nope' })).rejects.toMatchObject({
    name: 'ValidationError',
  });
});

test('change sets are listed, and an update by another way makes them obsolete (text unverified)', async () => {
  const { cfn, propose } = setUp();
  await cfn.createStack({ StackName: 's', TemplateBody: template({ A: parameter('/a', '1') }) });
  const id = await propose('UPDATE', template({ A: parameter('/a', '2') }));

  expect((await cfn.listChangeSets({ StackName: 's' })).Summaries).toMatchObject([
    { ChangeSetName: 'c', ChangeSetId: id, Status: 'CREATE_COMPLETE' },
  ]);
  await cfn.updateStack({ StackName: 's', TemplateBody: template({ A: parameter('/a', '3') }) });

  await expect(cfn.executeChangeSet({ ChangeSetName: id })).rejects.toThrow(
    `ChangeSet [${id}] cannot be executed in its current execution status of [OBSOLETE]`,
  );
});

test('a change set of the type CREATE for a stack that exists is refused', async () => {
  const { cfn, propose } = setUp();
  const body = template({ A: parameter('/a', '1') });
  await cfn.createStack({ StackName: 's', TemplateBody: body });

  await expect(propose('CREATE', body)).rejects.toMatchObject({ name: 'ValidationError' });
});

test('a change set of the type UPDATE for a stack that does not exist is refused (text unverified)', async () => {
  const { propose } = setUp();

  await expect(propose('UPDATE', template({ A: parameter('/a', '1') }))).rejects.toThrow(
    'Stack [s] does not exist',
  );
});

test('a change set that imports what nobody exports fails', async () => {
  const { cfn, propose } = setUp();

  const id = await propose(
    'CREATE',
    template({ A: parameter('/a', { 'Fn::ImportValue': 'nobody' }) }),
  );

  expect(await cfn.describeChangeSet({ ChangeSetName: id })).toMatchObject({
    Status: 'FAILED',
    StatusReason: 'No export named nobody found.',
  });
});

test('a stack under review can be created, proposed again or deleted', async () => {
  const { cfn, propose, status } = setUp();
  const body = template({ A: parameter('/a', '1') });
  await propose('CREATE', body);
  await propose('CREATE', body, { ChangeSetName: 'd' });
  await cfn.createStack({ StackName: 's', TemplateBody: body });
  expect(await status()).toBe('CREATE_COMPLETE');

  await cfn.createChangeSet({
    StackName: 'r',
    ChangeSetName: 'c',
    ChangeSetType: 'CREATE',
    TemplateBody: body,
  });
  await cfn.deleteStack({ StackName: 'r' });
  await expect(cfn.describeStacks({ StackName: 'r' })).rejects.toThrow();
});

test('a failed change set execution rolls back as asked for', async () => {
  const { cfn, propose, status } = setUp();
  const broken = template({ A: parameter('/a', '1'), B: { Type: 'AWS::Foo::Bar' } });

  const id = await propose('CREATE', broken, { OnStackFailure: 'DO_NOTHING' });
  await cfn.executeChangeSet({ ChangeSetName: id });

  expect(await status()).toBe('CREATE_FAILED');
});
