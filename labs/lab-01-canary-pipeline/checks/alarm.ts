import type { Metric, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { Account } from '../../../checker/account';
import { type Check, fail, type Outcome } from '../../../checker/check';
import { alarmsOf } from '../release/deployments';
import type { Live } from '../release/live';
import { groupReads, judge } from './found';
import { withGroup } from './group';

const reads = [...groupReads, 'cloudwatch:DescribeAlarms'];

export const alarmWatchesLive: Check = {
  title: 'The deployment group lists an alarm on the errors of the alias live',
  task: 'd',
  points: 6,
  needs: ['aliasMovesByCodeDeploy'],
  reads,
  objective: 'Choose the dimensions of AWS/Lambda that see customers and not every call.',
  look: (account) =>
    withGroup(account, async (group, live) => {
      const alarms = await alarmsOf(account, live);
      const right = alarms.find((alarm) => watches(alarm, live));
      const told = alarms.map((alarm) => `${alarm.AlarmName} on ${dimensionsText(alarm)}`);
      return judge(right !== undefined, {
        seen: `${group.deploymentGroupName} lists ${told.join('; ') || 'no alarm that is there'}.`,
        wanted: `Errors of AWS/Lambda with FunctionName ${live.functionName} and Resource ${live.functionName}:live.`,
        where:
          'CloudWatch, Alarms, the dimensions of the metric; CodeDeploy, the deployment group, Alarms',
        proof: {
          call: 'cloudwatch:DescribeAlarms',
          resource: right?.AlarmName ?? group.deploymentGroupName ?? '',
          path: 'MetricAlarms[].Dimensions',
          expected: `FunctionName=${live.functionName}, Resource=${live.functionName}:live`,
          actual: told.join('; ') || 'none',
        },
      });
    }),
};

export const alarmFiresInTime: Check = {
  title: 'The alarm can fire while the canary lasts, and takes no data for no errors',
  task: 'd',
  points: 4,
  needs: ['alarmWatchesLive'],
  reads,
  objective: 'Work out how long an alarm takes: period times datapoints.',
  look: (account) =>
    withAlarm(account, async (alarm) => {
      const seconds =
        (alarm.Period ?? 0) * (alarm.DatapointsToAlarm ?? alarm.EvaluationPeriods ?? 1);
      const missing = alarm.TreatMissingData ?? 'missing';
      return judge(seconds <= 180 && missing === 'notBreaching', {
        seen: `${alarm.AlarmName} needs ${seconds} s of errors, and missing data is ${missing}.`,
        wanted: 'At most 180 s (Period times DatapointsToAlarm), TreatMissingData notBreaching.',
        where: 'CloudWatch, Alarms, Conditions, Additional configuration',
        proof: {
          call: 'cloudwatch:DescribeAlarms',
          resource: alarm.AlarmName ?? '',
          path: 'MetricAlarms[].Period × DatapointsToAlarm, TreatMissingData',
          expected: '180 or less, notBreaching',
          actual: `${seconds}, ${missing}`,
        },
      });
    }),
};

export const alarmsStopADeployment: Check = {
  title: 'Alarms are switched on in the deployment group',
  task: 'd',
  points: 4,
  needs: ['alarmWatchesLive'],
  reads: groupReads,
  objective: 'Listing an alarm is not using it.',
  look: (account) =>
    withGroup(account, async ({ deploymentGroupName = '', alarmConfiguration }) =>
      judge(alarmConfiguration?.enabled === true, {
        seen: `alarmConfiguration.enabled of ${deploymentGroupName} is ${alarmConfiguration?.enabled}.`,
        wanted: 'alarmConfiguration.enabled true.',
        where: 'CodeDeploy, the deployment group, Advanced, Alarms',
        proof: {
          call: 'codedeploy:GetDeploymentGroup',
          resource: deploymentGroupName,
          path: 'deploymentGroupInfo.alarmConfiguration.enabled',
          expected: true,
          actual: alarmConfiguration?.enabled ?? 'not set',
        },
      }),
    ),
};

export const stoppedDeploymentsGoBack: Check = {
  title: 'A deployment that fails or is stopped by an alarm is rolled back',
  task: 'd',
  points: 4,
  needs: ['aliasMovesByCodeDeploy'],
  reads: groupReads,
  objective: 'An alarm stops a deployment; only the rollback event takes it back.',
  look: (account) =>
    withGroup(account, async ({ deploymentGroupName = '', autoRollbackConfiguration }) => {
      const { enabled = false, events = [] } = autoRollbackConfiguration ?? {};
      const isRight = enabled && rollbackEvents.every((event) => events.includes(event as never));
      return judge(isRight, {
        seen: `${deploymentGroupName} rolls back ${enabled ? `on ${events.join(', ')}` : 'never'}.`,
        wanted: `Automatic rollback on ${rollbackEvents.join(' and ')}.`,
        where: 'CodeDeploy, the deployment group, Advanced, Rollbacks',
        proof: {
          call: 'codedeploy:GetDeploymentGroup',
          resource: deploymentGroupName,
          path: 'deploymentGroupInfo.autoRollbackConfiguration.events',
          expected: rollbackEvents.join(', '),
          actual: enabled ? events.join(', ') : 'switched off',
        },
      });
    }),
};

// --- internal ---

const rollbackEvents = ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'];

const withAlarm = (account: Account, look: (alarm: MetricAlarm) => Promise<Outcome>) =>
  withGroup(account, async (group, live) => {
    const alarms = await alarmsOf(account, live);
    const alarm = alarms.find((each) => watches(each, live));
    if (alarm) return look(alarm);
    return fail({
      seen: `${group.deploymentGroupName} lists no alarm on live.`,
      wanted: 'An alarm on the errors of live.',
      where: 'CodeDeploy, the deployment group, Alarms',
      proof: {
        call: 'codedeploy:GetDeploymentGroup',
        resource: group.deploymentGroupName ?? '',
        path: 'deploymentGroupInfo.alarmConfiguration.alarms',
        expected: 'an alarm on live',
        actual: alarms.map(({ AlarmName }) => AlarmName).join(', ') || 'none',
      },
    });
  });

/** The metrics of an alarm, also of one that does mathematics. */
const metricsOf = ({ Namespace, MetricName, Dimensions, Metrics = [] }: MetricAlarm): Metric[] => [
  ...(MetricName === undefined ? [] : [{ Namespace, MetricName, Dimensions }]),
  ...Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []),
];

const watches = (alarm: MetricAlarm, live: Live): boolean =>
  metricsOf(alarm).some((metric) => seesLive(metric, live));

/** Errors of the alias; of one version behind it, too. */
function seesLive({ Namespace, MetricName, Dimensions = [] }: Metric, live: Live): boolean {
  const values = new Map(Dimensions.map(({ Name, Value }) => [Name, Value]));
  values.delete('ExecutedVersion');
  return (
    Namespace === 'AWS/Lambda' &&
    MetricName === 'Errors' &&
    values.size === 2 &&
    values.get('FunctionName') === live.functionName &&
    values.get('Resource') === `${live.functionName}:${live.alias}`
  );
}

const dimensionsText = (alarm: MetricAlarm): string =>
  metricsOf(alarm)
    .map(({ MetricName, Dimensions = [] }) => {
      const dimensions = Dimensions.map(({ Name, Value }) => `${Name}=${Value}`);
      return `${MetricName} {${dimensions.join(', ')}}`;
    })
    .join(' and ');
