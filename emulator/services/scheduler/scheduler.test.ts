import { IAM } from '@aws-sdk/client-iam';
import { type CreateScheduleInput, Scheduler, type Target } from '@aws-sdk/client-scheduler';
import { SQS } from '@aws-sdk/client-sqs';
import { SSM } from '@aws-sdk/client-ssm';
import { emulated } from '../../../test/support/emulated';
import { standIn } from '../../../test/support/stand-in';

const account = '000000000000';
const roleArn = `arn:aws:iam::${account}:role/scheduler`;
const queueArn = `arn:aws:sqs:us-east-1:${account}:inbox`;
const deadArn = `arn:aws:sqs:us-east-1:${account}:dead`;
const functionArn = `arn:aws:lambda:us-east-1:${account}:function:report`;
const scheduleArn = `arn:aws:scheduler:us-east-1:${account}:schedule/default/report`;

const policy = (...statements: object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

const trust = (condition: object = {}) =>
  policy({
    Effect: 'Allow',
    Principal: { Service: 'scheduler.amazonaws.com' },
    Action: 'sts:AssumeRole',
    Condition: condition,
  });

async function scheduling(allowed: string[] = ['sqs:SendMessage', 'ssm:PutParameter']) {
  const lab = emulated();
  const iam = lab.client(IAM);
  const sqs = lab.client(SQS);
  const scheduler = lab.client(Scheduler);
  await iam.createRole({ RoleName: 'scheduler', AssumeRolePolicyDocument: trust() });
  await iam.putRolePolicy({
    RoleName: 'scheduler',
    PolicyName: 'targets',
    PolicyDocument: policy({ Effect: 'Allow', Action: allowed, Resource: '*' }),
  });
  const { QueueUrl } = await sqs.createQueue({ QueueName: 'inbox' });
  const { QueueUrl: deadUrl } = await sqs.createQueue({ QueueName: 'dead' });
  const messagesOf = async (url: string | undefined) => {
    await lab.clock.settle();
    const { Messages = [] } = await sqs.receiveMessage({
      QueueUrl: url,
      MaxNumberOfMessages: 10,
      MessageAttributeNames: ['All'],
    });
    return Messages;
  };
  return {
    ...lab,
    iam,
    scheduler,
    create: ({
      Target: target,
      ...more
    }: Omit<Partial<CreateScheduleInput>, 'Target'> & {
      Target?: Partial<Target>;
    } = {}) =>
      scheduler.createSchedule({
        Name: 'report',
        ScheduleExpression: 'rate(1 hour)',
        FlexibleTimeWindow: { Mode: 'OFF' },
        ...more,
        Target: {
          Arn: queueArn,
          RoleArn: roleArn,
          Input: '"<aws.scheduler.scheduled-time>"',
          ...target,
        },
      }),
    /** Bodies of the messages, in the order of their times. */
    received: async () => {
      const bodies = (await messagesOf(QueueUrl)).map(({ Body = '' }) => Body);
      return bodies
        .toSorted((one, other) => one.localeCompare(other))
        .map((body) => JSON.parse(body) as unknown);
    },
    dead: async () =>
      (await messagesOf(deadUrl)).map(({ MessageAttributes = {} }) =>
        Object.fromEntries(
          Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue]),
        ),
      ),
  };
}

/** Has what AWS answered, under `rules/scheduler`. */
const measured = 'https://github.com/badmintoncryer/cdk-preflight';

