import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { emulated } from '../../../test/support/emulated';

const TopicArn = 'arn:aws:sns:us-east-1:000000000000:alerts';

interface Got {
  headers: IncomingHttpHeaders;
  body: string;
}

let server: Server | undefined;

afterEach(() => server?.close());

/** A web server on this machine that writes down what it gets, and answers as it is told. */
async function webServer() {
  const got: Got[] = [];
  const answers = { status: 200 };
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      got.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(answers.status, { connection: 'close' }).end();
    });
  });
  const listening = server;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return { got, answers, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
}

async function withHook(Attributes: Record<string, string> = {}) {
  const lab = emulated();
  const web = await webServer();
  const sns = lab.client(SNS);
  await sns.createTopic({ Name: 'alerts' });
  const { SubscriptionArn = '' } = await sns.subscribe({
    TopicArn,
    Protocol: 'http',
    Endpoint: web.url,
    Attributes,
    ReturnSubscriptionArn: true,
  });
  await lab.clock.settle();
  /** Visits an address that SNS gave, as a browser would: unsigned. */
  async function visit(url: string) {
    const { pathname, search } = new URL(url);
    const query = search.slice(1);
    const request = { method: 'GET', path: pathname, query, headers: {}, body: new Uint8Array() };
    const { status, body } = await lab.core.handle(request);
    await lab.clock.settle();
    return { status, body: String(body) };
  }
  const message = (index: number) =>
    JSON.parse(web.got[index]?.body ?? '') as Record<string, string>;
  return { ...lab, ...web, sns, SubscriptionArn, visit, message };
}

test('a web server is asked to confirm, and gets messages once its SubscribeURL was visited', async () => {
  const { sns, got, message, visit, SubscriptionArn, clock } = await withHook();
  expect(got[0]?.headers).toMatchObject({
    'x-amz-sns-message-type': 'SubscriptionConfirmation',
    'x-amz-sns-topic-arn': TopicArn,
    'content-type': 'text/plain; charset=UTF-8',
    'user-agent': 'Amazon Simple Notification Service Agent',
  });
  expect(message(0)).toMatchObject({ Type: 'SubscriptionConfirmation', TopicArn });
  await sns.publish({ TopicArn, Message: 'too early' });

  const { status, body } = await visit(message(0)['SubscribeURL'] ?? '');
  expect(status).toBe(200);
  expect(body).toContain(`<SubscriptionArn>${SubscriptionArn}</SubscriptionArn>`);
  const { MessageId } = await sns.publish({ TopicArn, Message: 'hello', Subject: 'Greeting' });
  await clock.settle();

  expect(got).toHaveLength(2);
  expect(got[1]?.headers).toMatchObject({
    'x-amz-sns-message-type': 'Notification',
    'x-amz-sns-message-id': MessageId,
    'x-amz-sns-subscription-arn': SubscriptionArn,
  });
  expect(message(1)).toMatchObject({ Type: 'Notification', Message: 'hello', Subject: 'Greeting' });
});

test('raw delivery posts the message alone, and says so', async () => {
  const { sns, got, message, visit, clock } = await withHook({ RawMessageDelivery: 'true' });
  await visit(message(0)['SubscribeURL'] ?? '');
  await sns.publish({ TopicArn, Message: 'hello' });
  await clock.settle();

  expect(got[1]?.body).toBe('hello');
  expect(got[1]?.headers['x-amz-sns-rawdelivery']).toBe('true');
});

test('a visited UnsubscribeURL ends the subscription, and its own SubscribeURL takes it up again', async () => {
  const { sns, got, message, visit, clock } = await withHook();
  await visit(message(0)['SubscribeURL'] ?? '');
  await sns.publish({ TopicArn, Message: 'hello' });
  await clock.settle();
  expect(await visit(message(1)['UnsubscribeURL'] ?? '')).toMatchObject({ status: 200 });

  expect(message(2)).toMatchObject({ Type: 'UnsubscribeConfirmation' });
  await sns.publish({ TopicArn, Message: 'unheard' });
  await clock.settle();
  expect(got).toHaveLength(3);
  await visit(message(2)['SubscribeURL'] ?? '');
  await sns.publish({ TopicArn, Message: 'heard' });
  await clock.settle();
  expect(message(3)).toMatchObject({ Message: 'heard' });
});

test('a wrong token confirms nothing (LocalStack test_sns.py)', async () => {
  const { visit, message } = await withHook();
  const url = (message(0)['SubscribeURL'] ?? '').replace(/Token=.*/, `Token=${'0'.repeat(32)}`);

  const { status, body } = await visit(url);
  expect(status).toBe(400);
  expect(body).toContain(
    '<Code>InvalidParameter</Code><Message>Invalid parameter: Token</Message>',
  );
});

