import type { DeploymentInfo } from '@aws-sdk/client-codedeploy';
import type { Account } from '../../../checker/account';
import { type Drill, fail, type Outcome, pass, pending } from '../../../checker/check';
import { type Shift, targetOf } from '../release/deployments';
import { type Live, sharesText, weightsOf } from '../release/live';
import { sendOrders } from '../release/traffic';
import { good, poisoned } from '../release/variants';
import { approving, ordering, ownExecution } from './releasing';
import { ours } from './ours';
import { undoes } from './declared';
import { putting, releaseDrill, stopped } from './releasing';
import { deploymentProof, deploymentText, notDeployed } from './shifting';
import { shifting, shiftOf, waitsForStack } from './shifting';

export const goodReleaseGoesOut: Drill = {
  ...releaseDrill,
  title: 'A sound release goes to a tenth of the orders and then to all of them',
  points: 7,
  needs: [
    'releaseStartsThePipeline',
    'approvalTellsTheTopic',
    'onlyTheDeployRoleIsPassed',
    'aTenthGoesFirst',
    'alarmFiresInTime',
    'alarmsStopADeployment',
    'stoppedDeploymentsGoBack',
    'hookMayAsk',
  ],
  objective: 'See a canary come through while something else errs.',
  hints: [
    'Look at how far the release came: Source, Build, Approval, Deploy, and then the deployment.',
    'CloudFormation publishes a version only when the logical id of AWS::Lambda::Version is new; CodeDeploy, Deployments has the lifecycle events and the hook, CloudWatch the alarm.',
    'Let package-template.js put the hash of app/ into the logical id; let the hook report Succeeded when the new version serves an order; let the alarm look at the Resource of live alone.',
  ],
  announce: `releases your service with a harmless change to app/, approves it, and sends 150 orders to live; ${undoes}`,
  leadUp: [
    ...putting(good),
    ...approving(),
    ...shifting(),
    // The unqualified function errs meanwhile: no customer calls it.
    ...ordering((account, { functionName }) => sendOrders(account, { functionName, calls: 3 })),
  ],
  async look(account) {
    const { pipeline, live } = await ours(account);
    const { forward } = await shiftOf(account, live);
    if (!forward) return notDeployed(account);
    const told = `The ${deploymentText(forward)}`;
    if (!isOver(forward.status)) return pending(told, 'Five minutes of canary.');
    if (forward.status !== 'Succeeded') return notSpared(told, forward);
    const unfinished = await notSucceeded(account, pipeline);
    if (unfinished) return unfinished;
    const shares = sharesText(await weightsOf(account, live));
    return pass(`${told}; live: ${shares}.`, deploymentProof(forward, 'Succeeded'));
  },
};

export const poisonedReleaseGoesBack: Drill = {
  ...releaseDrill,
  title: 'A release that fails on some orders is stopped by the alarm and taken back',
  points: 7,
  needs: ['goodReleaseGoesOut'],
  objective: 'Follow a rollback: alarm, stop, second deployment, alias, stack.',
  hints: [
    'Look at the first link that is missing: errors, alarm, stop, rollback, stack.',
    'CloudWatch shows whether the alarm fired within the five minutes; CodeDeploy whether the deployment stopped, and which one took it back.',
    'One period of 60 s with one datapoint, threshold 1, on Errors of live; alarms enabled in the group; rollback on DEPLOYMENT_STOP_ON_ALARM.',
  ],
  announce: `releases your service broken for marked orders, approves it, and sends 150 such orders to live; ${undoes}`,
  leadUp: [...putting(poisoned), ...approving(), ...shifting(), ...ordering(async () => {})],
  async look(account) {
    const { live } = await ours(account);
    const { forward, back } = await shiftOf(account, live);
    if (!forward) return notDeployed(account);
    const told = `The ${deploymentText(forward)}`;
    if (!isOver(forward.status)) return pending(told, 'Within the five minutes of the canary.');
    const proof = deploymentProof(forward, 'Stopped');
    const wrong = await notTakenBack(account, live, { forward, back });
    if (wrong !== undefined) {
      return fail({
        seen: `${told}, ${wrong}.`,
        wanted: 'Stopped by ALARM_ACTIVE, a deployment that takes it back, the alias as before.',
        where: `CodeDeploy, ${forward.deploymentId}; CloudWatch, Alarms`,
        proof,
      });
    }
    const after = `${told}; ${back?.deploymentId} took it back`;
    return (await waitsForStack(account, after)) ?? pass(`${after}.`, proof);
  },
};

// --- internal ---

/** The pipeline ends after CodeDeploy does; nothing once it has ended well. */
async function notSucceeded(account: Account, { name }: { name: string }) {
  const own = await ownExecution(account, { name });
  if (own?.status === 'Succeeded') return undefined;
  if (own?.status === 'InProgress') return pending(`${name} is finishing`, 'At once.');
  return stopped(account, name, own ?? {});
}

const notSpared = (told: string, forward: DeploymentInfo): Outcome =>
  fail({
    seen: `${told}, although no order to live failed.`,
    wanted: 'Succeeded: errors of the unqualified function are none of a customer.',
    where: `CodeDeploy, ${forward.deploymentId}; CloudWatch, Alarms, dimensions`,
    proof: deploymentProof(forward, 'Succeeded'),
  });

/** What is missing in the way back, if anything. */
async function notTakenBack(account: Account, live: Live, { forward, back }: Shift) {
  if (forward?.errorInformation?.code !== 'ALARM_ACTIVE') return 'although orders to it failed';
  if (!back) return 'and no deployment took it back';
  const { from } = await targetOf(account, live, forward.deploymentId ?? '');
  const shares = await weightsOf(account, live);
  const isBack = shares.version === from && Object.keys(shares.weights).length === 0;
  return isBack ? undefined : `and live is on ${sharesText(shares)}`;
}

const isOver = (status: string | undefined): boolean =>
  status === 'Succeeded' || status === 'Failed' || status === 'Stopped';
