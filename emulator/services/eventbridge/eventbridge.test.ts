import { EventBridge, type Target } from '@aws-sdk/client-eventbridge';
import { IAM } from '@aws-sdk/client-iam';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { emulated } from '../../../test/support/emulated';

const queueArn = 'arn:aws:sqs:us-east-1:000000000000:inbox';
const topicArn = 'arn:aws:sns:us-east-1:000000000000:alerts';
const ruleArn = 'arn:aws:events:us-east-1:000000000000:rule/orders';

const allow = (service: string, action: string, resource: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Service: service },
      Action: action,
      Resource: resource,
    },
  });

function bus() {
  const lab = emulated();
  return { ...lab, events: lab.client(EventBridge), sqs: lab.client(SQS) };
}

type Lab = ReturnType<typeof bus>;

async function makeQueue({ sqs }: Lab, QueueName: string, Policy?: string) {
  const { QueueUrl } = await sqs.createQueue({
    QueueName,
    ...(Policy ? { Attributes: { Policy } } : {}),
  });
  return QueueUrl;
}

/** A rule for orders, whose one target is a queue that lets EventBridge in. */
async function withRule(target: Partial<Target> = {}) {
  const lab = bus();
  const QueueUrl = await makeQueue(
    lab,
    'inbox',
    allow('events.amazonaws.com', 'sqs:SendMessage', queueArn),
  );
  await lab.events.putRule({ Name: 'orders', EventPattern: '{"source":["shop"]}' });
  await lab.events.putTargets({
    Rule: 'orders',
    Targets: [{ Id: 'inbox', Arn: queueArn, ...target }],
  });
  return { ...lab, QueueUrl };
}

async function received({ sqs, clock }: Lab, QueueUrl: string | undefined) {
  await clock.settle();
  const { Messages = [] } = await sqs.receiveMessage({
    QueueUrl,
    MaxNumberOfMessages: 10,
    MessageAttributeNames: ['All'],
  });
  return Messages;
}

const order = {
  Source: 'shop',
  DetailType: 'Order',
  Detail: JSON.stringify({ id: 7, name: 'a "b"', tags: ['x', 'y'], paid: true }),
};

describe('an event', () => {
  test('reaches the target of a rule that it fits, in its envelope', async () => {
    const lab = await withRule();
    const { Entries } = await lab.events.putEvents({ Entries: [{ ...order, Resources: ['r'] }] });

    const [message] = await received(lab, lab.QueueUrl);

    expect(message?.Body).toBe(
      `{"version":"0","id":"${Entries?.[0]?.EventId}","detail-type":"Order","source":"shop","account":"000000000000","time":"2026-01-01T00:00:00Z","region":"us-east-1","resources":["r"],"detail":{"id":7,"name":"a \\"b\\"","tags":["x","y"],"paid":true}}`,
    );
  });

  test('does not reach the target of a rule that it does not fit', async () => {
    const lab = await withRule();
    await lab.events.putEvents({ Entries: [{ ...order, Source: 'stock' }] });

    expect(await received(lab, lab.QueueUrl)).toEqual([]);
  });

  test('does not reach the target of a disabled rule', async () => {
    const lab = await withRule();
    await lab.events.disableRule({ Name: 'orders' });
    await lab.events.putEvents({ Entries: [order] });

    expect(await received(lab, lab.QueueUrl)).toEqual([]);
  });

  test('for a bus that does not exist is taken and dropped', async () => {
    const lab = await withRule();

    await expect(
      lab.events.putEvents({ Entries: [{ ...order, EventBusName: 'nope' }] }),
    ).resolves.toMatchObject({ FailedEntryCount: 0 });
    expect(await received(lab, lab.QueueUrl)).toEqual([]);
  });

  test.each([
    [
      { ...order, Source: 'aws.config' },
      'NotAuthorizedForSourceException',
      'Not authorized for the source.',
    ],
    [{ ...order, Detail: 'text' }, 'MalformedDetail', 'Detail is malformed.'],
    [
      { Source: 'shop', Detail: '{}' },
      'InvalidArgument',
      'Parameter DetailType is not valid. Reason: DetailType is a required argument.',
    ],
  ])('is refused by entry: case %# (text unverified)', async (entry, ErrorCode, ErrorMessage) => {
    const { events } = bus();

    await expect(events.putEvents({ Entries: [entry, order] })).resolves.toMatchObject({
      FailedEntryCount: 1,
      Entries: [{ ErrorCode, ErrorMessage }, { EventId: expect.any(String) }],
    });
  });

  test('too many at once are refused in words that show them (LocalStack test_events.py)', async () => {
    const { events } = bus();
    const Entries = Array.from({ length: 11 }, () => ({
      Source: 's',
      DetailType: 't',
      Detail: '{}',
    }));

    await expect(events.putEvents({ Entries })).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(
        /^1 validation error detected: Value '\[PutEventsRequestEntry\(time=null, source=s, resources=null, detailType=t, detail=\{\}, eventBusName=null, .* failed to satisfy constraint: Member must have length less than or equal to 10$/,
      ),
    });
  });

  test('of an AWS service itself comes by the default bus', async () => {
    const lab = await withRule();
    await lab.events.putRule({ Name: 'orders', EventPattern: '{"source":["aws.config"]}' });
    const service = {
      type: 'service',
      accountId: '000000000000',
      arn: 'config.amazonaws.com',
      service: 'config.amazonaws.com',
    } as const;
    const config = lab.core.clients.of('eventbridge', {
      caller: { principal: service },
      region: 'us-east-1',
    }) as EventBridge;
    await config.putEvents({ Entries: [{ ...order, Source: 'aws.config' }] });

    expect(await received(lab, lab.QueueUrl)).toHaveLength(1);
  });
});