describe('a schedule', () => {
  test('by rate comes at once and then again', async () => {
    const { create, received, clock } = await scheduling();
    await create();
    await clock.advance('150m');

    expect(await received()).toEqual([
      '2026-01-01T00:00:00Z',
      '2026-01-01T01:00:00Z',
      '2026-01-01T02:00:00Z',
    ]);
  });

  test('by rate begins at its start and ends with its end', async () => {
    const { create, received, clock, scheduler } = await scheduling();
    await create({
      StartDate: new Date('2026-01-01T06:30:00Z'),
      EndDate: new Date('2026-01-01T08:00:00Z'),
    });
    await clock.advance('1d');

    expect(await received()).toEqual(['2026-01-01T06:30:00Z', '2026-01-01T07:30:00Z']);
    await expect(scheduler.getSchedule({ Name: 'report' })).resolves.toMatchObject({
      State: 'ENABLED',
    });
  });

  test('by cron comes by the clocks of its time zone', async () => {
    const { create, received, clock } = await scheduling();
    await create({
      ScheduleExpression: 'cron(0 9 ? * MON-FRI *)',
      ScheduleExpressionTimezone: 'Asia/Tokyo',
    });
    await clock.advance('3d');
    expect(await received()).toEqual(['2026-01-02T00:00:00Z']);
    await clock.advance('1d');

    expect(await received()).toContain('2026-01-05T00:00:00Z');
  });

  test('by at() comes once, in its time zone', async () => {
    const { create, received, clock, scheduler } = await scheduling();
    await create({
      ScheduleExpression: 'at(2026-01-01T12:00:00)',
      ScheduleExpressionTimezone: 'Europe/Paris',
    });
    await clock.advance('2d');

    expect(await received()).toEqual(['2026-01-01T11:00:00Z']);
    await expect(scheduler.listSchedules({})).resolves.toMatchObject({
      Schedules: [{ Name: 'report', Target: { Arn: queueArn } }],
    });
  });

  test('that is to be deleted afterwards is gone when it has come for the last time', async () => {
    const { create, received, clock, scheduler } = await scheduling();
    await create({
      ScheduleExpression: 'at(2026-01-01T12:00:00)',
      ActionAfterCompletion: 'DELETE',
    });
    await clock.advance('11h');
    await expect(scheduler.getSchedule({ Name: 'report' })).resolves.toMatchObject({
      ActionAfterCompletion: 'DELETE',
    });
    await clock.advance('1h');

    expect(await received()).toHaveLength(1);
    await expect(scheduler.getSchedule({ Name: 'report' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('with an end is deleted after its last occurrence', async () => {
    const { create, received, clock, scheduler } = await scheduling();
    await create({
      EndDate: new Date('2026-01-01T01:30:00Z'),
      ActionAfterCompletion: 'DELETE',
    });
    await clock.advance('1h');

    expect(await received()).toHaveLength(2);
    await expect(scheduler.listSchedules({})).resolves.toMatchObject({ Schedules: [] });
  });

  test('with a flexible window comes inside it, and still names its own time', async () => {
    const { create, received, clock } = await scheduling();
    await create({
      ScheduleExpression: 'at(2026-01-01T12:00:00)',
      FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 30 },
    });
    await clock.advance('12h');
    expect(await received()).toEqual([]);
    await clock.advance('30m');

    expect(await received()).toEqual(['2026-01-01T12:00:00Z']);
  });

  test('that is disabled does not come until it is enabled', async () => {
    const { create, received, clock, scheduler } = await scheduling();
    await create({ State: 'DISABLED' });
    await clock.advance('1d');
    expect(await received()).toEqual([]);
    const { Name, ScheduleExpression, FlexibleTimeWindow, Target } = await scheduler.getSchedule({
      Name: 'report',
    });
    await scheduler.updateSchedule({ Name, ScheduleExpression, FlexibleTimeWindow, Target });
    await clock.advance('90m');

    expect(await received()).toEqual(['2026-01-02T00:00:00Z', '2026-01-02T01:00:00Z']);
  });

  test('has one timer, for the time that comes next', async () => {
    const { create, core, clock, scheduler } = await scheduling();
    const place = { accountId: account, region: 'us-east-1', service: 'scheduler' };
    const due = () =>
      [...(core.stores.find(place)?.timers.values() ?? [])].map(({ at }) =>
        new Date(at).toISOString(),
      );
    await create({ ScheduleExpression: 'cron(0 12 * * ? *)' });
    expect(due()).toEqual(['2026-01-01T12:00:00.000Z']);
    await clock.advance('13h');
    expect(due()).toEqual(['2026-01-02T12:00:00.000Z']);
    await scheduler.deleteSchedule({ Name: 'report' });

    expect(due()).toEqual([]);
  });

  test('shows what it was given and what it falls back to', async () => {
    const { create, scheduler } = await scheduling();
    await expect(create({ Description: 'The report' })).resolves.toMatchObject({
      ScheduleArn: scheduleArn,
    });

    await expect(scheduler.getSchedule({ Name: 'report' })).resolves.toMatchObject({
      Arn: scheduleArn,
      GroupName: 'default',
      Description: 'The report',
      State: 'ENABLED',
      ScheduleExpressionTimezone: 'UTC',
      ActionAfterCompletion: 'NONE',
      Target: { RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 } },
    });
  });

  test.each<{
    schedule: Parameters<Awaited<ReturnType<typeof scheduling>>['create']>[0];
    message: string;
    source: string;
  }>([
    {
      schedule: { ScheduleExpression: 'cron(0 1 * * * *)' },
      message: 'Invalid Schedule Expression cron(0 1 * * * *).',
      source: 'LocalStack test_scheduler.py',
    },
    {
      schedule: { ScheduleExpressionTimezone: 'Mars/Olympus' },
      message: 'Invalid Schedule Expression Timezone Mars/Olympus.',
      source: 'unverified',
    },
    {
      schedule: { FlexibleTimeWindow: { Mode: 'OFF', MaximumWindowInMinutes: 5 } },
      message:
        'MaximumWindowInMinutes must not be provided when FlexibleTimeWindowMode is set to OFF.',
      source: measured,
    },
    {
      schedule: { FlexibleTimeWindow: { Mode: 'BENT' as 'OFF' } },
      message:
        "1 validation error detected: Value 'BENT' at 'flexibleTimeWindow.mode' failed to satisfy constraint: Member must satisfy enum value set: [FLEXIBLE, OFF]",
      source: 'unverified',
    },
    {
      schedule: { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } },
      message:
        'MaximumWindowInMinutes must be provided when FlexibleTimeWindowMode is set to FLEXIBLE.',
      source: measured,
    },
    {
      schedule: { StartDate: new Date('2026-03-01'), EndDate: new Date('2026-02-01') },
      message: 'The StartDate you specify must come before the EndDate.',
      source: measured,
    },
    {
      schedule: { Target: { Input: 'no JSON' } },
      message: 'JSON syntax error in input for the target',
      source: measured,
    },
    {
      schedule: { Target: { Arn: 'queue' } },
      message: 'Provided Arn is not in correct format.',
      source: 'unverified',
    },
    {
      schedule: { Target: { Arn: queueArn.replace('us-east-1', 'eu-west-1') } },
      message: 'The target ARN provided does not match the current region us-east-1.',
      source: measured,
    },
    {
      schedule: { Target: { Arn: `${queueArn}.fifo` } },
      message: 'Parameters SqsParameters must be specified',
      source: measured,
    },
    {
      schedule: { Target: { SqsParameters: { MessageGroupId: 'a' } } },
      message: 'Parameters MessageGroupId not valid for the target',
      source: measured,
    },
    {
      schedule: { Target: { EventBridgeParameters: { Source: 'a', DetailType: 'b' } } },
      message: 'Parameters EventBridgeParameters not supported for the target',
      source: measured,
    },
    {
      schedule: { Target: { Arn: `arn:aws:kinesis:us-east-1:${account}:stream/orders` } },
      message: `The target arn:aws:kinesis:us-east-1:${account}:stream/orders is not emulated.`,
      source: 'ours',
    },
    {
      schedule: { Target: { Arn: 'arn:aws:scheduler:::aws-sdk:ec2:describeInstances' } },
      message: 'describeInstances API is not supported',
      source: measured,
    },
    {
      schedule: {
        Target: { Arn: 'arn:aws:scheduler:::aws-sdk:ec2:stopInstances', Input: undefined },
      },
      message: 'You must provide an input to set this target for your schedule',
      source: measured,
    },
    {
      schedule: { Target: { Arn: 'arn:aws:scheduler:::aws-sdk:glacier:deleteVault' } },
      message: 'The target glacier:deleteVault is not emulated.',
      source: 'ours',
    },
    {
      schedule: {
        Target: { Arn: `arn:aws:scheduler:us-east-1:${account}:aws-sdk:sqs:sendMessage` },
      },
      message: 'scheduler is not a supported service for a target',
      source: measured,
    },
    {
      schedule: { Target: { RetryPolicy: { MaximumRetryAttempts: 186 } } },
      message:
        "1 validation error detected: Value '186' at 'target.retryPolicy.maximumRetryAttempts' failed to satisfy constraint: Member must have value less than or equal to 185",
      source: 'unverified',
    },
    {
      schedule: { Name: 'a b' },
      message:
        "1 validation error detected: Value 'a b' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [0-9a-zA-Z-_.]+",
      source: 'unverified',
    },
  ])('is refused: $message ($source)', async ({ schedule, message }) => {
    const { create } = await scheduling();

    await expect(create(schedule)).rejects.toMatchObject({ name: 'ValidationException', message });
  });

  test('in a group that there is not is refused', async () => {
    const { create } = await scheduling();

    await expect(create({ GroupName: 'nightly' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('of the past may still come once, but begins no recurrence', async () => {
    const { create, received, clock } = await scheduling();
    await create({
      ScheduleExpression: 'at(2025-12-31T12:00:00)',
      StartDate: new Date('2025-12-31T06:00:00Z'),
    });
    await expect(
      create({ Name: 'other', StartDate: new Date('2025-12-31T23:54:00Z') }),
    ).rejects.toMatchObject({ name: 'ValidationException' });
    await create({ Name: 'other', StartDate: new Date('2025-12-31T23:56:00Z') });

    await clock.advance('1h');

    expect(await received()).toEqual(['2025-12-31T12:00:00Z', '2026-01-01T00:56:00Z']);
  });
});

describe('an execution role', () => {
  test('may be trusted for the group alone', async () => {
    const { create, iam, received } = await scheduling();
    await iam.updateAssumeRolePolicy({
      RoleName: 'scheduler',
      PolicyDocument: trust({
        StringEquals: {
          'aws:SourceAccount': account,
          'aws:SourceArn': `arn:aws:scheduler:us-east-1:${account}:schedule-group/default`,
        },
      }),
    });
    await create();
    expect(await received()).toHaveLength(1);
    await iam.updateAssumeRolePolicy({
      RoleName: 'scheduler',
      PolicyDocument: trust({ StringEquals: { 'aws:SourceArn': scheduleArn } }),
    });

    await expect(create({ Name: 'other' })).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test('decides what the schedule may do, the dead letter too', async () => {
    const { create, dead, received, iam } = await scheduling(['sns:Publish']);
    await iam.putRolePolicy({
      RoleName: 'scheduler',
      PolicyName: 'dead',
      PolicyDocument: policy({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: deadArn }),
    });
    await create({ Target: { DeadLetterConfig: { Arn: deadArn } } });

    expect(await received()).toEqual([]);
    expect(await dead()).toEqual([
      {
        ERROR_CODE: expect.stringMatching(/AccessDenied/) as string,
        ERROR_MESSAGE: expect.stringContaining(queueArn) as string,
        EXECUTION_ID: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
        IS_PAYLOAD_TRUNCATED: 'false',
        RETRY_ATTEMPTS: '0',
        SCHEDULED_TIME: '2026-01-01T00:00:00Z',
        SCHEDULE_ARN: scheduleArn,
        TARGET_ARN: queueArn,
      },
    ]);
  });
});

describe('a target', () => {
  test('gets AWS’s event when the schedule gives it no input', async () => {
    const { create, received } = await scheduling();
    await create({ Target: { Input: undefined } });

    expect(await received()).toEqual([
      {
        version: '0',
        id: expect.any(String) as string,
        'detail-type': 'Scheduled Event',
        source: 'aws.scheduler',
        account,
        time: '2026-01-01T00:00:00Z',
        region: 'us-east-1',
        resources: [scheduleArn],
        detail: '{}',
      },
    ]);
  });

  test('gets its input with the keywords replaced', async () => {
    const { create, received } = await scheduling();
    await create({
      Target: {
        Input:
          '{"arn":"<aws.scheduler.schedule-arn>","id":"<aws.scheduler.execution-id>","try":"<aws.scheduler.attempt-number>","other":"<aws.scheduler.other>"}',
      },
    });

    expect(await received()).toEqual([
      {
        arn: scheduleArn,
        id: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
        try: '1',
        other: '<aws.scheduler.other>',
      },
    ]);
  });

  test('that is a function is invoked without waiting for it', async () => {
    const { create, core, clock } = await scheduling();
    const lambda = standIn(core, 'lambda');
    await create({ Target: { Arn: functionArn, Input: '{"report":true}' } });
    await clock.settle();

    expect(lambda.calls).toMatchObject([
      {
        operation: 'invoke',
        input: { FunctionName: functionArn, InvocationType: 'Event' },
        caller: { principal: { roleArn } },
      },
    ]);
  });

  test('that is a bus gets one event with the input as its detail', async () => {
    const { create, core, clock } = await scheduling();
    const events = standIn(core, 'eventbridge');
    const Arn = `arn:aws:events:us-east-1:${account}:event-bus/default`;
    await create({
      Target: {
        Arn,
        Input: '{"id":7}',
        EventBridgeParameters: { Source: 'shop', DetailType: 'Report' },
      },
    });
    await clock.settle();

    expect(events.calls).toMatchObject([
      {
        operation: 'putEvents',
        input: {
          Entries: [
            { EventBusName: Arn, Source: 'shop', DetailType: 'Report', Detail: '{"id":7}' },
          ],
        },
      },
    ]);
  });

  test('may be any action of any service', async () => {
    const { create, client, clock } = await scheduling();
    await create({
      Target: {
        Arn: 'arn:aws:scheduler:::aws-sdk:ssm:putParameter',
        Input: '{"Name":"/report/at","Value":"<aws.scheduler.scheduled-time>","Type":"String"}',
      },
    });
    await clock.settle();

    await expect(client(SSM).getParameter({ Name: '/report/at' })).resolves.toMatchObject({
      Parameter: { Value: '2026-01-01T00:00:00Z' },
    });
  });
});

describe('an invocation that fails', () => {
  const throttled = { name: 'TooManyRequestsException', message: 'Rate Exceeded.', status: 429 };

  test('for throttling is tried again, with its attempt number', async () => {
    const { create, core, clock } = await scheduling();
    const lambda = standIn(core, 'lambda');
    lambda.failWith(throttled, throttled);
    await create({
      ScheduleExpression: 'at(2026-01-01T00:00:00)',
      ActionAfterCompletion: 'DELETE',
      Target: { Arn: functionArn, Input: '"<aws.scheduler.attempt-number>"' },
    });
    await clock.advance('1m');

    expect(lambda.calls.map(({ input }) => String(input['Payload']))).toEqual([
      '"1"',
      '"2"',
      '"3"',
    ]);
  });

  test('as often as its policy allows is dead, and the schedule complete', async () => {
    const { create, core, clock, dead, scheduler } = await scheduling();
    const lambda = standIn(core, 'lambda');
    lambda.failWith(throttled, throttled, throttled);
    await create({
      ScheduleExpression: 'at(2026-01-01T00:00:00)',
      ActionAfterCompletion: 'DELETE',
      Target: {
        Arn: functionArn,
        DeadLetterConfig: { Arn: deadArn },
        RetryPolicy: { MaximumRetryAttempts: 1 },
      },
    });
    await clock.settle();
    await expect(scheduler.listSchedules({})).resolves.toMatchObject({
      Schedules: [{ Name: 'report' }],
    });
    await clock.advance('1m');

    expect(lambda.calls).toHaveLength(2);
    expect(await dead()).toMatchObject([
      {
        ERROR_CODE: 'TooManyRequestsException',
        EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
        RETRY_ATTEMPTS: '1',
      },
    ]);
    await expect(scheduler.listSchedules({})).resolves.toMatchObject({ Schedules: [] });
  });

  test('is measured under its group', async () => {
    const { create, core, clock } = await scheduling();
    const lambda = standIn(core, 'lambda');
    const metrics = standIn(core, 'cloudwatch');
    lambda.failWith(throttled, { name: 'Other', message: 'No.' });
    await create({ Target: { Arn: functionArn } });
    await clock.advance('1m');

    const data = metrics.calls
      .filter(({ input }) => input['Namespace'] === 'AWS/Scheduler')
      .flatMap(
        ({ input }) => input['MetricData'] as { MetricName: string; Dimensions: object[] }[],
      );
    expect(data.map(({ MetricName }) => MetricName)).toEqual([
      'InvocationAttemptCount',
      'TargetErrorThrottledCount',
      'InvocationAttemptCount',
      'TargetErrorCount',
      'InvocationDroppedCount',
    ]);
    expect(data[0]?.Dimensions).toEqual([{ Name: 'ScheduleGroup', Value: 'default' }]);
  });
});

describe('a group', () => {
  test('holds schedules, which are deleted with it', async () => {
    const { create, scheduler, received, clock } = await scheduling();
    await scheduler.createScheduleGroup({
      Name: 'nightly',
      Tags: [{ Key: 'team', Value: 'shop' }],
    });
    await create({ GroupName: 'nightly', ScheduleExpression: 'cron(0 3 * * ? *)' });
    await expect(
      scheduler.listSchedules({ GroupName: 'nightly', NamePrefix: 'rep' }),
    ).resolves.toMatchObject({ Schedules: [{ GroupName: 'nightly' }] });
    await scheduler.deleteScheduleGroup({ Name: 'nightly' });
    await clock.advance('1d');

    expect(await received()).toEqual([]);
    await expect(scheduler.getScheduleGroup({ Name: 'nightly' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('is shown with the time it was made', async () => {
    const { scheduler, clock } = await scheduling();
    await scheduler.createScheduleGroup({ Name: 'nightly' });
    await clock.advance('1h');

    await expect(scheduler.getScheduleGroup({ Name: 'nightly' })).resolves.toMatchObject({
      Name: 'nightly',
      Arn: `arn:aws:scheduler:us-east-1:${account}:schedule-group/nightly`,
      State: 'ACTIVE',
      CreationDate: new Date('2026-01-01T00:00:00Z'),
      LastModificationDate: new Date('2026-01-01T00:00:00Z'),
    });
  });

  test('carries tags', async () => {
    const { scheduler } = await scheduling();
    const { ScheduleGroupArn: ResourceArn } = await scheduler.createScheduleGroup({
      Name: 'nightly',
      Tags: [{ Key: 'team', Value: 'shop' }],
    });
    await scheduler.tagResource({ ResourceArn, Tags: [{ Key: 'stage', Value: 'test' }] });
    await scheduler.untagResource({ ResourceArn, TagKeys: ['team'] });

    await expect(scheduler.listTagsForResource({ ResourceArn })).resolves.toMatchObject({
      Tags: [{ Key: 'stage', Value: 'test' }],
    });
  });

  test('called default is always there and neither made nor deleted (https://github.com/badmintoncryer/cdk-preflight)', async () => {
    const { scheduler } = await scheduling();
    const refusal = {
      name: 'ValidationException',
      message: 'This operation cannot be performed on schedule group default.',
    };

    await expect(scheduler.listScheduleGroups({})).resolves.toMatchObject({
      ScheduleGroups: [{ Name: 'default', State: 'ACTIVE' }],
    });
    await expect(scheduler.createScheduleGroup({ Name: 'default' })).rejects.toMatchObject(refusal);
    await expect(scheduler.deleteScheduleGroup({ Name: 'default' })).rejects.toMatchObject(refusal);
  });
});
