import { SQS } from '@aws-sdk/client-sqs';
import { emulated } from '../../../test/support/emulated';

async function withQueue(Attributes: Record<string, string> = {}) {
  const lab = emulated();
  const sqs = lab.client(SQS);
  const { QueueUrl = '' } = await sqs.createQueue({ QueueName: 'orders', Attributes });
  return { ...lab, sqs, QueueUrl };
}

async function bodies(sqs: SQS, QueueUrl: string): Promise<(string | undefined)[]> {
  const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
  return Messages.map(({ Body }) => Body);
}

const invalid = (message: string) => ({ name: 'InvalidParameterValue', message });

describe('a queue', () => {
  test('has a URL that ends with account and name', async () => {
    const { QueueUrl } = await withQueue();

    expect(QueueUrl).toBe('http://127.0.0.1:4566/000000000000/orders');
  });

  test('is answered again when it is created with equal attributes', async () => {
    const { sqs, QueueUrl } = await withQueue({ DelaySeconds: '5' });

    await expect(
      sqs.createQueue({ QueueName: 'orders', Attributes: { DelaySeconds: '5' } }),
    ).resolves.toMatchObject({ QueueUrl });
  });

  test('created again with another attribute answers QueueNameExists', async () => {
    const { sqs } = await withQueue();

    await expect(
      sqs.createQueue({ QueueName: 'orders', Attributes: { DelaySeconds: '5' } }),
    ).rejects.toMatchObject({
      name: 'QueueNameExists',
    });
  });

  test('shows all attributes with their defaults', async () => {
    const { sqs, QueueUrl } = await withQueue();

    const { Attributes } = await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['All'] });

    expect(Attributes).toEqual({
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesDelayed: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
      CreatedTimestamp: '1767225600',
      DelaySeconds: '0',
      LastModifiedTimestamp: '1767225600',
      MaximumMessageSize: '1048576',
      MessageRetentionPeriod: '345600',
      QueueArn: 'arn:aws:sqs:us-east-1:000000000000:orders',
      ReceiveMessageWaitTimeSeconds: '0',
      SqsManagedSseEnabled: 'true',
      VisibilityTimeout: '30',
    });
  });

  test('that does not exist answers QueueDoesNotExist', async () => {
    const { sqs } = await withQueue();

    await expect(sqs.getQueueUrl({ QueueName: 'nope' })).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
  });

  test('that was deleted blocks its name for a minute', async () => {
    const { sqs, QueueUrl, clock } = await withQueue();
    await sqs.deleteQueue({ QueueUrl });

    await expect(sqs.createQueue({ QueueName: 'orders' })).rejects.toMatchObject({
      name: 'QueueDeletedRecently',
    });
    await clock.advance('1m');
    await expect(sqs.createQueue({ QueueName: 'orders' })).resolves.toMatchObject({ QueueUrl });
  });

  test('lists by prefix, page by page', async () => {
    const { sqs } = await withQueue();
    for (const QueueName of ['a-1', 'a-2', 'a-3']) await sqs.createQueue({ QueueName });

    const first = await sqs.listQueues({ QueueNamePrefix: 'a-', MaxResults: 2 });
    const second = await sqs.listQueues({
      QueueNamePrefix: 'a-',
      MaxResults: 2,
      NextToken: first.NextToken,
    });

    expect(first.QueueUrls).toHaveLength(2);
    expect(second.QueueUrls).toEqual(['http://127.0.0.1:4566/000000000000/a-3']);
    expect(second.NextToken).toBeUndefined();
  });

  test('keeps tags', async () => {
    const { sqs, QueueUrl } = await withQueue();
    await sqs.tagQueue({ QueueUrl, Tags: { team: 'shop', stage: 'test' } });
    await sqs.untagQueue({ QueueUrl, TagKeys: ['stage'] });

    await expect(sqs.listQueueTags({ QueueUrl })).resolves.toMatchObject({
      Tags: { team: 'shop' },
    });
  });

  test.each([
    [{ VisibilityTimeout: '43201' }, 'Invalid value for the parameter VisibilityTimeout.'],
    [{ Colour: 'red' }, 'Unknown Attribute Colour.'],
    [{ FifoQueue: 'true' }, 'Unknown Attribute FifoQueue.'],
    [
      { DeduplicationScope: 'queue' },
      'You can specify the DeduplicationScope only when FifoQueue is set to true.',
    ],
  ] as [Record<string, string>, string][])(
    'refuses attributes %j (LocalStack test_sqs.py, moto)',
    async (attributes, message) => {
      const { sqs, QueueUrl } = await withQueue();

      await expect(
        sqs.setQueueAttributes({ QueueUrl, Attributes: attributes }),
      ).rejects.toMatchObject({ message });
    },
  );

  test('purges once a minute', async () => {
    const { sqs, QueueUrl } = await withQueue();
    await sqs.sendMessage({ QueueUrl, MessageBody: 'one' });
    await sqs.purgeQueue({ QueueUrl });

    expect(await bodies(sqs, QueueUrl)).toEqual([]);
    await expect(sqs.purgeQueue({ QueueUrl })).rejects.toMatchObject({
      name: 'PurgeQueueInProgress',
    });
  });
});

