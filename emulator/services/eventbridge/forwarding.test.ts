import { EventBridge } from '@aws-sdk/client-eventbridge';
import { IAM } from '@aws-sdk/client-iam';
import { SQS } from '@aws-sdk/client-sqs';
import { emulated } from '../../../test/support/emulated';

const shop = '000000000000';
const hub = '111111111111';
const roleArn = `arn:aws:iam::${shop}:role/forward`;

const policy = (...statements: object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

type Lab = ReturnType<typeof emulated>;

interface Place {
  accessKeyId?: string;
  region?: string;
}

/** A queue that gets all events of a source on a bus. */
async function inbox(lab: Lab, { accessKeyId = shop, region = 'us-east-1' }: Place, bus: string) {
  const at = { accessKeyId, region };
  const sqs = lab.client(SQS, at);
  const queueArn = `arn:aws:sqs:${region}:${accessKeyId}:inbox`;
  const { QueueUrl } = await sqs.createQueue({
    QueueName: 'inbox',
    Attributes: {
      Policy: policy({
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: queueArn,
      }),
    },
  });
  const events = lab.client(EventBridge, at);
  if (bus !== 'default') await events.createEventBus({ Name: bus });
  await events.putRule({ Name: 'all', EventBusName: bus, EventPattern: '{"source":["shop"]}' });
  await events.putTargets({
    Rule: 'all',
    EventBusName: bus,
    Targets: [{ Id: 'inbox', Arn: queueArn }],
  });
  return {
    events,
    received: async () => {
      await lab.clock.settle();
      const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
      return Messages.map(({ Body = '' }) => JSON.parse(Body) as Record<string, unknown>);
    },
  };
}

/** A rule of the shop's default bus that hands on to another bus by a role. */
async function forwarding(lab: Lab, busArn: string, from = 'default') {
  const iam = lab.client(IAM);
  const events = lab.client(EventBridge);
  await iam
    .createRole({
      RoleName: 'forward',
      AssumeRolePolicyDocument: policy({
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sts:AssumeRole',
      }),
    })
    .catch(() => undefined);
  await iam.putRolePolicy({
    RoleName: 'forward',
    PolicyName: 'put',
    PolicyDocument: policy({ Effect: 'Allow', Action: 'events:PutEvents', Resource: '*' }),
  });
  const rule = { Name: 'forward', EventBusName: from, EventPattern: '{"source":["shop"]}' };
  await events.putRule(rule);
  const dead = lab.client(SQS);
  const deadArn = `arn:aws:sqs:us-east-1:${shop}:dead`;
  const { QueueUrl } = await dead.createQueue({
    QueueName: 'dead',
    Attributes: {
      Policy: policy({
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: deadArn,
      }),
    },
  });
  await events.putTargets({
    Rule: 'forward',
    EventBusName: from,
    Targets: [{ Id: 'bus', Arn: busArn, RoleArn: roleArn, DeadLetterConfig: { Arn: deadArn } }],
  });
  return {
    events,
    put: () =>
      events.putEvents({ Entries: [{ Source: 'shop', DetailType: 'Order', Detail: '{"id":7}' }] }),
    dead: async (): Promise<(string | undefined)[]> => {
      await lab.clock.settle();
      const { Messages = [] } = await dead.receiveMessage({
        QueueUrl,
        MessageAttributeNames: ['All'],
      });
      return Messages.map(
        ({ MessageAttributes }) => MessageAttributes?.['ERROR_CODE']?.StringValue,
      );
    },
  };
}

const busAt = (account: string, name: string, region = 'us-east-1'): string =>
  `arn:aws:events:${region}:${account}:event-bus/${name}`;

const letShopIn = (bus: string) =>
  policy({
    Sid: 'shop',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${shop}:root` },
    Action: 'events:PutEvents',
    Resource: busAt(hub, bus),
  });

describe('an event', () => {
  test('goes to the bus of another account whose policy lets the role in, as it was', async () => {
    const lab = emulated();
    const other = await inbox(lab, { accessKeyId: hub }, 'central');
    await other.events.putPermission({ EventBusName: 'central', Policy: letShopIn('central') });
    const { put } = await forwarding(lab, busAt(hub, 'central'));
    const { Entries } = await put();

    expect(await other.received()).toEqual([
      {
        version: '0',
        id: Entries?.[0]?.EventId,
        'detail-type': 'Order',
        source: 'shop',
        account: shop,
        time: '2026-01-01T00:00:00Z',
        region: 'us-east-1',
        resources: [],
        detail: { id: 7 },
      },
    ]);
  });

  test('does not go to the bus of another account without its policy', async () => {
    const lab = emulated();
    const other = await inbox(lab, { accessKeyId: hub }, 'central');
    const { put, dead } = await forwarding(lab, busAt(hub, 'central'));
    await put();

    expect(await other.received()).toEqual([]);
    expect(await dead()).toEqual(['NO_PERMISSIONS']);
  });

  test('goes to the bus of another Region with a new id, its Region its own', async () => {
    const lab = emulated();
    const other = await inbox(lab, { region: 'eu-west-1' }, 'default');
    const { put } = await forwarding(lab, busAt(shop, 'default', 'eu-west-1'));
    const { Entries } = await put();

    const [event] = await other.received();
    expect(event).toMatchObject({ account: shop, region: 'us-east-1', detail: { id: 7 } });
    expect(event?.['id']).not.toBe(Entries?.[0]?.EventId);
  });

  test('of an AWS service goes to another bus, too', async () => {
    const lab = emulated();
    const other = await inbox(lab, { accessKeyId: hub }, 'central');
    await other.events.putRule({
      Name: 'all',
      EventBusName: 'central',
      EventPattern: '{"source":["aws.events"]}',
    });
    await other.events.putPermission({ EventBusName: 'central', Policy: letShopIn('central') });
    const { events } = await forwarding(lab, busAt(hub, 'central'));
    await events.putRule({ Name: 'forward', ScheduleExpression: 'rate(1 hour)' });
    await lab.clock.advance('1h');

    expect(await other.received()).toMatchObject([{ source: 'aws.events', account: shop }]);
  });

  test('does not go on to a third bus', async () => {
    const lab = emulated();
    const last = await inbox(lab, {}, 'last');
    await last.events.createEventBus({ Name: 'middle' });
    await forwarding(lab, busAt(shop, 'last'), 'middle');
    const { put, dead } = await forwarding(lab, busAt(shop, 'middle'));
    await put();

    expect(await last.received()).toEqual([]);
    expect(await dead()).toEqual(['THIRD_ACCOUNT_HOP_DETECTED']);
  });

  test('is not put on the bus of another account without its policy', async () => {
    const lab = emulated();
    const other = await inbox(lab, { accessKeyId: hub }, 'central');
    const Entries = [
      { Source: 'shop', DetailType: 'Order', Detail: '{}', EventBusName: busAt(hub, 'central') },
    ];

    await expect(lab.client(EventBridge).putEvents({ Entries })).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    expect(await other.received()).toEqual([]);
  });

  test('put on the bus of another account is that account’s to route', async () => {
    const lab = emulated();
    const other = await inbox(lab, { accessKeyId: hub }, 'central');
    await other.events.putPermission({ EventBusName: 'central', Policy: letShopIn('central') });
    await lab.client(EventBridge).putEvents({
      Entries: [
        {
          Source: 'shop',
          DetailType: 'Order',
          Detail: '{}',
          EventBusName: busAt(hub, 'central'),
        },
      ],
    });

    expect(await other.received()).toMatchObject([{ source: 'shop', account: shop }]);
  });
});
