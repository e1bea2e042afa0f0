import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { accountWithRole, messagesOf } from '../../../test/support/functions';

const FunctionArn = 'arn:aws:lambda:us-east-1:000000000000:function:orders';

async function subscribed() {
  const account = await accountWithRole();
  await account.create(
    "exports.handler = async (event) => process.stdout.write('GOT ' + JSON.stringify(event) + '\\n');",
  );
  const sns = account.client(SNS);
  const { TopicArn = '' } = await sns.createTopic({ Name: 'alerts' });
  const { SubscriptionArn = '' } = await sns.subscribe({
    TopicArn,
    Protocol: 'lambda',
    Endpoint: FunctionArn,
  });
  const letIn = () =>
    account.lambda.addPermission({
      FunctionName: 'orders',
      StatementId: 'topic',
      Action: 'lambda:InvokeFunction',
      Principal: 'sns.amazonaws.com',
      SourceArn: TopicArn,
    });
  return { ...account, sns, TopicArn, SubscriptionArn, letIn };
}

test('a function that lets the topic in gets the message as AWS hands it over', async () => {
  const { sns, TopicArn, SubscriptionArn, letIn, clock, client } = await subscribed();
  await letIn();
  const { MessageId } = await sns.publish({
    TopicArn,
    Message: 'hello',
    MessageAttributes: { kind: { DataType: 'String', StringValue: 'greeting' } },
  });
  await clock.settle();
  const logged = await messagesOf(client(CloudWatchLogs));
  const event = logged.find((message) => message.startsWith('GOT ')) ?? '';

  expect(JSON.parse(event.slice(4))).toEqual({
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: SubscriptionArn,
        Sns: {
          Type: 'Notification',
          MessageId,
          TopicArn,
          Subject: null,
          Message: 'hello',
          Timestamp: '2026-01-01T00:00:00.000Z',
          SignatureVersion: '1',
          Signature: expect.any(String),
          SigningCertUrl: expect.stringContaining('https://sns.us-east-1.amazonaws.com/'),
          UnsubscribeUrl: expect.stringContaining('Action=Unsubscribe'),
          MessageAttributes: { kind: { Type: 'String', Value: 'greeting' } },
        },
      },
    ],
  });
});

test('a function that does not let the topic in gets nothing, and the dead-letter queue does', async () => {
  const { sns, TopicArn, SubscriptionArn, clock, client } = await subscribed();
  const sqs = client(SQS);
  const { QueueUrl = '' } = await sqs.createQueue({
    QueueName: 'dead',
    Attributes: {
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Principal: { Service: 'sns.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: '*',
        },
      }),
    },
  });
  await sns.setSubscriptionAttributes({
    SubscriptionArn,
    AttributeName: 'RedrivePolicy',
    AttributeValue: '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead"}',
  });
  await sns.publish({ TopicArn, Message: 'hello' });
  await clock.settle();
  const { Messages = [] } = await sqs.receiveMessage({ QueueUrl });

  expect(JSON.parse(Messages[0]?.Body ?? '')).toMatchObject({ Message: 'hello' });
});
