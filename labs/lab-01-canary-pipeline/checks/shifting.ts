import type { DeploymentInfo } from '@aws-sdk/client-codedeploy';
import type { Account } from '../../../checker/account';
import { fail, type LeadUp, type Outcome, pass, pending } from '../../../checker/check';
import { newShift, type Shift } from '../release/deployments';
import { type Live, ordersStack, sharesText, weightsOf } from '../release/live';
import { ownExecution, stopped } from './releasing';
import { ours } from './ours';

/** What CodeDeploy does with the drill's release. */
export async function shiftOf(account: Account, live: Live): Promise<Shift> {
  const known = account.memory.get('known');
  return known instanceof Set ? newShift(account, live, known) : {};
}

/** Waits until a share of the orders goes to the new version. */
export const shifting = (): LeadUp[] => [
  {
    act: async () => {},
    until: { within: '75m', every: '5s', look: async (account) => whetherItShifts(account) },
  },
  {
    // What undo must stop, should the drill be cut short.
    async act(account) {
      const { live } = await ours(account);
      account.memory.set('deployment', (await shiftOf(account, live)).forward?.deploymentId);
    },
  },
];

/** A deployment's id, status and CodeDeploy's own words. */
export function deploymentText({ deploymentId, status, errorInformation }: DeploymentInfo): string {
  const { code, message } = errorInformation ?? {};
  return `deployment ${deploymentId} is ${status}${code ? ` (${code}: ${message})` : ''}`;
}

export const deploymentProof = (
  { deploymentId = '', status }: DeploymentInfo,
  expected: string,
) => ({
  call: 'codedeploy:BatchGetDeployments',
  resource: deploymentId,
  path: 'deploymentsInfo[].status',
  expected,
  actual: status ?? 'not known',
});

/** No deployment, although the execution is over: the alias was not touched. */
export async function notDeployed(account: Account): Promise<Outcome> {
  const { pipeline, live } = await ours(account);
  const own = await ownExecution(account, pipeline);
  if (own?.status === 'InProgress') {
    return pending(`CodeDeploy has not begun to move ${live.arn}`, 'Within minutes.');
  }
  if (own && own.status !== 'Succeeded') return stopped(account, pipeline.name, own);
  const shares = sharesText(await weightsOf(account, live));
  return fail({
    seen: `The execution of ${pipeline.name} succeeded, and no deployment moved live: ${shares}.`,
    wanted: 'A new version for each change of app/, and a deployment that moves live to it.',
    where:
      'CloudFormation, lab-01-orders: the logical id of AWS::Lambda::Version must change with the code',
    proof: {
      call: 'codedeploy:ListDeployments',
      resource: live.group ?? '',
      path: 'deployments',
      expected: 'one that CloudFormation created',
      actual: 'none',
    },
  });
}

/** CloudFormation takes the stack back as well; nothing once it has. */
export async function waitsForStack(account: Account, told: string): Promise<Outcome | undefined> {
  const StackName = ordersStack(account);
  const { Stacks: [stack] = [] } = await account.cloudformation.describeStacks({ StackName });
  const status = stack?.StackStatus ?? 'not there';
  if (status === 'UPDATE_ROLLBACK_COMPLETE') return undefined;
  if (/_IN_PROGRESS/.test(status)) return pending(`${told}; ${StackName} is ${status}`, 'Soon.');
  return fail({
    seen: `${told}; ${StackName} is ${status}.`,
    wanted: 'UPDATE_ROLLBACK_COMPLETE.',
    where: `CloudFormation, ${StackName}, Events`,
    proof: {
      call: 'cloudformation:DescribeStacks',
      resource: StackName,
      path: 'Stacks[0].StackStatus',
      expected: 'UPDATE_ROLLBACK_COMPLETE',
      actual: status,
    },
  });
}

// --- internal ---

async function whetherItShifts(account: Account): Promise<Outcome> {
  const { live } = await ours(account);
  const { forward } = await shiftOf(account, live);
  if (!forward) return notDeployed(account);
  if (forward.status === 'Succeeded' || forward.status === 'Stopped') {
    return pass(`${deploymentText(forward)}.`);
  }
  if (forward.status === 'Failed') {
    return fail({
      seen: `The ${deploymentText(forward)}.`,
      wanted: 'A hook that lets a release pass which serves orders.',
      where: `CodeDeploy, ${forward.deploymentId}, Deployment lifecycle events; the logs of ${live.hook}`,
      proof: deploymentProof(forward, 'InProgress'),
    });
  }
  const shares = await weightsOf(account, live);
  if (Object.keys(shares.weights).length > 0) return pass(`live: ${sharesText(shares)}.`);
  return pending(`The ${deploymentText(forward)}, live: ${sharesText(shares)}`, 'Within minutes.');
}
