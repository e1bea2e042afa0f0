import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import type { AlarmConfiguration, ErrorCode } from '@aws-sdk/client-codedeploy';
import { groupOf } from './find';
import { roleOf } from './lambda-alias';
import type { CodeDeployCall, Deployment } from './state';

/** Why a deployment ends, in CodeDeploy's code and words. */
export interface Problem {
  code: ErrorCode;
  message: string;
}

/**
 * The problem when a listed alarm is in ALARM (FACTS C1.8); INSUFFICIENT_DATA is none. Alarms that
 * the service role cannot read stop a deployment too, unless `ignorePollAlarmFailure`.
 */
export async function activeAlarms(
  deployment: Deployment,
  call: CodeDeployCall,
): Promise<Problem | undefined> {
  const configuration = configurationOf(deployment, call);
  const names = listedIn(configuration);
  if (names.length === 0) return undefined;
  try {
    const active = await inAlarm(names, deployment, call);
    return active.length > 0 ? { code: 'ALARM_ACTIVE', message: activated(active) } : undefined;
  } catch (error) {
    if (!(error instanceof Error && '$fault' in error)) throw error;
    return configuration.ignorePollAlarmFailure ? undefined : unreadable(error);
  }
}

/** Whether a deployment is to stop on the alarm of that name. */
export const lists = (deployment: Deployment, name: string, call: CodeDeployCall): boolean =>
  listedIn(configurationOf(deployment, call)).includes(name);

/** What CloudFormation takes back goes back whatever the alarms say: they are why it does. */
function configurationOf(deployment: Deployment, call: CodeDeployCall): AlarmConfiguration {
  if (deployment.creator === 'CloudFormationRollback') return {};
  return deployment.overrideAlarms ?? groupOf(deployment, call)?.info.alarmConfiguration ?? {};
}

const listedIn = ({ enabled, alarms = [] }: AlarmConfiguration): string[] =>
  enabled ? alarms.flatMap(({ name = [] }) => name) : [];

// Text unverified.
const unreadable = ({ message }: Error): Problem => ({
  code: 'IAM_ROLE_PERMISSIONS',
  message: `The alarms of the deployment group could not be read: ${message}`,
});

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
