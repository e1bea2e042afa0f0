import { EventBridge, type Target } from '@aws-sdk/client-eventbridge';
import { IAM } from '@aws-sdk/client-iam';
import { SQS } from '@aws-sdk/client-sqs';
import { emulated } from '../../../test/support/emulated';
import { standIn } from '../../../test/support/stand-in';

const account = '000000000000';
const roleArn = `arn:aws:iam::${account}:role/events`;
const ruleArn = `arn:aws:events:us-east-1:${account}:rule/orders`;
const functionArn = `arn:aws:lambda:us-east-1:${account}:function:notify`;
const deadArn = `arn:aws:sqs:us-east-1:${account}:dead`;

async function withRule(service: string) {
  const lab = emulated();
  const target = standIn(lab.core, service);
  const events = lab.client(EventBridge);
  await lab.client(IAM).createRole({
    RoleName: 'events',
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { ArnLike: { 'aws:SourceArn': ruleArn } },
      },
    }),
  });
  const { QueueUrl: deadUrl } = await lab.client(SQS).createQueue({
    QueueName: 'dead',
    Attributes: {
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: deadArn,
          Condition: { ArnEquals: { 'aws:SourceArn': ruleArn } },
        },
      }),
    },
  });
  await events.putRule({ Name: 'orders', EventPattern: '{"source":["shop"]}' });
  return {
    ...lab,
    target,
    events,
    put: (more: Partial<Target>) =>
      events.putTargets({ Rule: 'orders', Targets: [{ Id: 'one', ...more } as Target] }),
    happen: async (detail = {}): Promise<void> => {
      await events.putEvents({
        Entries: [{ Source: 'shop', DetailType: 'Order', Detail: JSON.stringify(detail) }],
      });
      await lab.clock.settle();
    },
    dead: async () => {
      const { Messages = [] } = await lab.client(SQS).receiveMessage({
        QueueUrl: deadUrl,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ['All'],
      });
      return Messages.map(({ MessageAttributes = {} }) =>
        Object.fromEntries(
          Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue]),
        ),
      );
    },
  };
}

const transformer = (InputTemplate: string, InputPathsMap: Record<string, string> = {}) => ({
  InputTransformer: { InputTemplate, InputPathsMap },
});

