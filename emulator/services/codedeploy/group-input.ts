import {
  type Alarm,
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
import { refuse } from '../../refuse';
import { groupNameRequired } from './find';

// Texts that are not called unverified were measured on AWS by
// https://github.com/badmintoncryer/cdk-preflight (rules/codedeploy).

/** https://docs.aws.amazon.com/codedeploy/latest/userguide/limits.html; texts unverified. */
export function checkGroupName(name: string | undefined): asserts name is string {
  if (!name) throw groupNameRequired();
  if (name.length > 100 || !/^[A-Za-z0-9._+=,@-]+$/.test(name))
    throw refuse(InvalidDeploymentGroupNameException, `Invalid deployment group name ${name}`);
}

/** Texts unverified. */
export function checkRole(role: string | undefined): asserts role is string {
  if (!role) throw refuse(RoleRequiredException, 'Role ARN is missing');
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
    `For ${platform.toUpperCase()} deployment, the deployment type must be BLUE_GREEN, and deployment option must be WITH_TRAFFIC_CONTROL.`,
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
  if (enabled && events.length === 0)
    throw rollback(
      'Deployment Groups need to have at least one event specified when auto rollback is enabled',
    );
  const unknown = events.find((event) => !rollbackEvents.includes(event));
  if (unknown) throw rollback(`The automatic rollback event ${unknown} is not valid`); // text unverified
}

const rollback = (message: string) => refuse(InvalidAutoRollbackConfigException, message);

export function checkAlarms({ enabled, alarms }: AlarmConfiguration = {}): void {
  if (enabled) checkThereAre(alarms);
  checkAlarmNames((alarms ?? []).map(({ name }) => name ?? ''));
}

function checkThereAre(alarms: Alarm[] | undefined): void {
  if (!alarms) throw alarm('Alarm list cannot be null.');
  if (alarms.length === 0)
    throw alarm(
      'Deployment Groups need to have at least one alarms attached if they are monitored.',
    );
}

/** Texts unverified. */
function checkAlarmNames(names: string[]): void {
  if (names.length > 10)
    throw refuse(
      AlarmsLimitExceededException,
      'The maximum number of alarms for a deployment group (10) was exceeded',
    );
  if (!names.every((name) => /^.{1,255}$/.test(name)))
    throw alarm('The alarm configuration is not valid');
  if (new Set(names).size !== names.length)
    throw alarm('The alarm configuration names an alarm twice');
}

const alarm = (message: string) => refuse(InvalidAlarmConfigException, message);

export function checkTriggers(triggers: readonly TriggerConfig[] = []): void {
  if (triggers.length > 10)
    throw refuse(
      TriggerTargetsLimitExceededException,
      'Deployment Groups cannot contain more than 10 TriggerTargets.',
    );
  const topics = triggers.map(({ triggerTargetArn }) => triggerTargetArn);
  if (new Set(topics).size !== topics.length)
    throw refuse(InvalidTriggerConfigException, 'Duplicate Trigger target arn detected');
  if (!triggers.every(isTrigger))
    // text unverified
    throw refuse(InvalidTriggerConfigException, 'The trigger configuration is not valid');
}

const isTrigger = ({ triggerName, triggerTargetArn, triggerEvents }: TriggerConfig): boolean =>
  Boolean(triggerName && triggerEvents?.length) && /^arn:[^:]+:sns:/.test(triggerTargetArn ?? '');
