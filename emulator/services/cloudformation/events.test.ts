import { CloudFormation, type DescribeEventsInput } from '@aws-sdk/client-cloudformation';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { emulated } from '../../../test/support/emulated';

const parameter = (Value: string) => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Name: '/a', Type: 'String', Value },
});
const body = (Resources: object) => JSON.stringify({ Resources });
const broken = { Type: 'AWS::Foo::Bar', DependsOn: 'A' };

function setUp() {
  const cfn = emulated().client(CloudFormation);
  return {
    cfn,
    /** `OPERATION type STATUS` of the operation’s own events, `type Id STATUS` of the others. */
    events: async (input: DescribeEventsInput) => {
      const { OperationEvents: found = [] } = await cfn.describeEvents(input);
      return found
        .toReversed()
        .map((event) =>
          event.EventType === 'STACK_EVENT'
            ? `${event.OperationType} ${event.OperationStatus} ${event.ResourceStatus}`
            : `${event.EventType} ${event.LogicalResourceId} ${event.ResourceStatus}`,
        );
    },
    operations: async () => {
      const { Stacks: [stack] = [] } = await cfn.describeStacks({ StackName: 's' });
      return stack?.LastOperations ?? [];
    },
  };
}

test('events are told by operation, a rollback being one of its own', async () => {
  const { cfn, events, operations } = setUp();
  await cfn.createStack({ StackName: 's', TemplateBody: body({ A: parameter('1') }) });
  await cfn.updateStack({
    StackName: 's',
    TemplateBody: body({ A: parameter('2'), Bad: broken }),
  });

  const [rollback, update] = await operations();

  expect([rollback?.OperationType, update?.OperationType]).toEqual(['ROLLBACK', 'UPDATE_STACK']);
  expect(await events({ OperationId: update?.OperationId })).toEqual([
    'UPDATE_STACK IN_PROGRESS UPDATE_IN_PROGRESS',
    'PROGRESS_EVENT A UPDATE_IN_PROGRESS',
    'PROGRESS_EVENT A UPDATE_COMPLETE',
    'PROGRESS_EVENT Bad CREATE_IN_PROGRESS',
    'PROVISIONING_ERROR Bad CREATE_FAILED',
  ]);
  expect(await events({ StackName: 's', OperationId: rollback?.OperationId })).toEqual([
    'ROLLBACK IN_PROGRESS UPDATE_ROLLBACK_IN_PROGRESS',
    'PROGRESS_EVENT A UPDATE_IN_PROGRESS',
    'PROGRESS_EVENT A UPDATE_COMPLETE',
    'ROLLBACK IN_PROGRESS UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
    'PROGRESS_EVENT Bad DELETE_COMPLETE',
    'ROLLBACK SUCCEEDED UPDATE_ROLLBACK_COMPLETE',
  ]);
});

test('only what failed is told when asked for', async () => {
  const { cfn, events } = setUp();
  await cfn.createStack({ StackName: 's', TemplateBody: body({ A: parameter('1'), Bad: broken }) });

  expect(await events({ StackName: 's', Filters: { FailedEvents: true } })).toEqual([
    'PROVISIONING_ERROR Bad CREATE_FAILED',
  ]);
});

test('a change set has an operation of its own', async () => {
  const { cfn, events } = setUp();
  await cfn.createChangeSet({
    StackName: 's',
    ChangeSetName: 'c',
    ChangeSetType: 'CREATE',
    TemplateBody: body({ A: parameter('1') }),
  });

  expect(await events({ StackName: 's', ChangeSetName: 'c' })).toEqual([
    'CREATE_CHANGESET IN_PROGRESS undefined',
    'CREATE_CHANGESET SUCCEEDED undefined',
  ]);
});

test.each([
  ['nothing', {}, 'One of ChangeSetName, OperationId or StackName must be specified'],
  ['an unknown operation', { OperationId: 'nope' }, 'Operation [nope] does not exist'],
  ['an unknown stack', { StackName: 'nope' }, 'Stack [nope] does not exist'],
])('events of %s are refused (text unverified)', async (_what, input, text) => {
  const { cfn } = setUp();

  await expect(cfn.describeEvents(input)).rejects.toThrow(text);
});

test('each event goes to the topics that the stack names, in order', async () => {
  const { client, clock } = emulated();
  const [cfn, sns, sqs] = [client(CloudFormation), client(SNS), client(SQS)];
  const { TopicArn: topic = '' } = await sns.createTopic({ Name: 'events' });
  const everyone = { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' };
  const { QueueUrl } = await sqs.createQueue({
    QueueName: 'q',
    Attributes: { Policy: JSON.stringify({ Statement: [everyone] }) },
  });
  const Endpoint = 'arn:aws:sqs:us-east-1:000000000000:q';
  const Attributes = { RawMessageDelivery: 'true' };
  await sns.subscribe({ TopicArn: topic, Protocol: 'sqs', Endpoint, Attributes });

  const { StackId } = await cfn.createStack({
    StackName: 's',
    TemplateBody: body({ A: parameter('1') }),
    NotificationARNs: [topic],
  });
  await clock.settle();

  const { Messages: messages = [] } = await sqs.receiveMessage({
    QueueUrl,
    MaxNumberOfMessages: 10,
  });
  const texts = messages.map(({ Body: text = '' }) => text);
  expect(
    texts.map((text) => /LogicalResourceId='(.*)'[^]*ResourceStatus='(.*)'/.exec(text)?.slice(1)),
  ).toEqual([
    ['s', 'CREATE_IN_PROGRESS'],
    ['A', 'CREATE_IN_PROGRESS'],
    ['A', 'CREATE_IN_PROGRESS'],
    ['A', 'CREATE_COMPLETE'],
    ['s', 'CREATE_COMPLETE'],
  ]);
  expect(texts[0]).toContain(`StackId='${StackId}'\nTimestamp='2026-01-01T00:00:00.000Z'\n`);
});
