import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { SQS } from '@aws-sdk/client-sqs';
import { emulated } from '../../../test/support/emulated';

const template = (properties: Record<string, unknown>): string =>
  JSON.stringify({
    Resources: {
      Dead: { Type: 'AWS::SQS::Queue' },
      Orders: {
        Type: 'AWS::SQS::Queue',
        Properties: {
          RedrivePolicy: {
            deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] },
            maxReceiveCount: 3,
          },
          ...properties,
        },
      },
      Policy: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: {
          Queues: [{ Ref: 'Orders' }],
          PolicyDocument: { Version: '2012-10-17', Statement: [] },
        },
      },
    },
    Outputs: { Url: { Value: { Ref: 'Orders' } } },
  });

async function deployed() {
  const lab = emulated();
  const stacks = lab.client(CloudFormation);
  const sqs = lab.client(SQS);
  await stacks.createStack({
    StackName: 'shop',
    TemplateBody: template({ VisibilityTimeout: 90, Tags: [{ Key: 'team', Value: 'shop' }] }),
  });
  await lab.clock.settle();
  const { Stacks: [stack] = [] } = await stacks.describeStacks({ StackName: 'shop' });
  const QueueUrl = stack?.Outputs?.[0]?.OutputValue ?? '';
  return { ...lab, stacks, sqs, stack, QueueUrl };
}

describe('a stack with queues', () => {
  test('makes them with attributes, policy and tags', async () => {
    const { sqs, stack, QueueUrl } = await deployed();

    expect(stack?.StackStatus).toBe('CREATE_COMPLETE');
    const { Attributes } = await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['All'] });
    expect(Attributes).toMatchObject({
      VisibilityTimeout: '90',
      RedrivePolicy: expect.stringContaining('"maxReceiveCount":3'),
      Policy: '{"Version":"2012-10-17","Statement":[]}',
    });
    expect((await sqs.listQueueTags({ QueueUrl })).Tags).toMatchObject({
      team: 'shop',
      'aws:cloudformation:logical-id': 'Orders',
    });
  });

  test('updates them in place and puts back what is no longer said', async () => {
    const { stacks, sqs, clock, QueueUrl } = await deployed();

    await stacks.updateStack({ StackName: 'shop', TemplateBody: template({ DelaySeconds: 5 }) });
    await clock.settle();

    await expect(
      sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['VisibilityTimeout', 'DelaySeconds'] }),
    ).resolves.toMatchObject({ Attributes: { VisibilityTimeout: '30', DelaySeconds: '5' } });
  });

  test('leaves nothing behind', async () => {
    const { stacks, sqs, clock } = await deployed();

    await stacks.deleteStack({ StackName: 'shop' });
    await clock.settle();

    expect((await sqs.listQueues({})).QueueUrls).toBeUndefined();
  });
});