describe('a target', () => {
  const transformed = async (template: string, paths: Record<string, string> = {}) => {
    const lab = await withRule({
      InputTransformer: { InputTemplate: template, InputPathsMap: paths },
    });
    await lab.events.putEvents({ Entries: [order] });
    return (await received(lab, lab.QueueUrl)).map(({ Body }) => Body);
  };

  test.each<[string, string, Record<string, string>, string[]]>([
    [
      'a text',
      '"Order <id> is <paid>"',
      { id: '$.detail.id', paid: '$.detail.paid' },
      ['"Order 7 is true"'],
    ],
    ['a quote in a text', '"Order of <name>"', { name: '$.detail.name' }, ['"Order of a \\"b\\""']],
    [
      'a document',
      '{"order": <id>, "name": <name>, "tags": <tags>}',
      { id: '$.detail.id', name: '$.detail.name', tags: '$.detail.tags' },
      ['{"order": 7, "name": "a \\"b\\"", "tags": ["x","y"]}'],
    ],
    ['an array inside a text', '"tags: <tags>"', { tags: '$.detail.tags' }, ['"tags: [x,y]"']],
    ['an array inside quotes of a document', '{"tags": "<tags>"}', { tags: '$.detail.tags' }, []],
    [
      'an element of an array',
      '{"first": <first>}',
      { first: '$.detail.tags[0]' },
      ['{"first": "x"}'],
    ],
    ['a missing value', '{"a": <a>, "b": "<a>"}', { a: '$.detail.nope' }, ['{"a": "", "b": ""}']],
    ['several lines', '"<id>"\n"<id>"', { id: '$.detail.id' }, ['"7"\n"7"']],
    ['a text without quotes', 'Order <id>', { id: '$.detail.id' }, []],
    [
      'names of the rule',
      '{"rule": <aws.events.rule-name>, "arn": "<aws.events.rule-arn>"}',
      {},
      [`{"rule": "orders", "arn": "${ruleArn}"}`],
    ],
    ['the time', '"<aws.events.event.ingestion-time>"', {}, ['"2026-01-01T00:00:00Z"']],
  ])('gets from a template %s', async (...[, template, paths, expected]) => {
    expect(await transformed(template, paths)).toEqual(expected);
  });

  test('gets the whole event and the event without its detail from a template', async () => {
    const [body = ''] = await transformed(
      '{"event": <aws.events.event>, "json": <aws.events.event.json>}',
    );

    expect(JSON.parse(body)).toMatchObject({
      event: { detailType: 'Order', source: 'shop' },
      json: { 'detail-type': 'Order', detail: { id: 7 } },
    });
    expect(JSON.parse(body)).not.toHaveProperty('event.detail');
  });

  test('gets a constant with Input', async () => {
    const lab = await withRule({ Input: '{"fixed":true}' });
    await lab.events.putEvents({ Entries: [order] });

    await expect(received(lab, lab.QueueUrl)).resolves.toMatchObject([{ Body: '{"fixed":true}' }]);
  });

  test('gets a part with InputPath', async () => {
    const lab = await withRule({ InputPath: '$.detail.name' });
    await lab.events.putEvents({ Entries: [order] });

    await expect(received(lab, lab.QueueUrl)).resolves.toMatchObject([{ Body: '"a \\"b\\""' }]);
  });

  test.each<[Partial<Target>, string]>([
    [
      { Id: '!@#' },
      "1 validation error detected: Value '!@#' at 'targets.1.member.id' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+",
    ],
    [
      { InputPath: '$.detail', Input: '{}' },
      'Only one of Input, InputPath, or InputTransformer must be provided for target inbox.',
    ],
    [
      { InputTransformer: { InputTemplate: '"<nope>"' } },
      'InputTemplate for target inbox contains invalid placeholder nope.',
    ],
    [
      { Arn: 'arn:aws:states:us-east-1:000000000000:stateMachine:s' },
      'Target inbox: arn:aws:states:us-east-1:000000000000:stateMachine:s is not emulated.',
    ],
  ])(
    'is refused: case %# (LocalStack test_events.py, test_events_inputs.py)',
    async (target, message) => {
      const { events } = await withRule();

      await expect(
        events.putTargets({ Rule: 'orders', Targets: [{ Id: 'inbox', Arn: queueArn, ...target }] }),
      ).rejects.toMatchObject({ name: 'ValidationException', message });
    },
  );

  test('beyond the fifth is refused', async () => {
    const { events } = await withRule();
    const Targets = ['a', 'b', 'c', 'd', 'e'].map((Id) => ({ Id, Arn: queueArn }));

    await expect(events.putTargets({ Rule: 'orders', Targets })).rejects.toMatchObject({
      name: 'LimitExceededException',
    });
  });
});