describe('a message', () => {
  test('is hidden while in flight and comes back after its timeout', async () => {
    const { sqs, QueueUrl, clock } = await withQueue();
    await sqs.sendMessage({ QueueUrl, MessageBody: 'one' });

    expect(await bodies(sqs, QueueUrl)).toEqual(['one']);
    expect(await bodies(sqs, QueueUrl)).toEqual([]);
    await clock.advance('30s');
    expect(await bodies(sqs, QueueUrl)).toEqual(['one']);
  });

  test('is gone once it was deleted', async () => {
    const { sqs, QueueUrl, clock } = await withQueue();
    await sqs.sendMessage({ QueueUrl, MessageBody: 'one' });
    const { Messages: [message] = [] } = await sqs.receiveMessage({ QueueUrl });

    await sqs.deleteMessage({ QueueUrl, ReceiptHandle: message?.ReceiptHandle });
    await clock.advance('1h');

    expect(await bodies(sqs, QueueUrl)).toEqual([]);
  });

  test('is not deleted with the handle of an earlier receipt', async () => {
    const { sqs, QueueUrl, clock } = await withQueue();
    await sqs.sendMessage({ QueueUrl, MessageBody: 'one' });
    const { Messages: [message] = [] } = await sqs.receiveMessage({ QueueUrl });
    await clock.advance('30s');
    await sqs.receiveMessage({ QueueUrl });

    await sqs.deleteMessage({ QueueUrl, ReceiptHandle: message?.ReceiptHandle });
    await clock.advance('30s');

    expect(await bodies(sqs, QueueUrl)).toEqual(['one']);
  });

  test('carries attributes, system attributes and digests that the SDK accepts', async () => {
    const { sqs, QueueUrl } = await withQueue();
    const MessageAttributes = {
      colour: { DataType: 'String', StringValue: 'red' },
      weight: { DataType: 'Number.int', StringValue: '3' },
      bytes: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 3]) },
    };
    const sent = await sqs.sendMessage({ QueueUrl, MessageBody: 'héllo', MessageAttributes });

    const { Messages: [message] = [] } = await sqs.receiveMessage({
      QueueUrl,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    });

    expect(message).toMatchObject({
      Body: 'héllo',
      MessageId: sent.MessageId,
      MessageAttributes,
      MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
      Attributes: {
        ApproximateReceiveCount: '1',
        ApproximateFirstReceiveTimestamp: '1767225600000',
        SentTimestamp: '1767225600000',
        SenderId: '000000000000',
      },
    });
  });

  test('has the digest of attributes that AWS documents', async () => {
    const { sqs, QueueUrl } = await withQueue();

    const sent = await sqs.sendMessage({
      QueueUrl,
      MessageBody: 'message-1',
      MessageAttributes: { MyAttribute: { DataType: 'String', StringValue: 'foobar' } },
    });

    expect(sent).toMatchObject({
      MD5OfMessageBody: '3d6b824fd8c1520e9a047d21fee6fb1f',
      MD5OfMessageAttributes: 'adb59cd4678ea5a855436b949cd07ab6',
    });
  });

  test('sent with a delay appears when the delay is over', async () => {
    const { sqs, QueueUrl, clock } = await withQueue();
    await sqs.sendMessage({ QueueUrl, MessageBody: 'later', DelaySeconds: 60 });

    await expect(
      sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessagesDelayed'] }),
    ).resolves.toMatchObject({ Attributes: { ApproximateNumberOfMessagesDelayed: '1' } });
    expect(await bodies(sqs, QueueUrl)).toEqual([]);
    await clock.advance('1m');
    expect(await bodies(sqs, QueueUrl)).toEqual(['later']);
  });

  test('is dropped when its retention period is over', async () => {
    const { sqs, QueueUrl, clock } = await withQueue({ MessageRetentionPeriod: '60' });
    await sqs.sendMessage({ QueueUrl, MessageBody: 'one' });
    await clock.advance('61s');

    expect(await bodies(sqs, QueueUrl)).toEqual([]);
  });

  test('whose visibility is set to 0 comes back at once', async () => {
    const { sqs, QueueUrl } = await withQueue();
    await sqs.sendMessage({ QueueUrl, MessageBody: 'one' });
    const { Messages: [message] = [] } = await sqs.receiveMessage({ QueueUrl });

    await sqs.changeMessageVisibility({
      QueueUrl,
      ReceiptHandle: message?.ReceiptHandle,
      VisibilityTimeout: 0,
    });

    expect(await bodies(sqs, QueueUrl)).toEqual(['one']);
  });

  test('whose timeout is over is hidden once more by its newest handle (LocalStack test_sqs.py)', async () => {
    const { sqs, QueueUrl, clock } = await withQueue();
    await sqs.sendMessage({ QueueUrl, MessageBody: 'one' });
    const { Messages: [message] = [] } = await sqs.receiveMessage({ QueueUrl });
    await clock.advance('30s');
    const ReceiptHandle = message?.ReceiptHandle;

    await sqs.changeMessageVisibility({ QueueUrl, ReceiptHandle, VisibilityTimeout: 5 });

    expect(await bodies(sqs, QueueUrl)).toEqual([]);
    await clock.advance('5s');
    expect(await bodies(sqs, QueueUrl)).toEqual(['one']);
  });

  test('that was received once more keeps its visibility from the earlier handle', async () => {
    const { sqs, QueueUrl } = await withQueue({ VisibilityTimeout: '0' });
    await sqs.sendMessage({ QueueUrl, MessageBody: 'one' });
    const { Messages: [message] = [] } = await sqs.receiveMessage({ QueueUrl });
    await sqs.receiveMessage({ QueueUrl });
    const ReceiptHandle = message?.ReceiptHandle;

    await expect(
      sqs.changeMessageVisibility({ QueueUrl, ReceiptHandle, VisibilityTimeout: 5 }),
    ).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  test('with a foreign handle answers ReceiptHandleIsInvalid', async () => {
    const { sqs, QueueUrl } = await withQueue();

    await expect(sqs.deleteMessage({ QueueUrl, ReceiptHandle: 'garbage' })).rejects.toMatchObject({
      name: 'ReceiptHandleIsInvalid',
    });
  });

  test.each([
    [{ MessageBody: '' }, 'The request must contain the parameter MessageBody.'],
    [
      { MessageBody: 'x'.repeat(1025) },
      'One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.',
    ],
    [
      { MessageBody: 'x', MessageAttributes: { a: { DataType: 'String', StringValue: '' } } },
      "Message (user) attribute 'a' must contain a non-empty value of type 'String'.",
    ],
    [
      { MessageBody: 'x', DelaySeconds: 901 },
      'Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.',
    ],
  ])('is refused: case %# (LocalStack test_sqs.py, moto)', async (message, text) => {
    const { sqs, QueueUrl } = await withQueue({ MaximumMessageSize: '1024' });

    await expect(sqs.sendMessage({ QueueUrl, ...message })).rejects.toMatchObject({
      message: text,
    });
  });
});

