import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { emulated } from '../../../test/support/emulated';

const topicArn = 'arn:aws:sns:us-east-1:000000000000:alerts';
const queueArn = 'arn:aws:sqs:us-east-1:000000000000:inbox';

async function withTopic() {
  const lab = emulated();
  const sns = lab.client(SNS);
  await sns.createTopic({ Name: 'alerts' });
  return { ...lab, sns };
}

/** A queue that is subscribed to the topic, and whose policy lets the topic in unless told. */
async function withInbox(Attributes: Record<string, string> = {}, sourceArn = topicArn) {
  const lab = await withTopic();
  const sqs = lab.client(SQS);
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Service: 'sns.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: queueArn,
      Condition: { ArnEquals: { 'aws:SourceArn': sourceArn } },
    },
  });
  const { QueueUrl = '' } = await sqs.createQueue({ QueueName: 'inbox', Attributes: { Policy } });
  const { SubscriptionArn = '' } = await lab.sns.subscribe({
    TopicArn: topicArn,
    Protocol: 'sqs',
    Endpoint: queueArn,
    Attributes,
  });
  async function received() {
    await lab.clock.settle();
    const { Messages = [] } = await sqs.receiveMessage({
      QueueUrl,
      MaxNumberOfMessages: 10,
      MessageAttributeNames: ['All'],
    });
    return Messages;
  }
  return { ...lab, sqs, SubscriptionArn, received };
}