describe('a target', () => {
  test('that is a function is invoked for the rule, without waiting for it', async () => {
    const { put, happen, target } = await withRule('lambda');
    await put({ Arn: functionArn, Input: '{"page":true}' });
    await happen();

    expect(target.calls).toMatchObject([
      {
        operation: 'invoke',
        input: { FunctionName: functionArn, InvocationType: 'Event' },
        caller: { principal: { arn: 'events.amazonaws.com' }, sourceArn: ruleArn },
      },
    ]);
    expect(String(target.calls[0]?.input['Payload'])).toBe('{"page":true}');
  });

  test('that is a pipeline is started by its role, with the variables of its input', async () => {
    const { put, happen, target } = await withRule('codepipeline');
    await put({
      Arn: `arn:aws:codepipeline:us-east-1:${account}:release`,
      RoleArn: roleArn,
      ...transformer('{"variables":[{"name":"id","value":<id>}]}', { id: '$.detail.id' }),
    });
    await happen({ id: 'o-7' });

    expect(target.calls).toMatchObject([
      {
        operation: 'startPipelineExecution',
        input: { name: 'release', variables: [{ name: 'id', value: 'o-7' }] },
        caller: { principal: { roleArn } },
      },
    ]);
  });

  test('that is a build project gets no event, only an input of its own', async () => {
    const { put, happen, target } = await withRule('codebuild');
    const Arn = `arn:aws:codebuild:us-east-1:${account}:project/tests`;
    await put({ Arn, RoleArn: roleArn });
    await happen();
    await put({ Arn, RoleArn: roleArn, Input: '{"sourceVersion":"main"}' });
    await happen();

    expect(target.calls.map(({ operation, input }) => [operation, input])).toEqual([
      ['startBuild', { projectName: 'tests' }],
      ['startBuild', { projectName: 'tests', sourceVersion: 'main' }],
    ]);
  });

  test('that is a runbook is started with the parameters of its input', async () => {
    const { put, happen, target } = await withRule('ssm');
    await put({
      Arn: `arn:aws:ssm:us-east-1:${account}:automation-definition/CloseGroup:$DEFAULT`,
      RoleArn: roleArn,
      ...transformer('{"GroupId":[<group>]}', { group: '$.detail.group' }),
    });
    await happen({ group: 'sg-1' });

    expect(target.calls).toMatchObject([
      {
        operation: 'startAutomationExecution',
        input: {
          DocumentName: 'CloseGroup',
          DocumentVersion: '$DEFAULT',
          Parameters: { GroupId: ['sg-1'] },
        },
      },
    ]);
  });

  test('that is OpsCenter opens an OpsItem as the template says', async () => {
    const { put, happen, target } = await withRule('ssm');
    await put({
      Arn: `arn:aws:ssm:us-east-1:${account}:opsitem`,
      RoleArn: roleArn,
      ...transformer(
        '{"title":"Order <id> failed","description":"It did.","source":"shop","severity":"2","resources":["arn:aws:s3:::orders"],"operationalData":{"/aws/dedup":{"type":"SearchableString","value":"{\\"dedupString\\":\\"orders\\"}"},"id":{"value":<id>}}}',
        { id: '$.detail.id' },
      ),
    });
    await happen({ id: 7 });

    expect(target.calls).toMatchObject([
      {
        operation: 'createOpsItem',
        input: {
          Title: 'Order 7 failed',
          Description: 'It did.',
          Source: 'shop',
          Severity: '2',
          OperationalData: {
            '/aws/resources': {
              Type: 'SearchableString',
              Value: '[{"arn":"arn:aws:s3:::orders"}]',
            },
            '/aws/dedup': { Type: 'SearchableString', Value: '{"dedupString":"orders"}' },
            id: { Type: 'String', Value: '7' },
          },
        },
      },
    ]);
  });

  test('that is a log group gets the event as a line at its time', async () => {
    const { put, happen, target } = await withRule('cloudwatch-logs');
    const Arn = `arn:aws:logs:us-east-1:${account}:log-group:/aws/events/orders:*`;
    await put({ Arn });
    await happen({ id: 7 });
    await put({
      Arn,
      ...transformer('{"timestamp":1000,"message":"order <id>"}', { id: '$.detail.id' }),
    });
    await happen({ id: 7 });

    expect(target.calls.map(({ operation }) => operation)).toEqual([
      'createLogStream',
      'putLogEvents',
      'createLogStream',
      'putLogEvents',
    ]);
    expect(target.calls[1]).toMatchObject({
      input: {
        logGroupName: '/aws/events/orders',
        logEvents: [
          {
            timestamp: Date.parse('2026-01-01T00:00:00Z'),
            message: expect.stringContaining('"detail":{"id":7}}') as string,
          },
        ],
      },
      caller: { principal: { arn: 'events.amazonaws.com' }, sourceArn: ruleArn },
    });
    expect(target.calls[3]?.input['logEvents']).toEqual([{ timestamp: 1000, message: 'order 7' }]);
  });

  test('that is a FIFO queue gets the message in its group', async () => {
    const { put, happen, target } = await withRule('sqs');
    await put({
      Arn: `arn:aws:sqs:us-east-1:${account}:orders.fifo`,
      SqsParameters: { MessageGroupId: 'shop' },
    });
    await happen();

    expect(target.calls).toMatchObject([
      {
        operation: 'sendMessage',
        input: {
          QueueUrl: `http://127.0.0.1:4566/${account}/orders.fifo`,
          MessageGroupId: 'shop',
        },
      },
    ]);
  });

  test.each<[Partial<Target>, string]>([
    [
      { Arn: `arn:aws:codepipeline:us-east-1:${account}:release` },
      `RoleArn is required for target arn:aws:codepipeline:us-east-1:${account}:release.`,
    ],
    [
      { Arn: `arn:aws:events:us-east-1:${account}:event-bus/other` },
      `RoleArn is required for target arn:aws:events:us-east-1:${account}:event-bus/other.`,
    ],
    [
      { Arn: 'arn:aws:sns:us-east-1:111111111111:alerts' },
      'RoleArn is required for target arn:aws:sns:us-east-1:111111111111:alerts.',
    ],
    [
      {
        Arn: `arn:aws:events:us-east-1:${account}:event-bus/other`,
        RoleArn: roleArn,
        Input: '{}',
      },
      'Modifying the input for target one is not supported.',
    ],
    [
      { Arn: `arn:aws:sqs:us-east-1:${account}:orders.fifo` },
      'Parameter(s) SqsParameters must be specified for target: one.',
    ],
    [
      { Arn: `arn:aws:kinesis:us-east-1:${account}:stream/orders`, RoleArn: roleArn },
      `Target one: arn:aws:kinesis:us-east-1:${account}:stream/orders is not emulated.`,
    ],
    [
      { Arn: deadArn, EcsParameters: { TaskDefinitionArn: 'arn' } },
      'EcsParameters of target one is not emulated.',
    ],
    [
      { Arn: deadArn, RetryPolicy: { MaximumRetryAttempts: 186 } },
      "1 validation error detected: Value '186' at 'targets.1.member.retryPolicy.maximumRetryAttempts' failed to satisfy constraint: Member must have value less than or equal to 185",
    ],
    [
      { Arn: deadArn, RetryPolicy: { MaximumEventAgeInSeconds: 59 } },
      "1 validation error detected: Value '59' at 'targets.1.member.retryPolicy.maximumEventAgeInSeconds' failed to satisfy constraint: Member must have value greater than or equal to 60",
    ],
  ])('is refused: case %# (moto, else text unverified)', async (target, message) => {
    const { put } = await withRule('codepipeline');

    await expect(put(target)).rejects.toMatchObject({ name: 'ValidationException', message });
  });
});