describe('a batch', () => {
  test('sends, hides and deletes by entry', async () => {
    const { sqs, QueueUrl, clock } = await withQueue();
    const sent = await sqs.sendMessageBatch({
      QueueUrl,
      Entries: [
        { Id: 'a', MessageBody: 'one' },
        { Id: 'b', MessageBody: '' },
        { Id: 'c', MessageBody: 'three' },
      ],
    });
    const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
    const deleted = await sqs.deleteMessageBatch({
      QueueUrl,
      Entries: Messages.map(({ ReceiptHandle }, index) => ({ Id: `m${index}`, ReceiptHandle })),
    });
    await clock.advance('1h');

    expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['a', 'c']);
    expect(sent.Failed).toEqual([
      {
        Id: 'b',
        SenderFault: true,
        Code: 'MissingParameter',
        Message: 'The request must contain the parameter MessageBody.',
      },
    ]);
    expect(deleted.Successful).toEqual([{ Id: 'm0' }, { Id: 'm1' }]);
    expect(await bodies(sqs, QueueUrl)).toEqual([]);
  });

  test.each([
    [
      'more than ten entries',
      Array.from({ length: 11 }, (_, index) => `m${index}`),
      'Maximum number of entries per request are 10. You have sent 11.',
    ],
    ['an id twice', ['a', 'a'], 'Id a repeated.'],
    [
      'an odd id',
      ['a:b'],
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    ],
  ])('with %s is refused (LocalStack test_sqs.py, moto)', async (_name, ids, message) => {
    const { sqs, QueueUrl } = await withQueue();

    await expect(
      sqs.sendMessageBatch({ QueueUrl, Entries: ids.map((Id) => ({ Id, MessageBody: 'x' })) }),
    ).rejects.toMatchObject({ message });
  });
});