describe('a topic', () => {
  test('is answered again when it is created twice', async () => {
    const { sns } = await withTopic();

    await expect(sns.createTopic({ Name: 'alerts' })).resolves.toMatchObject({
      TopicArn: topicArn,
    });
  });

  test('created again with other attributes is refused', async () => {
    const { sns } = await withTopic();

    await expect(
      sns.createTopic({ Name: 'alerts', Attributes: { DisplayName: 'Alerts' } }),
    ).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  test("has AWS's default policy, which lets only the owner in", async () => {
    const { sns } = await withTopic();

    const { Attributes } = await sns.getTopicAttributes({ TopicArn: topicArn });

    expect(JSON.parse(Attributes?.['Policy'] ?? '')).toMatchObject({
      Id: '__default_policy_ID',
      Statement: [{ Condition: { StringEquals: { 'AWS:SourceOwner': '000000000000' } } }],
    });
  });

  test('that does not exist answers NotFound', async () => {
    const { sns } = await withTopic();

    await expect(
      sns.getTopicAttributes({ TopicArn: 'arn:aws:sns:us-east-1:000000000000:nope' }),
    ).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  test('that does not exist can be deleted', async () => {
    const { sns } = await withTopic();

    await sns.deleteTopic({ TopicArn: topicArn });

    await expect(sns.deleteTopic({ TopicArn: topicArn })).resolves.toBeDefined();
    expect((await sns.listTopics({})).Topics).toEqual([]);
  });

  test('of a malformed ARN is refused', async () => {
    const { sns } = await withTopic();

    await expect(sns.getTopicAttributes({ TopicArn: 'topic' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  test('keeps tags', async () => {
    const { sns } = await withTopic();
    await sns.tagResource({ ResourceArn: topicArn, Tags: [{ Key: 'team', Value: 'shop' }] });

    await expect(sns.listTagsForResource({ ResourceArn: topicArn })).resolves.toMatchObject({
      Tags: [{ Key: 'team', Value: 'shop' }],
    });
  });

  test('gives another account permission by label, once', async () => {
    const { sns } = await withTopic();
    const permission = {
      TopicArn: topicArn,
      Label: 'partner',
      AWSAccountId: ['111111111111'],
      ActionName: ['Publish'],
    };
    await sns.addPermission(permission);

    await expect(sns.addPermission(permission)).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });
});

describe('a published message', () => {
  test('arrives in the queue in its envelope', async () => {
    const { sns, received, SubscriptionArn } = await withInbox();
    const { MessageId } = await sns.publish({
      TopicArn: topicArn,
      Subject: 'Hello',
      Message: 'text',
      MessageAttributes: { colour: { DataType: 'String', StringValue: 'red' } },
    });

    const [message] = await received();

    expect(JSON.parse(message?.Body ?? '')).toEqual({
      Type: 'Notification',
      MessageId,
      TopicArn: topicArn,
      Subject: 'Hello',
      Message: 'text',
      Timestamp: '2026-01-01T00:00:00.000Z',
      SignatureVersion: '1',
      Signature: expect.any(String),
      SigningCertURL: expect.stringMatching(
        /^https:\/\/sns\.us-east-1\.amazonaws\.com\/SimpleNotificationService-.*\.pem$/,
      ),
      UnsubscribeURL: `http://127.0.0.1:4566/SimpleNotificationService/${topicArn}/?Action=Unsubscribe&SubscriptionArn=${SubscriptionArn}`,
      MessageAttributes: { colour: { Type: 'String', Value: 'red' } },
    });
  });

  test('arrives as it is with raw delivery', async () => {
    const { sns, received } = await withInbox({ RawMessageDelivery: 'true' });
    await sns.publish({
      TopicArn: topicArn,
      Message: 'text',
      MessageAttributes: { colour: { DataType: 'String', StringValue: 'red' } },
    });

    await expect(received()).resolves.toMatchObject([
      { Body: 'text', MessageAttributes: { colour: { StringValue: 'red' } } },
    ]);
  });

  test('has its own text for queues with MessageStructure json', async () => {
    const { sns, received } = await withInbox({ RawMessageDelivery: 'true' });
    await sns.publish({
      TopicArn: topicArn,
      MessageStructure: 'json',
      Message: JSON.stringify({ default: 'for all', sqs: 'for queues' }),
    });

    await expect(received()).resolves.toMatchObject([{ Body: 'for queues' }]);
  });

  test('does not arrive when the policy of the queue names another topic', async () => {
    const { sns, received } = await withInbox({}, `${topicArn}-other`);
    await sns.publish({ TopicArn: topicArn, Message: 'text' });

    await expect(received()).resolves.toEqual([]);
  });

  test('that cannot be delivered goes to the dead-letter queue', async () => {
    const deadArn = 'arn:aws:sqs:us-east-1:000000000000:dead';
    const { sns, sqs, clock } = await withInbox(
      {
        RawMessageDelivery: 'true',
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadArn }),
      },
      `${topicArn}-other`,
    );
    const Policy = JSON.stringify({
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: deadArn,
      },
    });
    const { QueueUrl } = await sqs.createQueue({ QueueName: 'dead', Attributes: { Policy } });
    await sns.publish({ TopicArn: topicArn, Message: 'text' });
    await clock.settle();

    await expect(sqs.receiveMessage({ QueueUrl })).resolves.toMatchObject({
      Messages: [{ Body: 'text' }],
    });
  });

  test.each([
    [{ Message: '' }, 'Invalid parameter: Empty message'],
    [{ Message: 'x', Subject: '' }, 'Invalid parameter: Subject'],
    [{ Message: 'x'.repeat(262_145) }, 'Invalid parameter: Message too long'],
    [
      { Message: '{}', MessageStructure: 'json' },
      'Invalid parameter: Message Structure - No default entry in JSON message body',
    ],
    [
      {
        Message: 'x',
        MessageAttributes: { a: { DataType: 'String', BinaryValue: new Uint8Array([1]) } },
      },
      "The message attribute 'a' with type 'String' must use field 'String'.",
    ],
    [
      {
        Message: 'x',
        MessageAttributes: { price: { DataType: 'Number', StringValue: 'cheap' } },
      },
      "Could not cast message attribute 'price' value to number.",
    ],
  ])('is refused: case %# (LocalStack test_sns.py)', async (message, text) => {
    const { sns } = await withTopic();

    await expect(sns.publish({ TopicArn: topicArn, ...message })).rejects.toMatchObject({
      message: text,
    });
  });

  test('in a batch arrives by entry', async () => {
    const { sns, received } = await withInbox({ RawMessageDelivery: 'true' });
    const { Successful, Failed } = await sns.publishBatch({
      TopicArn: topicArn,
      PublishBatchRequestEntries: [
        { Id: 'a', Message: 'one' },
        { Id: 'b', Message: 'two' },
      ],
    });

    await expect(received()).resolves.toMatchObject([{ Body: 'one' }, { Body: 'two' }]);
    expect(Successful).toMatchObject([{ Id: 'a' }, { Id: 'b' }]);
    expect(Failed).toEqual([]);
  });

  test('in a batch does not arrive when another entry is wrong', async () => {
    const { sns, received } = await withInbox({ RawMessageDelivery: 'true' });
    const wrong = { x: { DataType: 'Colour', StringValue: 'red' } };

    await expect(
      sns.publishBatch({
        TopicArn: topicArn,
        PublishBatchRequestEntries: [
          { Id: 'a', Message: 'one' },
          { Id: 'b', Message: 'two', MessageAttributes: wrong },
        ],
      }),
    ).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    await expect(received()).resolves.toEqual([]);
  });

  test('counts its attributes towards the limit of 256 KiB', async () => {
    const { sns } = await withTopic();
    const Message = 'x'.repeat(262_144 - 10);
    const MessageAttributes = { name: { DataType: 'String', StringValue: 'v' } };

    await sns.publish({ TopicArn: topicArn, Message });
    await expect(
      sns.publish({ TopicArn: topicArn, Message, MessageAttributes }),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('a filter policy', () => {
  test('lets through what fits the attributes', async () => {
    const { sns, received } = await withInbox({
      RawMessageDelivery: 'true',
      FilterPolicy: JSON.stringify({ weight: [{ numeric: ['>', 5] }] }),
    });
    for (const StringValue of ['4', '6'])
      await sns.publish({
        TopicArn: topicArn,
        Message: StringValue,
        MessageAttributes: { weight: { DataType: 'Number', StringValue } },
      });

    await expect(received()).resolves.toMatchObject([{ Body: '6' }]);
  });

  test('lets through what fits the body', async () => {
    const { sns, received } = await withInbox({
      RawMessageDelivery: 'true',
      FilterPolicyScope: 'MessageBody',
      FilterPolicy: JSON.stringify({ order: { state: ['paid'] } }),
    });
    for (const message of ['{"order":{"state":"open"}}', '{"order":{"state":"paid"}}', 'no json'])
      await sns.publish({ TopicArn: topicArn, Message: message });

    await expect(received()).resolves.toMatchObject([{ Body: '{"order":{"state":"paid"}}' }]);
  });

  test.each([
    [
      '{"key":[]}',
      'Invalid parameter: Attributes Reason: FilterPolicy: Empty arrays are not allowed\n at [Source: (String)"{"key":[]}"; line: 1, column: 10]',
    ],
    [
      '{"a":{"b":["c"]}}',
      'Invalid parameter: Filter policy scope MessageAttributes does not support nested filter policy',
    ],
    [
      '{"a":["1"],"b":["1"],"c":["1"],"d":["1"],"e":["1"],"f":["1"]}',
      'Invalid parameter: Attributes Reason: FilterPolicy: Filter policy can not have more than 5 keys',
    ],
    [
      '{invalid',
      "Invalid parameter: Attributes Reason: FilterPolicy: failed to parse JSON. Unexpected character ('i' (code 105)): was expecting double-quote to start field name\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 2]",
    ],
  ])(
    'is refused: %s (LocalStack test_sns.py, test_sns_filter_policy.py)',
    async (FilterPolicy, message) => {
      const { sns } = await withTopic();

      await expect(
        sns.subscribe({
          TopicArn: topicArn,
          Protocol: 'sqs',
          Endpoint: queueArn,
          Attributes: { FilterPolicy },
        }),
      ).rejects.toMatchObject({ message });
    },
  );
});

describe('a subscription', () => {
  test('of a queue in the same account is confirmed at once', async () => {
    const { sns, SubscriptionArn } = await withInbox();

    const { Attributes } = await sns.getSubscriptionAttributes({ SubscriptionArn });

    expect(Attributes).toEqual({
      ConfirmationWasAuthenticated: 'true',
      Endpoint: queueArn,
      Owner: '000000000000',
      PendingConfirmation: 'false',
      Protocol: 'sqs',
      RawMessageDelivery: 'false',
      SubscriptionArn,
      SubscriptionPrincipal: 'arn:aws:iam::000000000000:root',
      TopicArn: topicArn,
    });
  });

  test('of a mailbox waits for confirmation', async () => {
    const { sns } = await withTopic();

    await expect(
      sns.subscribe({ TopicArn: topicArn, Protocol: 'email', Endpoint: 'me@example.com' }),
    ).resolves.toMatchObject({ SubscriptionArn: 'pending confirmation' });
    await expect(sns.listSubscriptionsByTopic({ TopicArn: topicArn })).resolves.toMatchObject({
      Subscriptions: [{ SubscriptionArn: 'PendingConfirmation', Endpoint: 'me@example.com' }],
    });
  });

  test('of a delivery stream is refused by name (text unverified)', async () => {
    const { sns } = await withTopic();

    await expect(
      sns.subscribe({
        TopicArn: topicArn,
        Protocol: 'firehose',
        Endpoint: 'arn:aws:firehose:us-east-1:000000000000:deliverystream/archive',
      }),
    ).rejects.toMatchObject({
      message:
        'Invalid parameter: Protocol Reason: subscriptions of protocol firehose are not emulated',
    });
  });

  test('ends with Unsubscribe', async () => {
    const { sns, received, SubscriptionArn } = await withInbox();
    await sns.unsubscribe({ SubscriptionArn });
    await sns.publish({ TopicArn: topicArn, Message: 'text' });

    await expect(received()).resolves.toEqual([]);
    await expect(sns.getSubscriptionAttributes({ SubscriptionArn })).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });

  test('made twice is one', async () => {
    const { sns, SubscriptionArn } = await withInbox();

    await expect(
      sns.subscribe({ TopicArn: topicArn, Protocol: 'sqs', Endpoint: queueArn }),
    ).resolves.toMatchObject({ SubscriptionArn });
  });
});
