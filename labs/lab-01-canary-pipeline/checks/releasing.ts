import type { PipelineDeclaration, PipelineExecutionSummary } from '@aws-sdk/client-codepipeline';
import type { Account } from '../../../checker/account';
import { fail, type LeadUp, type Outcome, pass, pending } from '../../../checker/check';
import { deploymentsOf } from '../release/deployments';
import type { Live } from '../release/live';
import {
  answer,
  executionOf,
  failureIn,
  type Waiting,
  waitingApprovals,
} from '../release/pipeline';
import { currentRelease, filesOf, putRelease, tagOf, takeBack } from '../release/store';
import { releaseReads, releaseWrites } from './declared';
import { ours, proveOurs, whetherItIsQuiet } from './ours';
import { aMinutesOrders } from '../release/traffic';
import type { Variant } from '../release/variants';

/** Makes room: what waits for approval gives way to the drill's release. */
const reject: LeadUp = {
  async act(account) {
    const { pipeline } = await ours(account);
    for (const waiting of await waitingApprovals(account, pipeline)) {
      const summary = 'Gives way to a release of a drill of dop-labs';
      await answer(account, pipeline, { ...waiting, status: 'Rejected', summary });
    }
  },
};

const push =
  (variant: Variant): LeadUp['act'] =>
  async (account) => {
    const before = await currentRelease(account);
    const files = variant(filesOf(before), account.now().toISOString());
    account.memory.set('before', before.versionId);
    account.memory.set('tag', tagOf(files));
    const { live } = await ours(account);
    account.memory.set('known', new Set(await deploymentsOf(account, live)));
    account.memory.set('release', await putRelease(account, files));
  };

/** Puts a variant of the learner's own release. */
export const putting = (variant: Variant): LeadUp[] => [
  reject,
  // Who waited behind it has come up meanwhile.
  { ...reject, after: '1s' },
  { act: push(variant) },
];

/** Waits until the execution of the drill's release asks, and approves it. */
export const approving = (): LeadUp[] => [
  {
    act: async () => {},
    // An alarm that is still active from before would stop any deployment at once.
    until: { within: '30m', every: '15s', look: async (account) => whetherItIsQuiet(account) },
  },
  {
    act: async () => {},
    until: { within: '20m', every: '15s', look: async (account) => whetherItAsks(account) },
  },
  {
    async act(account) {
      const { pipeline } = await ours(account);
      const own = await ownApproval(account, pipeline);
      const summary = 'A release of a drill of dop-labs';
      if (own) await answer(account, pipeline, { ...own, status: 'Approved', summary });
    },
  },
];

/** A minute's orders to live in each of the first three minutes of a shift. */
export const ordering = (more: (account: Account, live: Live) => Promise<void>): LeadUp[] =>
  [undefined, '60s', '60s'].map((after) => ({
    ...(after && { after }),
    async act(account: Account) {
      const { live } = await ours(account);
      await aMinutesOrders(account, live);
      await more(account, live);
    },
  }));

/** What release.zip was is current again; an execution that still asks is rejected, a shift that still runs is stopped. */
async function restore(account: Account): Promise<void> {
  const { memory } = account;
  const [tag, after] = [memory.get('tag'), memory.get('before')];
  if (typeof tag !== 'string' || typeof after !== 'string') return;
  const { pipeline } = await ours(account);
  const own = await ownApproval(account, pipeline);
  if (own)
    await answer(account, pipeline, { ...own, status: 'Rejected', summary: 'The drill is over' });
  await stopShift(account);
  await takeBack(account, { tag, after });
}

/** Stops the drill's deployment while it runs, and has CodeDeploy take it back. */
export async function stopShift({ memory, codedeploy }: Account): Promise<void> {
  const deploymentId = memory.get('deployment');
  if (typeof deploymentId !== 'string') return;
  const { deploymentInfo } = await codedeploy.getDeployment({ deploymentId });
  if (deploymentInfo?.status !== 'InProgress') return;
  await codedeploy.stopDeployment({ deploymentId, autoRollbackEnabled: true });
}

/** What all drills that release something have in common. */
export const releaseDrill = {
  kind: 'drill',
  reads: releaseReads,
  writes: releaseWrites,
  eventually: { within: '90m', every: '10s' },
  prove: proveOurs,
  act: async () => {},
  undo: restore,
} as const;

/** The execution that took up the drill's release. */
export async function ownExecution(
  account: Account,
  { name }: { name: string },
): Promise<PipelineExecutionSummary | undefined> {
  const release = account.memory.get('release');
  return typeof release === 'string' ? executionOf(account, name, release) : undefined;
}

/** How the drill's execution failed, as an outcome. */
export async function stopped(
  account: Account,
  name: string,
  { pipelineExecutionId: id = '', status }: PipelineExecutionSummary,
): Promise<Outcome> {
  const failure = await failureIn(account, name, id);
  const told = failure ? ` in ${failure.stage}, ${failure.action}: ${failure.message}` : '';
  return fail({
    seen: `The execution ${id} of ${name} ended ${status}${told}.`,
    wanted: 'A sound release comes through.',
    where: `CodePipeline, ${name}, Execution history`,
    proof: {
      call: 'codepipeline:ListPipelineExecutions',
      resource: id,
      path: 'pipelineExecutionSummaries[].status',
      expected: 'InProgress',
      actual: status,
    },
  });
}

// --- internal ---

async function ownApproval(
  account: Account,
  pipeline: PipelineDeclaration & { name: string },
): Promise<Waiting | undefined> {
  const own = await ownExecution(account, pipeline);
  const waiting = await waitingApprovals(account, pipeline);
  return waiting.find(({ execution }) => execution === own?.pipelineExecutionId);
}

async function whetherItAsks(account: Account): Promise<Outcome> {
  const { pipeline } = await ours(account);
  if (await ownApproval(account, pipeline)) return pass(`${pipeline.name} asks for approval.`);
  const own = await ownExecution(account, pipeline);
  if (own && own.status !== 'InProgress') return stopped(account, pipeline.name, own);
  return pending(`${pipeline.name} has not come to the approval yet`, 'Within minutes.');
}