describe('a long poll', () => {
  test('ends when a message is sent', async () => {
    const { sqs, QueueUrl } = await withQueue();
    const poll = sqs.receiveMessage({ QueueUrl, WaitTimeSeconds: 20 });

    await sqs.sendMessage({ QueueUrl, MessageBody: 'now' });

    await expect(poll).resolves.toMatchObject({ Messages: [{ Body: 'now' }] });
  });

  test('ends when a hidden message becomes visible', async () => {
    const { sqs, QueueUrl, clock } = await withQueue();
    await sqs.sendMessage({ QueueUrl, MessageBody: 'later', DelaySeconds: 10 });
    const poll = sqs.receiveMessage({ QueueUrl, WaitTimeSeconds: 20 });

    await clock.advance('10s');

    await expect(poll).resolves.toMatchObject({ Messages: [{ Body: 'later' }] });
  });

  test('ends empty after its time', async () => {
    const { sqs, QueueUrl, clock } = await withQueue({ ReceiveMessageWaitTimeSeconds: '20' });
    const poll = sqs.receiveMessage({ QueueUrl });

    await clock.advance('20s');

    expect((await poll).Messages).toBeUndefined();
  });

  test('longer than 20 seconds is refused', async () => {
    const { sqs, QueueUrl } = await withQueue();

    await expect(sqs.receiveMessage({ QueueUrl, WaitTimeSeconds: 21 })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
  });
});

describe('a redrive policy', () => {
  async function withDeadLetters(maxReceiveCount = 2) {
    const lab = await withQueue({ VisibilityTimeout: '0' });
    const { QueueUrl: deadUrl = '' } = await lab.sqs.createQueue({ QueueName: 'dead' });
    await lab.sqs.setQueueAttributes({
      QueueUrl: lab.QueueUrl,
      Attributes: {
        RedrivePolicy: JSON.stringify({
          deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead',
          maxReceiveCount,
        }),
      },
    });
    return { ...lab, deadUrl };
  }

  test('moves a message instead of handing it out once more than allowed', async () => {
    const { sqs, QueueUrl, deadUrl } = await withDeadLetters();
    const { MessageId } = await sqs.sendMessage({ QueueUrl, MessageBody: 'poison' });

    expect(await bodies(sqs, QueueUrl)).toEqual(['poison']);
    expect(await bodies(sqs, QueueUrl)).toEqual(['poison']);
    expect(await bodies(sqs, deadUrl)).toEqual([]);
    expect(await bodies(sqs, QueueUrl)).toEqual([]);
    await expect(
      sqs.receiveMessage({ QueueUrl: deadUrl, MessageSystemAttributeNames: ['All'] }),
    ).resolves.toMatchObject({
      Messages: [
        {
          MessageId,
          Body: 'poison',
          Attributes: {
            DeadLetterQueueSourceArn: 'arn:aws:sqs:us-east-1:000000000000:orders',
            ApproximateReceiveCount: '3',
          },
        },
      ],
    });
  });

  test('names its sources on the dead-letter queue', async () => {
    const { sqs, QueueUrl, deadUrl } = await withDeadLetters();

    await expect(sqs.listDeadLetterSourceQueues({ QueueUrl: deadUrl })).resolves.toMatchObject({
      queueUrls: [QueueUrl],
    });
  });

  test('is refused when its target does not exist (text unverified)', async () => {
    const { sqs, QueueUrl } = await withQueue();
    const RedrivePolicy =
      '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:nope","maxReceiveCount":3}';

    await expect(
      sqs.setQueueAttributes({ QueueUrl, Attributes: { RedrivePolicy } }),
    ).rejects.toMatchObject(
      invalid(
        `Value ${RedrivePolicy} for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist.`,
      ),
    );
  });

  test('needs both of its members (text unverified)', async () => {
    const { sqs, QueueUrl } = await withQueue();
    const refused = (RedrivePolicy: string, name: string) =>
      expect(
        sqs.setQueueAttributes({ QueueUrl, Attributes: { RedrivePolicy } }),
      ).rejects.toMatchObject(
        invalid(
          `Value ${RedrivePolicy} for parameter RedrivePolicy is invalid. Reason: Redrive policy does not contain mandatory attribute: ${name}.`,
        ),
      );

    await refused('{}', 'maxReceiveCount');
    await refused('{"maxReceiveCount":3}', 'deadLetterTargetArn');
    await expect(
      sqs.setQueueAttributes({ QueueUrl, Attributes: { RedrivePolicy: 'dead' } }),
    ).rejects.toMatchObject({
      name: 'InvalidAttributeValue',
      message:
        'Invalid value for the parameter RedrivePolicy. Reason: Redrive policy is not a valid JSON map.',
    });
  });

  test('is refused with a count of 0 (text unverified)', async () => {
    const { sqs, QueueUrl } = await withQueue();
    const RedrivePolicy =
      '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:orders","maxReceiveCount":0}';

    await expect(
      sqs.setQueueAttributes({ QueueUrl, Attributes: { RedrivePolicy } }),
    ).rejects.toMatchObject(
      invalid(
        `Value ${RedrivePolicy} for parameter RedrivePolicy is invalid. Reason: Invalid value for maxReceiveCount: 0, valid values are from 1 to 1000 both inclusive.`,
      ),
    );
  });
});

describe('FACTS C3.1: a redrive policy is refused', () => {
  const redrive = (name: string, account = '000000000000') =>
    JSON.stringify({
      deadLetterTargetArn: `arn:aws:sqs:us-east-1:${account}:${name}`,
      maxReceiveCount: 3,
    });

  test.each([
    [
      'with a FIFO queue for a standard one',
      redrive('dead.fifo'),
      'Dead-letter queue must be same type of queue as the source.',
    ],
    [
      'with a queue of another account',
      redrive('dead', '111111111111'),
      'Dead-letter target owner should be same as the source.',
    ],
    [
      'by a queue that lets nobody',
      redrive('closed'),
      'Dead letter target does not allow this source queue.',
    ],
  ])('%s (text unverified)', async (_name, RedrivePolicy, reason) => {
    const { sqs, QueueUrl } = await withQueue();
    await sqs.createQueue({ QueueName: 'dead.fifo', Attributes: { FifoQueue: 'true' } });
    await sqs.createQueue({
      QueueName: 'closed',
      Attributes: { RedriveAllowPolicy: '{"redrivePermission":"denyAll"}' },
    });

    await expect(
      sqs.setQueueAttributes({ QueueUrl, Attributes: { RedrivePolicy } }),
    ).rejects.toMatchObject(
      invalid(`Value ${RedrivePolicy} for parameter RedrivePolicy is invalid. Reason: ${reason}`),
    );
  });
});

test('FACTS C3.1: a message keeps its age in a standard dead-letter queue, and expires by it', async () => {
  const { sqs, QueueUrl, clock } = await withQueue({ VisibilityTimeout: '0' });
  const { QueueUrl: dead = '' } = await sqs.createQueue({
    QueueName: 'dead',
    Attributes: { MessageRetentionPeriod: '60' },
  });
  const RedrivePolicy = JSON.stringify({
    deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead',
    maxReceiveCount: 1,
  });
  await sqs.setQueueAttributes({ QueueUrl, Attributes: { RedrivePolicy } });
  await sqs.sendMessage({ QueueUrl, MessageBody: 'poison' });
  await sqs.receiveMessage({ QueueUrl });
  await clock.advance('2m');
  await sqs.sendMessage({ QueueUrl: dead, MessageBody: 'fresh' });
  expect(await bodies(sqs, QueueUrl)).toEqual([]);

  await expect(
    sqs.getQueueAttributes({ QueueUrl: dead, AttributeNames: ['ApproximateNumberOfMessages'] }),
  ).resolves.toMatchObject({ Attributes: { ApproximateNumberOfMessages: '1' } });
  expect(await bodies(sqs, dead)).toEqual(['fresh']);
});

describe('server-side encryption', () => {
  const shown = async ({ sqs, QueueUrl }: { sqs: SQS; QueueUrl: string }) => {
    const { Attributes } = await sqs.getQueueAttributes({
      QueueUrl,
      AttributeNames: ['KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'SqsManagedSseEnabled'],
    });
    return Attributes;
  };

  // LocalStack test_sqs.py test_set_queue_attributes_default_values, test_sse_queue_attributes
  test('by a KMS key ends that by SQS, which does not come back by itself', async () => {
    const lab = await withQueue({ KmsMasterKeyId: 'testKeyId' });
    const { sqs, QueueUrl } = lab;

    expect(await shown(lab)).toEqual({
      KmsMasterKeyId: 'testKeyId',
      KmsDataKeyReusePeriodSeconds: '300',
      SqsManagedSseEnabled: 'false',
    });
    await sqs.setQueueAttributes({ QueueUrl, Attributes: { KmsMasterKeyId: '' } });
    expect(await shown(lab)).toEqual({ SqsManagedSseEnabled: 'false' });
  });

  test('by SQS ends that by a KMS key', async () => {
    const lab = await withQueue({ KmsMasterKeyId: 'testKeyId' });
    const { sqs, QueueUrl } = lab;

    await sqs.setQueueAttributes({ QueueUrl, Attributes: { SqsManagedSseEnabled: 'true' } });

    expect(await shown(lab)).toEqual({ SqsManagedSseEnabled: 'true' });
  });
});

describe('permissions of a queue', () => {
  test('are written into its policy and taken out again', async () => {
    const { sqs, QueueUrl } = await withQueue();
    await sqs.addPermission({
      QueueUrl,
      Label: 'partner',
      AWSAccountIds: ['111111111111'],
      Actions: ['SendMessage'],
    });
    const { Attributes } = await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['Policy'] });
    await sqs.removePermission({ QueueUrl, Label: 'partner' });
    const after = await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['Policy'] });

    expect(JSON.parse(Attributes?.['Policy'] ?? '')).toEqual({
      Version: '2008-10-17',
      Id: 'arn:aws:sqs:us-east-1:000000000000:orders/SQSDefaultPolicy',
      Statement: [
        {
          Sid: 'partner',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111111111111:root' },
          Action: 'SQS:SendMessage',
          Resource: 'arn:aws:sqs:us-east-1:000000000000:orders',
        },
      ],
    });
    expect(after.Attributes).toBeUndefined();
  });

  test('are for what the owner may share', async () => {
    const { sqs, QueueUrl } = await withQueue();

    await expect(
      sqs.addPermission({
        QueueUrl,
        Label: 'partner',
        AWSAccountIds: ['111111111111'],
        Actions: ['DeleteQueue'],
      }),
    ).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(
      sqs.setQueueAttributes({ QueueUrl, Attributes: { Policy: '{"Version":"2012-10-17"}' } }),
    ).rejects.toMatchObject({ name: 'InvalidAttributeValue' });
  });

  test('taken out twice answer that the label is not found', async () => {
    const { sqs, QueueUrl } = await withQueue();

    await expect(sqs.removePermission({ QueueUrl, Label: 'partner' })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
  });
});
