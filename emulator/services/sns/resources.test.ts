import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { SNS } from '@aws-sdk/client-sns';
import { emulated } from '../../../test/support/emulated';

const queue = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:${name}`;

const template = (inline: string[], withPolicy = true): string =>
  JSON.stringify({
    Resources: {
      Alerts: {
        Type: 'AWS::SNS::Topic',
        Properties: {
          DisplayName: 'Alerts',
          Subscription: inline.map((name) => ({ Protocol: 'sqs', Endpoint: queue(name) })),
        },
      },
      Filtered: {
        Type: 'AWS::SNS::Subscription',
        Properties: {
          TopicArn: { Ref: 'Alerts' },
          Protocol: 'sqs',
          Endpoint: queue('filtered'),
          RawMessageDelivery: true,
          FilterPolicy: { colour: ['red'] },
        },
      },
      ...(withPolicy
        ? {
            Policy: {
              Type: 'AWS::SNS::TopicPolicy',
              Properties: {
                Topics: [{ Ref: 'Alerts' }],
                PolicyDocument: { Version: '2012-10-17', Id: 'mine', Statement: [] },
              },
            },
          }
        : {}),
    },
    Outputs: {
      TopicArn: { Value: { Ref: 'Alerts' } },
      Name: { Value: { 'Fn::GetAtt': ['Alerts', 'TopicName'] } },
    },
  });

async function deployed() {
  const lab = emulated();
  const stacks = lab.client(CloudFormation);
  const sns = lab.client(SNS);
  await stacks.createStack({ StackName: 'shop', TemplateBody: template(['one']) });
  await lab.clock.settle();
  const { Stacks: [stack] = [] } = await stacks.describeStacks({ StackName: 'shop' });
  const outputs = Object.fromEntries(
    (stack?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
  );
  const TopicArn: string = outputs['TopicArn'] ?? '';
  async function endpoints() {
    const { Subscriptions = [] } = await sns.listSubscriptionsByTopic({ TopicArn });
    return Subscriptions.map(({ Endpoint }) => Endpoint).toSorted((one = '', other = '') =>
      one.localeCompare(other),
    );
  }
  async function policyId() {
    const { Attributes = {} } = await sns.getTopicAttributes({ TopicArn });
    return (JSON.parse(Attributes['Policy'] ?? '{}') as { Id?: string }).Id;
  }
  return { ...lab, stacks, sns, stack, outputs, TopicArn, endpoints, policyId };
}

describe('a stack with a topic', () => {
  test('makes it with its policy and subscriptions', async () => {
    const { stack, outputs, TopicArn, endpoints, policyId } = await deployed();

    expect(stack?.StackStatus).toBe('CREATE_COMPLETE');
    expect(TopicArn).toBe(`arn:aws:sns:us-east-1:000000000000:${outputs['Name']}`);
    expect(await endpoints()).toEqual([queue('filtered'), queue('one')]);
    expect(await policyId()).toBe('mine');
  });

  test('changes subscriptions in place, and gives back the default policy', async () => {
    const { stacks, clock, endpoints, policyId } = await deployed();

    await stacks.updateStack({ StackName: 'shop', TemplateBody: template(['two'], false) });
    await clock.settle();

    expect(await endpoints()).toEqual([queue('filtered'), queue('two')]);
    expect(await policyId()).toBe('__default_policy_ID');
  });

  test('leaves nothing behind', async () => {
    const { stacks, sns, clock } = await deployed();

    await stacks.deleteStack({ StackName: 'shop' });
    await clock.settle();

    expect((await sns.listTopics({})).Topics).toEqual([]);
  });
});