/** A confirmed web server, and a queue for what it does not take. */
async function withDeadLetters() {
  const lab = await withHook();
  await lab.visit(lab.message(0)['SubscribeURL'] ?? '');
  const sqs = lab.client(SQS);
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
  await lab.sns.setSubscriptionAttributes({
    SubscriptionArn: lab.SubscriptionArn,
    AttributeName: 'RedrivePolicy',
    AttributeValue: '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead"}',
  });
  const dead = async () => {
    const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, VisibilityTimeout: 0 });
    return Messages.length;
  };
  return { ...lab, dead };
}

test('a server error is tried again three times, 20 seconds apart, then goes to the dead-letter queue', async () => {
  const { sns, got, answers, clock, dead } = await withDeadLetters();
  answers.status = 500;
  await sns.publish({ TopicArn, Message: 'hello' });
  await clock.settle();
  expect(got).toHaveLength(2);
  await clock.advance('59s');
  expect(got).toHaveLength(4);
  expect(await dead()).toBe(0);
  await clock.advance('1s');

  expect(got).toHaveLength(5);
  expect(await dead()).toBe(1);
});

test('a delivery that works at the second try leaves nothing behind', async () => {
  const { sns, got, answers, clock, dead } = await withDeadLetters();
  answers.status = 503;
  await sns.publish({ TopicArn, Message: 'hello' });
  await clock.settle();
  answers.status = 200;
  await clock.advance('5m');

  expect(got).toHaveLength(3);
  expect(await dead()).toBe(0);
});

test("a client error is final, and the subscription's own delivery policy decides about the rest", async () => {
  const { sns, got, answers, clock, dead, SubscriptionArn } = await withDeadLetters();
  answers.status = 403;
  await sns.publish({ TopicArn, Message: 'hello' });
  await clock.settle();
  expect(await dead()).toBe(1);
  await sns.setSubscriptionAttributes({
    SubscriptionArn,
    AttributeName: 'DeliveryPolicy',
    AttributeValue: JSON.stringify({
      healthyRetryPolicy: {
        numRetries: 2,
        numNoDelayRetries: 1,
        minDelayTarget: 5,
        maxDelayTarget: 5,
      },
    }),
  });
  answers.status = 500;
  await sns.publish({ TopicArn, Message: 'hello' });
  await clock.settle();
  expect(got).toHaveLength(4);
  await clock.advance('5s');
  expect(got).toHaveLength(5);
  await clock.advance('10m');
  expect(got).toHaveLength(5);
});

test.each([
  [
    'http',
    'http://example.com/hook',
    'Invalid parameter: Endpoint Reason: http is emulated for addresses of this machine only (localhost, 127.0.0.1)',
  ],
  [
    'https',
    'http://127.0.0.1/hook',
    'Invalid parameter: Endpoint must match the specified protocol',
  ],
])(
  'a subscription by %s of %s is refused (text unverified)',
  async (Protocol, Endpoint, message) => {
    const { sns } = await withHook();

    await expect(sns.subscribe({ TopicArn, Protocol, Endpoint })).rejects.toMatchObject({
      message,
    });
  },
);

test('a topic counts what it publishes, delivers, filters out and fails to deliver', async () => {
  const { sns, answers, clock, client, SubscriptionArn } = await withDeadLetters();
  await sns.setSubscriptionAttributes({
    SubscriptionArn,
    AttributeName: 'FilterPolicy',
    AttributeValue: '{"kind":["wanted"]}',
  });
  const MessageAttributes = { kind: { DataType: 'String', StringValue: 'wanted' } };
  await sns.publish({ TopicArn, Message: 'four', MessageAttributes });
  await sns.publish({ TopicArn, Message: 'sixsix' });
  await clock.settle();
  answers.status = 404;
  await sns.publish({ TopicArn, Message: 'four', MessageAttributes });
  await clock.advance('1m');
  const sum = async (MetricName: string) => {
    const { Datapoints = [] } = await client(CloudWatch).getMetricStatistics({
      Namespace: 'AWS/SNS',
      MetricName,
      Dimensions: [{ Name: 'TopicName', Value: 'alerts' }],
      StartTime: new Date('2026-01-01T00:00:00Z'),
      EndTime: new Date('2026-01-01T01:00:00Z'),
      Period: 60,
      Statistics: ['Sum'],
    });
    return Datapoints.map(({ Sum }) => Sum);
  };

  expect(await sum('NumberOfMessagesPublished')).toEqual([3]);
  expect(await sum('NumberOfNotificationsDelivered')).toEqual([1]);
  expect(await sum('NumberOfNotificationsFilteredOut')).toEqual([1]);
  expect(await sum('NumberOfNotificationsFailed')).toEqual([1]);
  expect(await sum('NumberOfNotificationsRedrivenToDlq')).toEqual([1]);
});
