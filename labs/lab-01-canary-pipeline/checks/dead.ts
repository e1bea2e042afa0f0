import type { DeploymentInfo } from '@aws-sdk/client-codedeploy';
import type { Account } from '../../../checker/account';
import { type Drill, fail, type Outcome, pass, pending } from '../../../checker/check';
import { targetOf } from '../release/deployments';
import type { Live } from '../release/live';
import { dead } from '../release/variants';
import { approving, putting, releaseDrill, stopShift } from './releasing';
import { ours } from './ours';
import { undoes } from './declared';
import { deploymentText, notDeployed, shiftOf, waitsForStack } from './shifting';

export const deadReleaseServesNobody: Drill = {
  ...releaseDrill,
  title: 'A release that fails on every call is stopped before it serves anybody',
  points: 6,
  needs: ['goodReleaseGoesOut'],
  objective: 'Let a hook ask the new version before a customer does.',
  hints: [
    'Look at which version the hook calls, and at what it tells CodeDeploy.',
    'CodeDeploy, the deployment, BeforeAllowTraffic; the log group of the hook. A FunctionError in the answer is no exception.',
    'Call the version that was just published (`!Ref` of AWS::Lambda::Version is its ARN), and put Failed when the answer has a FunctionError or is wrong.',
  ],
  announce: `releases your service broken on every call, and approves it; ${undoes}`,
  leadUp: [
    ...putting(dead),
    ...approving(),
    {
      act: async () => {},
      until: { within: '75m', every: '5s', look: async (account) => whetherItReported(account) },
    },
  ],
  // A hook that lets it pass would break live for everybody.
  async act(account) {
    const { live } = await ours(account);
    const { forward } = await shiftOf(account, live);
    account.memory.set('deployment', forward?.deploymentId);
    if (forward && (await hookOf(account, live, forward)) === 'Succeeded') await stopShift(account);
  },
  async look(account) {
    const { live } = await ours(account);
    const { forward } = await shiftOf(account, live);
    if (!forward) return notDeployed(account);
    const hook = await hookOf(account, live, forward);
    const told = `The ${deploymentText(forward)}`;
    const proof = {
      call: 'codedeploy:GetDeploymentTarget',
      resource: forward.deploymentId ?? '',
      path: 'deploymentTarget.lambdaTarget.lifecycleEvents[BeforeAllowTraffic].status',
      expected: 'Failed',
      actual: hook,
    };
    if (hook === 'Failed') {
      return (await waitsForStack(account, told)) ?? pass(`${told}; no order went to it.`, proof);
    }
    return fail({
      seen: `The hook ${live.hook} reported ${hook} for a version that throws on every call.`,
      wanted: 'BeforeAllowTraffic Failed, AllowTraffic Skipped: the alias never moves.',
      where: `CodeDeploy, ${forward.deploymentId}, lifecycle events; which version does the hook call?`,
      proof,
    });
  },
};

// --- internal ---

/** `Failed`, `Succeeded`, or that it has not said yet. */
const hookOf = async (account: Account, live: Live, { deploymentId = '' }: DeploymentInfo) =>
  (await targetOf(account, live, deploymentId)).events['BeforeAllowTraffic'] ?? 'Pending';

async function whetherItReported(account: Account): Promise<Outcome> {
  const { live } = await ours(account);
  const { forward } = await shiftOf(account, live);
  if (!forward) return notDeployed(account);
  const hook = await hookOf(account, live, forward);
  return hook === 'Failed' || hook === 'Succeeded'
    ? pass(`The hook reported ${hook}.`)
    : pending(`The ${deploymentText(forward)}, its hook is ${hook}`, 'Within minutes.');
}