describe('a delivery that fails', () => {
  const throttled = { name: 'TooManyRequestsException', message: 'Rate Exceeded.', status: 429 };
  const broken = { name: 'ServiceException', message: 'Sorry.', status: 500 };

  test('for throttling or an error of the service is tried again, with longer pauses', async () => {
    const { put, happen, target, clock, dead } = await withRule('lambda');
    await put({ Arn: functionArn, DeadLetterConfig: { Arn: deadArn } });
    target.failWith(throttled, broken, throttled);
    await happen();
    const tries: number[] = [target.calls.length];
    for (const pause of ['1s', '2s', '4s', '1h']) {
      await clock.advance(pause);
      tries.push(target.calls.length);
    }

    expect(tries).toEqual([1, 2, 3, 4, 4]);
    expect(await dead()).toEqual([]);
  });

  test('as often as its policy allows is dead', async () => {
    const { put, happen, target, clock, dead } = await withRule('lambda');
    await put({
      Arn: functionArn,
      DeadLetterConfig: { Arn: deadArn },
      RetryPolicy: { MaximumRetryAttempts: 2 },
    });
    target.failWith(throttled, throttled, throttled, throttled);
    await happen();
    await clock.advance('1h');

    expect(target.calls).toHaveLength(3);
    expect(await dead()).toEqual([
      {
        RULE_ARN: ruleArn,
        TARGET_ARN: functionArn,
        ERROR_CODE: 'THROTTLING',
        ERROR_MESSAGE: 'Rate Exceeded.',
        EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
        RETRY_ATTEMPTS: '2',
      },
    ]);
  });

  test('for as long as its policy allows is dead', async () => {
    const { put, happen, target, clock, dead } = await withRule('lambda');
    await put({
      Arn: functionArn,
      DeadLetterConfig: { Arn: deadArn },
      RetryPolicy: { MaximumEventAgeInSeconds: 60 },
    });
    target.failWith(...Array.from({ length: 20 }, () => broken));
    await happen();
    await clock.advance('1h');

    expect(await dead()).toMatchObject([
      { EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds', RETRY_ATTEMPTS: '6' },
    ]);
  });

  test('without a policy is tried 185 times more within a day', async () => {
    const { put, happen, target, clock } = await withRule('lambda');
    await put({ Arn: functionArn });
    target.failWith(...Array.from({ length: 200 }, () => broken));
    await happen();
    await clock.advance('24h');

    expect(target.calls).toHaveLength(186);
  });

  test('for want of permission is dead at once', async () => {
    const { put, happen, target, clock, dead } = await withRule('lambda');
    await put({ Arn: functionArn, DeadLetterConfig: { Arn: deadArn } });
    target.failWith({ name: 'AccessDeniedException', message: 'No.', status: 403 });
    await happen();
    await clock.advance('1h');

    expect(target.calls).toHaveLength(1);
    expect(await dead()).toEqual([
      {
        RULE_ARN: ruleArn,
        TARGET_ARN: functionArn,
        ERROR_CODE: 'NO_PERMISSIONS',
        ERROR_MESSAGE: 'No.',
      },
    ]);
  });

  test.each([
    [{ name: 'ResourceNotFoundException', message: 'Gone.', status: 404 }, 'NO_RESOURCE'],
    [{ name: 'InvalidParameterException', message: 'Bad.' }, 'INVALID_PARAMETER'],
    [{ name: 'Other', message: 'Bad.' }, 'ERROR_FROM_TARGET'],
  ])('with %p is dead as %s', async (failure, code) => {
    const { put, happen, target, dead } = await withRule('lambda');
    await put({ Arn: functionArn, DeadLetterConfig: { Arn: deadArn } });
    target.failWith(failure);
    await happen();

    expect(await dead()).toMatchObject([{ ERROR_CODE: code }]);
  });

  test('since the role does not trust the rule says so', async () => {
    const { put, happen, events, client, clock, dead } = await withRule('lambda');
    await put({ Arn: functionArn, RoleArn: roleArn, DeadLetterConfig: { Arn: deadArn } });
    await client(IAM).updateAssumeRolePolicy({
      RoleName: 'events',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'aws:SourceArn': `${ruleArn}-other` } },
        },
      }),
    });
    await happen();
    await clock.settle();

    expect(await dead()).toMatchObject([{ ERROR_CODE: 'FAILED_TO_ASSUME_ROLE' }]);
    await expect(events.listTargetsByRule({ Rule: 'orders' })).resolves.toMatchObject({
      Targets: [{ RoleArn: roleArn }],
    });
  });
});

