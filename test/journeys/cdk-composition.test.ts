import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { SNS } from '@aws-sdk/client-sns';
import { type Message, SQS } from '@aws-sdk/client-sqs';
import { SSM } from '@aws-sdk/client-ssm';
import { type FrontEnd, frontEnd } from '../support/cdk/front-end';

jest.setTimeout(120_000);

let end: FrontEnd;
beforeAll(async () => {
  end = await frontEnd({ apps: ['custom', 'nested'] });
});
afterAll(() => end.close());

test('a custom resource is made and deleted by whoever listens to its topic', async () => {
  const requests = await listener();
  const [deployed, creation] = await Promise.all([
    end.deploy('custom', '--outputs-file=custom.json'),
    requests.answer({ PhysicalResourceId: 'made-1', Data: { Answer: 'forty-two' } }),
  ]);
  const [destroyed, deletion] = await Promise.all([
    end.cdk('destroy', '--app', end.app('custom'), '--force'),
    requests.answer({ PhysicalResourceId: 'made-1' }),
  ]);

  expect([deployed.code, destroyed.code]).toEqual([0, 0]);
  expect(end.written('custom.json')).toEqual({ Custom: { Answer: 'forty-two' } });
  expect(creation).toMatchObject({
    RequestType: 'Create',
    ResourceType: 'AWS::CloudFormation::CustomResource',
    LogicalResourceId: 'Made',
    ResourceProperties: { Colour: 'red' },
  });
  expect(deletion).toMatchObject({ RequestType: 'Delete', PhysicalResourceId: 'made-1' });
});

test('a nested stack is deployed from its asset and goes with the stack around it', async () => {
  const cloudformation = end.client(CloudFormation);
  const deployed = await end.deploy('nested');
  const { StackResources } = await cloudformation.describeStackResources({ StackName: 'Outer' });
  const inner = StackResources!.find(
    ({ ResourceType }) => ResourceType === 'AWS::CloudFormation::Stack',
  );
  const { Stacks } = await cloudformation.describeStacks({ StackName: inner?.PhysicalResourceId });
  const { Parameter } = await end.client(SSM).getParameter({ Name: '/outer/queue' });
  const { QueueUrl } = await end.client(SQS).getQueueUrl({ QueueName: Parameter?.Value });
  const destroyed = await end.cdk('destroy', '--app', end.app('nested'), '--force');

  expect([deployed.code, destroyed.code]).toEqual([0, 0]);
  expect(QueueUrl).toContain('/Outer-Inner');
  expect(Stacks![0]).toMatchObject({
    StackStatus: 'CREATE_COMPLETE',
    ParentId: expect.stringContaining(':stack/Outer/'),
    RootId: expect.stringContaining(':stack/Outer/'),
  });
  const { Stacks: left } = await cloudformation.describeStacks({});
  expect(left!.map((stack) => stack.StackName)).toEqual(['CDKToolkit']);
});

/** Answers requests of custom resources as a program behind a queue would. */
async function listener() {
  const [sns, sqs] = [end.client(SNS), end.client(SQS)];
  const { TopicArn } = await sns.createTopic({ Name: 'makers' });
  const { QueueUrl } = await sqs.createQueue({ QueueName: 'makers' });
  await sqs.setQueueAttributes({ QueueUrl, Attributes: { Policy: openTo(TopicArn) } });
  await sns.subscribe({
    TopicArn,
    Protocol: 'sqs',
    Endpoint: 'arn:aws:sqs:us-east-1:000000000000:makers',
    Attributes: { RawMessageDelivery: 'true' },
  });
  return {
    async answer(said: object): Promise<Record<string, string>> {
      let message: Message | undefined;
      while (!message) {
        const received = await sqs.receiveMessage({ QueueUrl, WaitTimeSeconds: 20 });
        message = received.Messages?.[0];
      }
      await sqs.deleteMessage({ QueueUrl, ReceiptHandle: message.ReceiptHandle });
      const request = JSON.parse(message.Body ?? '') as Record<string, string>;
      const { StackId, RequestId, LogicalResourceId } = request;
      const body = { Status: 'SUCCESS', StackId, RequestId, LogicalResourceId, ...said };
      await fetch(request['ResponseURL']!, { method: 'PUT', body: JSON.stringify(body) });
      return request;
    },
  };
}

const openTo = (topic: string | undefined): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: '*',
        Condition: { ArnEquals: { 'aws:SourceArn': topic } },
      },
    ],
  });
