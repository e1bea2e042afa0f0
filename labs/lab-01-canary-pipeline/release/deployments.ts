import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { DeploymentGroupInfo, DeploymentInfo } from '@aws-sdk/client-codedeploy';
import type { Account } from '../../../checker/account';
import { everyPage } from '../../../checker/pages';
import type { Live } from './live';

/** The deployment group that the alias's UpdatePolicy names, if it is there. */
export async function groupOf(
  { codedeploy }: Account,
  { application, group }: Live,
): Promise<DeploymentGroupInfo | undefined> {
  if (!application || !group) return undefined;
  try {
    const { deploymentGroupInfo } = await codedeploy.getDeploymentGroup({
      applicationName: application,
      deploymentGroupName: group,
    });
    return deploymentGroupInfo;
  } catch (error) {
    if (error instanceof Error && error.name.endsWith('DoesNotExistException')) return undefined;
    throw error;
  }
}

/** What happened to one release: the deployment that took it out, and the one that took it back. */
export interface Shift {
  forward?: DeploymentInfo | undefined;
  back?: DeploymentInfo | undefined;
}

/** Ids of all deployments of the alias's group so far. */
export async function deploymentsOf({ codedeploy }: Account, live: Live): Promise<string[]> {
  const { application: applicationName, group: deploymentGroupName } = live;
  if (!applicationName || !deploymentGroupName) return [];
  const pages = await everyPage(
    (nextToken) => codedeploy.listDeployments({ applicationName, deploymentGroupName, nextToken }),
    ({ nextToken }) => nextToken,
  );
  return pages.flatMap(({ deployments = [] }) => deployments);
}

/**
 * Finds the deployments of the alias's group besides those that were known before a release.
 * CloudFormation starts one too when it rolls the stack back, so that "the latest" would be the
 * wrong one: who triggered which is in `rollbackInfo` (FACTS C1.8).
 */
export async function newShift(
  account: Account,
  live: Live,
  known: ReadonlySet<unknown>,
): Promise<Shift> {
  const { codedeploy } = account;
  const deploymentIds = (await deploymentsOf(account, live)).filter((id) => !known.has(id));
  if (deploymentIds.length === 0) return {};
  const { deploymentsInfo = [] } = await codedeploy.batchGetDeployments({ deploymentIds });
  const forward = deploymentsInfo
    .toSorted((one, other) => Number(one.createTime) - Number(other.createTime))
    .find(
      ({ creator, rollbackInfo }) =>
        creator === 'CloudFormation' && !rollbackInfo?.rollbackTriggeringDeploymentId,
    );
  const back = deploymentsInfo.find(
    ({ rollbackInfo }) =>
      forward && rollbackInfo?.rollbackTriggeringDeploymentId === forward.deploymentId,
  );
  return { forward, back };
}

/** How each lifecycle event of a deployment ended, and the share that the new version has. */
export async function targetOf(
  { codedeploy }: Account,
  { functionName, alias }: Live,
  deploymentId: string,
) {
  const { deploymentTarget } = await codedeploy.getDeploymentTarget({
    deploymentId,
    targetId: `${functionName}:${alias}`,
  });
  const { lifecycleEvents = [], lambdaFunctionInfo } = deploymentTarget?.lambdaTarget ?? {};
  const events = Object.fromEntries(
    lifecycleEvents.map(({ lifecycleEventName = '', status = '' }) => [lifecycleEventName, status]),
  );
  return {
    events,
    from: lambdaFunctionInfo?.currentVersion,
    to: lambdaFunctionInfo?.targetVersion,
  };
}

/** The alarms that the group lists, whether they are enabled there or not. */
export async function alarmsOf(account: Account, live: Live): Promise<MetricAlarm[]> {
  const group = await groupOf(account, live);
  const AlarmNames = (group?.alarmConfiguration?.alarms ?? []).flatMap(({ name }) => name ?? []);
  if (AlarmNames.length === 0) return [];
  const { MetricAlarms = [] } = await account.cloudwatch.describeAlarms({ AlarmNames });
  return MetricAlarms;
}
