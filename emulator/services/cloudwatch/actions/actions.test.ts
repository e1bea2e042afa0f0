import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EC2 } from '@aws-sdk/client-ec2';
import { emulated } from '../../../../test/support/emulated';
import { accountWithRole, messagesOf } from '../../../../test/support/functions';

const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:orders';
const alarmArn = 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:errors';

const alarmWith = (action: string, Dimensions: { Name: string; Value: string }[]) => ({
  AlarmName: 'errors',
  AlarmDescription: 'too many errors',
  Namespace: 'Shop',
  MetricName: 'Errors',
  Dimensions,
  Statistic: 'Sum' as const,
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanThreshold' as const,
  AlarmActions: [action],
});

/** Sets the alarm off; answers what its history says of its actions. */
async function fired({ client, clock }: ReturnType<typeof emulated>) {
  const [AlarmName, cloudwatch] = ['errors', client(CloudWatch)];
  const set = { AlarmName, StateValue: 'ALARM', StateReason: 'testing alarm' } as const;
  await cloudwatch.setAlarmState(set);
  await clock.settle();
  const { AlarmHistoryItems = [] } = await cloudwatch.describeAlarmHistory({
    AlarmName,
    HistoryItemType: 'Action',
  });
  return AlarmHistoryItems.map(({ HistorySummary }) => HistorySummary);
}

async function account(action: string, Dimensions: { Name: string; Value: string }[] = []) {
  const lab = await accountWithRole();
  const cloudwatch = lab.client(CloudWatch);
  await cloudwatch.putMetricAlarm(alarmWith(action, Dimensions));
  return { ...lab, cloudwatch, fire: () => fired(lab) };
}

async function accountWithInstance() {
  const lab = emulated();
  const ec2 = lab.client(EC2);
  const image = { ImageId: 'ami-0123456789abcdef0', MinCount: 1, MaxCount: 1 };
  const { Instances: [instance] = [] } = await ec2.runInstances(image);
  const id = instance?.InstanceId ?? '';
  await lab.clock.advance('2s');
  const stateOf = async () => {
    const { Reservations: [reservation] = [] } = await ec2.describeInstances({ InstanceIds: [id] });
    return reservation?.Instances?.[0]?.State?.Name;
  };
  const alarm = (action: string) => alarmWith(action, [{ Name: 'InstanceId', Value: id }]);
  return { ...lab, alarm, stateOf, fire: () => fired(lab) };
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

test.each([
  ['stop', 'stopped'],
  ['terminate', 'terminated'],
  ['reboot', 'running'],
])('the EC2 action %s leaves the instance of the dimension %s', async (verb, state) => {
  const action = `arn:aws:automate:us-east-1:ec2:${verb}`;
  const { stateOf, client, clock, alarm, fire } = await accountWithInstance();
  await client(CloudWatch).putMetricAlarm(alarm(action));

  expect(await fire()).toEqual([`Successfully executed action ${action}`]);

  await clock.advance('2s');
  expect(await stateOf()).toBe(state);
});

test('an EC2 action needs the dimension that names the instance', async () => {
  await expect(account('arn:aws:automate:us-east-1:ec2:stop')).rejects.toMatchObject({
    name: 'ValidationException',
  });
});
