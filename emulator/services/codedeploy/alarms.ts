import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import type { ErrorCode } from '@aws-sdk/client-codedeploy';
import { groupOf } from './find';
import { roleOf } from './lambda-alias';
import type { CodeDeployCall, Deployment } from './state';

/** Why a deployment ends, in CodeDeploy's code and words. */
export interface Problem {
  code: ErrorCode;
  message: string;
}

/**
 * The problem when a listed alarm is in ALARM (FACTS C1.8); INSUFFICIENT_DATA is none. With `name`
 * only a deployment that lists that alarm is looked at. Alarms that the service role cannot read
 * stop it too, unless `ignorePollAlarmFailure`.
 */
export async function activeAlarms(
  deployment: Deployment,
  call: CodeDeployCall,
  name?: string,
): Promise<Problem | undefined> {
  const configuration =
    deployment.overrideAlarms ?? groupOf(deployment, call)?.info.alarmConfiguration;
  const names = (configuration?.alarms ?? []).flatMap((alarm) => alarm.name ?? []);
  if (!configuration?.enabled || names.length === 0) return undefined;
  if (name !== undefined && !names.includes(name)) return undefined;
  try {
    const active = await inAlarm(names, deployment, call);
    return active.length > 0 ? { code: 'ALARM_ACTIVE', message: activated(active) } : undefined;
  } catch (error) {
    if (!(error instanceof Error && '$fault' in error)) throw error;
    if (configuration.ignorePollAlarmFailure) return undefined;
    // Text unverified.
    const message = `The alarms of the deployment group could not be read: ${error.message}`;
    return { code: 'IAM_ROLE_PERMISSIONS', message };
  }
}

async function inAlarm(
  AlarmNames: string[],
  deployment: Deployment,
  call: CodeDeployCall,
): Promise<string[]> {
  const role = await roleOf(deployment, call);
  const { MetricAlarms = [], CompositeAlarms = [] } = await call
    .client<CloudWatch>('cloudwatch', role)
    .describeAlarms({ AlarmNames, AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] });
  const active = new Set(
    [...MetricAlarms, ...CompositeAlarms].flatMap(({ AlarmName, StateValue }) =>
      StateValue === 'ALARM' ? (AlarmName ?? []) : [],
    ),
  );
  return AlarmNames.filter((alarm) => active.has(alarm));
}

const activated = (names: string[]): string =>
  `One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the affected deployments have been stopped. Activated alarms: ${names.join(' ')}`;