describe('the metrics of a rule', () => {
  async function measured(failures: number) {
    const lab = await withRule('lambda');
    const metrics = standIn(lab.core, 'cloudwatch');
    await lab.put({
      Arn: functionArn,
      DeadLetterConfig: { Arn: deadArn },
      RetryPolicy: { MaximumRetryAttempts: 1 },
    });
    lab.target.failWith(
      ...Array.from({ length: failures }, () => ({ name: 'X', message: '', status: 500 })),
    );
    await lab.happen();
    await lab.clock.advance('1m');
    const data = metrics.calls.flatMap(
      ({ input }) =>
        input['MetricData'] as { MetricName: string; Dimensions: { Value: string }[] }[],
    );
    return data
      .filter(({ Dimensions: [dimension] }) => dimension?.Value === 'orders')
      .map(({ MetricName }) => MetricName)
      .toSorted();
  }

  test.each<[string, number, string[]]>([
    ['a delivery', 0, ['InvocationAttempts', 'Invocations', 'SuccessfulInvocationAttempts']],
    [
      'a delivery at the second attempt',
      1,
      [
        'InvocationAttempts',
        'InvocationAttempts',
        'Invocations',
        'RetryInvocationAttempts',
        'SuccessfulInvocationAttempts',
      ],
    ],
    [
      'a dead letter',
      2,
      [
        'FailedInvocations',
        'InvocationAttempts',
        'InvocationAttempts',
        'Invocations',
        'InvocationsSentToDlq',
        'RetryInvocationAttempts',
      ],
    ],
  ])('count %s', async (_what, failures, expected) => {
    expect(await measured(failures)).toEqual(
      [...expected, 'MatchedEvents', 'TriggeredRules'].toSorted(),
    );
  });
});
