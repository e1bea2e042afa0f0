import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { accountWithRole, messagesOf } from '../../../../test/support/functions';

const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:orders';
const alarmArn = 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:errors';

async function account(action: string, Dimensions: { Name: string; Value: string }[] = []) {
  const lab = await accountWithRole();
  const cloudwatch = lab.client(CloudWatch);
  await cloudwatch.putMetricAlarm({
    AlarmName: 'errors',
    AlarmDescription: 'too many errors',
    Namespace: 'Shop',
    MetricName: 'Errors',
    Dimensions,
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanThreshold',
    AlarmActions: [action],
  });
  async function fire() {
    await cloudwatch.setAlarmState({
      AlarmName: 'errors',
      StateValue: 'ALARM',
      StateReason: 'testing alarm',
    });
    await lab.clock.settle();
    const { AlarmHistoryItems = [] } = await cloudwatch.describeAlarmHistory({
      AlarmName: 'errors',
      HistoryItemType: 'Action',
    });
    return AlarmHistoryItems.map(({ HistorySummary }) => HistorySummary);
  }
  return { ...lab, cloudwatch, fire };
}

test('a function gets AWS’s event when its policy lets alarms call it', async () => {
  const { create, lambda, client, fire } = await account(functionArn);
  await create('exports.handler = async (event) => console.log(JSON.stringify(event));');
  await lambda.addPermission({
    FunctionName: 'orders',
    StatementId: 'alarms',
    Action: 'lambda:InvokeFunction',
    Principal: 'lambda.alarms.cloudwatch.amazonaws.com',
    SourceArn: alarmArn,
  });

  expect(await fire()).toEqual([`Successfully executed action ${functionArn}`]);

  const messages = await messagesOf(client(CloudWatchLogs));
  const line = messages.find((message) => message.includes('alarmData')) ?? '';
  expect(JSON.parse(line.slice(line.indexOf('{')))).toEqual({
    source: 'aws.cloudwatch',
    alarmArn,
    accountId: '000000000000',
    time: '2026-01-01T00:00:00.000+0000',
    region: 'us-east-1',
    alarmData: {
      alarmName: 'errors',
      state: {
        value: 'ALARM',
        reason: 'testing alarm',
        timestamp: '2026-01-01T00:00:00.000+0000',
      },
      previousState: {
        value: 'INSUFFICIENT_DATA',
        reason: 'Unchecked: Initial alarm creation',
        timestamp: '2026-01-01T00:00:00.000+0000',
      },
      configuration: {
        description: 'too many errors',
        metrics: [
          {
            id: expect.any(String) as string,
            metricStat: {
              metric: { namespace: 'Shop', name: 'Errors', dimensions: {} },
              period: 60,
              stat: 'Sum',
            },
            returnData: true,
          },
        ],
      },
    },
  });
});

test('a function whose policy does not speak of alarms is not called, and history says so', async () => {
  const { create, fire } = await account(functionArn);
  await create('exports.handler = async () => 1;');

  const [summary] = await fire();

  expect(summary).toContain(`Failed to execute action ${functionArn}. Received error:`);
  expect(summary).toContain('lambda.alarms.cloudwatch.amazonaws.com');
});

test.each([
  ['arn:aws:ssm:us-east-1:000000000000:opsitem:2#CATEGORY=Availability', 'ssm', 'CreateOpsItem'],
  ['arn:aws:automate:us-east-1:ec2:stop', 'ec2', 'StopInstances'],
])('the action %s is a call of %s %s by the alarm', async (...[action, service, operation]) => {
  const { core, fire } = await account(action, [
    { Name: 'InstanceId', Value: 'i-0123456789abcdef0' },
  ]);

  const calls: unknown[] = [];
  core.watchers.add((happening) => void calls.push(happening));

  expect(await fire()).toHaveLength(1);

  expect(calls).toContainEqual(
    expect.objectContaining({ service, operation, principal: 'cloudwatch.amazonaws.com' }),
  );
});

test('an EC2 action needs the dimension that names the instance', async () => {
  await expect(account('arn:aws:automate:us-east-1:ec2:stop')).rejects.toMatchObject({
    name: 'ValidationException',
  });
});
