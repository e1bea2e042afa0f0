import {
  type AlarmConfiguration,
  AlarmsLimitExceededException,
  type AutoRollbackConfiguration,
  type AutoRollbackEvent,
  type ComputePlatform,
  type DeploymentStyle,
  InvalidAlarmConfigException,
  InvalidAutoRollbackConfigException,
  InvalidDeploymentGroupNameException,
  InvalidDeploymentStyleException,
  InvalidRoleException,
  InvalidTriggerConfigException,
  RoleRequiredException,
  type TriggerConfig,
  TriggerTargetsLimitExceededException,
} from '@aws-sdk/client-codedeploy';
import { awsError } from '../../errors';
import { refuse } from '../../refuse';

// Where no source is named, a text could not be verified.

/** https://docs.aws.amazon.com/codedeploy/latest/userguide/limits.html */
export function checkGroupName(name: string): void {
  if (name.length > 100 || !/^[A-Za-z0-9._+=,@-]+$/.test(name))
    throw refuse(InvalidDeploymentGroupNameException, `Invalid deployment group name ${name}`);
}

export function checkRole(role: string | undefined): asserts role is string {
  if (!role) throw refuse(RoleRequiredException, 'Role ARN is required');
  if (!/^arn:[^:]+:iam::\d{12}:role\/.+/.test(role))
    throw refuse(InvalidRoleException, `The role ${role} is not a valid role ARN`);
}

/** Lambda and ECS know only the shift of traffic (FACTS C1.5). */
export function checkStyle(platform: ComputePlatform, style: DeploymentStyle | undefined): void {
  if (platform === 'Server') return;
  const { deploymentType, deploymentOption } = style ?? {};
  if (deploymentType === 'BLUE_GREEN' && deploymentOption === 'WITH_TRAFFIC_CONTROL') return;
  throw refuse(
    InvalidDeploymentStyleException,
    `For ${platform} deployment group, deployment type can be set to BLUE_GREEN only and deployment option to WITH_TRAFFIC_CONTROL only`,
  );
}

const rollbackEvents: AutoRollbackEvent[] = [
  'DEPLOYMENT_FAILURE',
  'DEPLOYMENT_STOP_ON_ALARM',
  'DEPLOYMENT_STOP_ON_REQUEST',
];

export function checkRollback(configuration: AutoRollbackConfiguration | undefined): void {
  if (!configuration) return;
  const { enabled = false, events = [] } = configuration;
  const areKnown = events.every((event) => rollbackEvents.includes(event));
  if (enabled !== events.length > 0 || !areKnown)
    throw refuse(
      InvalidAutoRollbackConfigException,
      'Automatic rollback configuration is not valid: if it is enabled it needs events, and without being enabled it has none',
    );
}

export function checkAlarms(configuration: AlarmConfiguration | undefined): void {
  if (!configuration) return;
  const { enabled, alarms = [] } = configuration;
  if (alarms.length > 10)
    throw refuse(
      AlarmsLimitExceededException,
      'The maximum number of alarms for a deployment group (10) was exceeded',
    );
  const names = alarms.map(({ name }) => String(name));
  const isNamed = names.every((name) => /^.{1,255}$/.test(name));
  if (!isNamed || (enabled && names.length === 0))
    throw refuse(InvalidAlarmConfigException, 'The alarm configuration is not valid');
  if (new Set(names).size !== names.length)
    throw refuse(InvalidAlarmConfigException, 'The alarm configuration names an alarm twice');
}

export function checkTriggers(triggers: readonly TriggerConfig[] = []): void {
  if (triggers.length > 10)
    throw refuse(
      TriggerTargetsLimitExceededException,
      'The maximum number of triggers for a deployment group (10) was exceeded',
    );
  if (!triggers.every(isTrigger))
    throw refuse(InvalidTriggerConfigException, 'The trigger configuration is not valid');
}

const isTrigger = ({ triggerName, triggerTargetArn, triggerEvents }: TriggerConfig): boolean =>
  Boolean(triggerName && triggerEvents?.length) && /^arn:[^:]+:sns:/.test(triggerTargetArn ?? '');

/** What needs instances or containers is told so, instead of being kept and never acted upon. */
export function refuseFleets(input: object): void {
  const names = ['autoScalingGroups', 'ecsServices', 'loadBalancerInfo'] as const;
  const given = names.find((name) => {
    const value = (input as Record<string, unknown>)[name];
    return Array.isArray(value) ? value.length > 0 : value !== undefined;
  });
  if (given)
    throw awsError('ValidationException', `${given} of a deployment group is not emulated`);
}