describe('a delivery', () => {
  async function withTopic(target: Partial<Target> = {}) {
    const lab = await withRule();
    const sns = lab.client(SNS);
    await sns.createTopic({ Name: 'alerts' });
    const QueueUrl = await makeQueue(
      lab,
      'alarm',
      allow('sns.amazonaws.com', 'sqs:SendMessage', 'arn:aws:sqs:us-east-1:000000000000:alarm'),
    );
    await sns.subscribe({
      TopicArn: topicArn,
      Protocol: 'sqs',
      Endpoint: 'arn:aws:sqs:us-east-1:000000000000:alarm',
    });
    await lab.events.putTargets({
      Rule: 'orders',
      Targets: [{ Id: 'topic', Arn: topicArn, ...target }],
    });
    return { ...lab, sns, alarmUrl: QueueUrl };
  }

  test('to a topic does not arrive while the topic has its default policy', async () => {
    const lab = await withTopic();
    await lab.events.putEvents({ Entries: [order] });

    expect(await received(lab, lab.alarmUrl)).toEqual([]);
    expect(await received(lab, lab.QueueUrl)).toHaveLength(1);
  });

  test('to a topic arrives once its policy lets EventBridge publish', async () => {
    const lab = await withTopic();
    await lab.sns.setTopicAttributes({
      TopicArn: topicArn,
      AttributeName: 'Policy',
      AttributeValue: allow('events.amazonaws.com', 'sns:Publish', topicArn),
    });
    await lab.events.putEvents({ Entries: [order] });

    const [message] = await received(lab, lab.alarmUrl);

    expect(JSON.parse(JSON.parse(message?.Body ?? '{}').Message)).toMatchObject({ source: 'shop' });
  });

  async function withRole(trusted: string) {
    const roleArn = 'arn:aws:iam::000000000000:role/alerts';
    const lab = await withTopic({ RoleArn: roleArn });
    const iam = lab.client(IAM);
    await iam.createRole({
      RoleName: 'alerts',
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Principal: { Service: trusted }, Action: 'sts:AssumeRole' },
      }),
    });
    await iam.putRolePolicy({
      RoleName: 'alerts',
      PolicyName: 'publish',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: 'sns:Publish', Resource: topicArn },
      }),
    });
    return lab;
  }

  test('with a role arrives by what the role may do', async () => {
    const lab = await withRole('events.amazonaws.com');
    await lab.events.putEvents({ Entries: [order] });

    expect(await received(lab, lab.alarmUrl)).toHaveLength(1);
  });

  test('with a role that does not trust EventBridge does not arrive', async () => {
    const lab = await withRole('lambda.amazonaws.com');
    await lab.events.putEvents({ Entries: [order] });

    expect(await received(lab, lab.alarmUrl)).toEqual([]);
  });

  test('that is not permitted goes to the dead-letter queue and says why', async () => {
    const deadArn = 'arn:aws:sqs:us-east-1:000000000000:dead';
    const lab = await withTopic({ DeadLetterConfig: { Arn: deadArn } });
    const deadUrl = await makeQueue(
      lab,
      'dead',
      allow('events.amazonaws.com', 'sqs:SendMessage', deadArn),
    );
    await lab.events.putEvents({ Entries: [order] });

    await expect(received(lab, deadUrl)).resolves.toMatchObject([
      {
        MessageAttributes: {
          RULE_ARN: { StringValue: ruleArn },
          TARGET_ARN: { StringValue: topicArn },
          ERROR_CODE: { StringValue: 'NO_PERMISSIONS' },
          ERROR_MESSAGE: { StringValue: expect.stringContaining(topicArn) },
        },
      },
    ]);
  });
});

describe('a rule', () => {
  test('shows what was put', async () => {
    const { events } = await withRule();

    await expect(events.describeRule({ Name: 'orders' })).resolves.toMatchObject({
      Name: 'orders',
      Arn: ruleArn,
      EventPattern: '{"source":["shop"]}',
      State: 'ENABLED',
      EventBusName: 'default',
      CreatedBy: '000000000000',
    });
  });

  test('keeps its targets when it is put again', async () => {
    const { events } = await withRule();
    await events.putRule({ Name: 'orders', EventPattern: '{"source":["other"]}' });

    await expect(events.listTargetsByRule({ Rule: 'orders' })).resolves.toMatchObject({
      Targets: [{ Id: 'inbox', Arn: queueArn }],
    });
    await expect(events.listRuleNamesByTarget({ TargetArn: queueArn })).resolves.toMatchObject({
      RuleNames: ['orders'],
    });
  });

  test('with targets cannot be deleted', async () => {
    const { events } = await withRule();

    await expect(events.deleteRule({ Name: 'orders' })).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await events.removeTargets({ Rule: 'orders', Ids: ['inbox'] });
    await events.deleteRule({ Name: 'orders' });
    await expect(events.describeRule({ Name: 'orders' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test.each([
    [
      { EventPattern: '{"a":"b"}' },
      'InvalidEventPatternException',
      'Event pattern is not valid. Reason: "a" must be an object or an array\n at [Source: (String)"{"a":"b"}"; line: 1, column: 7]',
    ],
    [
      { ScheduleExpression: 'rate(1 minutes)' },
      'ValidationException',
      'Parameter ScheduleExpression is not valid.',
    ],
    [
      { ScheduleExpression: 'cron(0 12 * * * *)' },
      'ValidationException',
      'Parameter ScheduleExpression is not valid.',
    ],
    [
      { ScheduleExpression: 'at(2026-02-01T00:00:00)' },
      'ValidationException',
      'Parameter ScheduleExpression is not valid.',
    ],
    [
      { State: 'ON' as 'ENABLED', EventPattern: '{"a":[1]}' },
      'ValidationException',
      "1 validation error detected: Value 'ON' at 'state' failed to satisfy constraint: Member must satisfy enum value set: [ENABLED, DISABLED, ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS]",
    ],
    [
      {},
      'ValidationException',
      'Parameter(s) EventPattern or ScheduleExpression must be specified.',
    ],
    [
      { EventBusName: 'nope', EventPattern: '{"a":[1]}' },
      'ResourceNotFoundException',
      'Event bus nope does not exist.',
    ],
  ])(
    'is refused: case %# (LocalStack test_events_schedule.py, moto)',
    async (rule, name, message) => {
      const { events } = bus();

      await expect(events.putRule({ Name: 'r', ...rule })).rejects.toMatchObject({ name, message });
    },
  );

  test('with a rate fires on the simulated clock until it is disabled', async () => {
    const lab = await withRule();
    await lab.events.putRule({ Name: 'orders', ScheduleExpression: 'rate(5 minutes)' });

    await lab.clock.advance('11m');
    await lab.events.disableRule({ Name: 'orders' });
    await lab.clock.advance('1h');

    const messages = await received(lab, lab.QueueUrl);
    expect(messages).toHaveLength(2);
    expect(JSON.parse(messages[0]?.Body ?? '')).toMatchObject({
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      time: '2026-01-01T00:05:00Z',
      resources: [ruleArn],
      detail: {},
    });
  });
});

describe('a schedule', () => {
  test('by cron comes in UTC, to its rule and to others that watch for it', async () => {
    const lab = await withRule();
    await lab.events.putRule({ Name: 'nightly', ScheduleExpression: 'cron(30 2 * * ? *)' });
    await lab.events.putRule({
      Name: 'orders',
      EventPattern: JSON.stringify({
        source: ['aws.events'],
        resources: ['arn:aws:events:us-east-1:000000000000:rule/nightly'],
      }),
    });

    await lab.clock.advance('2d');

    const messages = await received(lab, lab.QueueUrl);
    expect(messages.map(({ Body = '' }) => JSON.parse(Body).time)).toEqual([
      '2026-01-01T02:30:00Z',
      '2026-01-02T02:30:00Z',
    ]);
  });

  test('comes once to a rule that watches for it, too', async () => {
    const lab = await withRule();
    await lab.events.putRule({
      Name: 'orders',
      ScheduleExpression: 'rate(1 hour)',
      EventPattern: '{"source":["aws.events"]}',
    });

    await lab.clock.advance('90m');

    expect(await received(lab, lab.QueueUrl)).toHaveLength(1);
  });

  test('has one timer, for the time that comes next', async () => {
    const lab = await withRule();
    const place = { accountId: '000000000000', region: 'us-east-1', service: 'eventbridge' };
    const due = () =>
      [...(lab.core.stores.find(place)?.timers.values() ?? [])].map(({ at }) =>
        new Date(at).toISOString(),
      );
    await lab.events.putRule({ Name: 'orders', ScheduleExpression: 'cron(0 0 1 * ? *)' });

    expect(due()).toEqual(['2026-02-01T00:00:00.000Z']);
    await lab.clock.advance('31d');
    expect(due()).toEqual(['2026-03-01T00:00:00.000Z']);
    await lab.events.removeTargets({ Rule: 'orders', Ids: ['inbox'] });
    await lab.events.deleteRule({ Name: 'orders' });
    expect(due()).toEqual([]);
  });
});

describe('a bus', () => {
  test('of its own has its own rules', async () => {
    const lab = await withRule();
    await lab.events.createEventBus({ Name: 'shop' });
    const { RuleArn } = await lab.events.putRule({
      Name: 'orders',
      EventBusName: 'shop',
      EventPattern: '{"source":["shop"]}',
    });
    await lab.events.putEvents({ Entries: [{ ...order, EventBusName: 'shop' }] });

    expect(RuleArn).toBe('arn:aws:events:us-east-1:000000000000:rule/shop/orders');
    expect(await received(lab, lab.QueueUrl)).toEqual([]);
  });

  test('made twice is refused', async () => {
    const { events } = bus();
    await events.createEventBus({ Name: 'shop' });

    await expect(events.createEventBus({ Name: 'shop' })).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
    });
  });

  test('with a slash in its name, or open for more than events, is refused', async () => {
    const { events } = bus();

    await expect(events.createEventBus({ Name: 'shop/orders' })).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await expect(
      events.putPermission({
        StatementId: 'partner',
        Action: 'events:PutRule',
        Principal: '111111111111',
      }),
    ).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  test('called default cannot be deleted', async () => {
    const { events } = bus();

    await expect(events.deleteEventBus({ Name: 'default' })).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  test('keeps statements of its policy by id', async () => {
    const { events } = bus();
    await events.putPermission({
      StatementId: 'partner',
      Action: 'events:PutEvents',
      Principal: '111111111111',
    });
    const { Policy } = await events.describeEventBus({});
    await events.removePermission({ StatementId: 'partner' });

    expect(JSON.parse(Policy ?? '')).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'partner',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111111111111:root' },
          Action: 'events:PutEvents',
          Resource: 'arn:aws:events:us-east-1:000000000000:event-bus/default',
        },
      ],
    });
    await expect(events.removePermission({ StatementId: 'partner' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

describe('TestEventPattern', () => {
  const event = {
    id: '1',
    'detail-type': 'Order',
    source: 'shop',
    account: '000000000000',
    time: '2026-01-01T00:00:00Z',
    region: 'us-east-1',
    detail: { state: 'paid' },
  };

  test.each([
    ['{"detail":{"state":["paid"]}}', true],
    ['{"detail":{"state":["open"]}}', false],
  ])('of %s answers %s', async (EventPattern, Result) => {
    const { events } = bus();

    await expect(
      events.testEventPattern({ EventPattern, Event: JSON.stringify(event) }),
    ).resolves.toMatchObject({ Result });
  });

  test('refuses an event without its envelope', async () => {
    const { events } = bus();

    await expect(
      events.testEventPattern({ EventPattern: '{"a":[1]}', Event: '{"a":1}' }),
    ).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});
