import type { PipelineExecutionSummary } from '@aws-sdk/client-codepipeline';
import type { Account } from '../../../checker/account';
import type { Release, Stages } from '../../../checker/lab';
import { alarmsOf, deploymentsOf, newShift, type Shift } from './deployments';
import { findLive, type Live, ordersStack, sharesText, weightsOf } from './live';
import { executionOf, failureIn, findPipeline } from './pipeline';
import { answerApprovals } from './settle';
import { currentRelease, filesOf, putRelease, tagOf, takeBack } from './store';
import { aMinutesOrders } from './traffic';
import { dead, good, poisoned, type Variant } from './variants';

/** Releases that a learner pushes by hand to watch what their pipeline does with them. */
export const releases: Record<string, Release> = {
  good: byHand(good, 'serves every order', ({ forward }) => forward?.status === 'Succeeded'),
  dead: byHand(
    dead,
    'throws on every call; its tests are green',
    ({ forward }) => forward?.status === 'Failed',
  ),
  poisoned: byHand(
    poisoned,
    'throws on orders marked "channel": "drill", which are sent meanwhile',
    ({ forward, back }) => forward?.status === 'Stopped' && back?.status === 'Succeeded',
  ),
};

// --- internal ---

type Expected = (shift: Shift) => boolean;

function byHand(variant: Variant, summary: string, expected: Expected): Release {
  return {
    summary,
    async push(account) {
      const before = await currentRelease(account);
      const changed = variant(filesOf(before), account.now().toISOString());
      const live = await findLive(account);
      account.memory.set('known', new Set(live ? await deploymentsOf(account, live) : []));
      account.memory.set('before', before.versionId);
      account.memory.set('tag', tagOf(changed));
      account.memory.set('release', await putRelease(account, changed));
    },
    async putBack(account) {
      const [tag, after] = [account.memory.get('tag'), account.memory.get('before')];
      await takeBack(account, { tag: String(tag), after: String(after) });
    },
    help,
    look: (account) => look(account, expected),
  };
}

/** Approves the release, and sends a minute's orders in every minute in which two versions serve. */
async function help(account: Account): Promise<void> {
  const pipeline = await findPipeline(account);
  if (pipeline) await answerApprovals(account, pipeline, String(account.memory.get('release')));
  const live = await findLive(account);
  if (!live || Object.keys((await weightsOf(account, live)).weights).length === 0) return;
  const last = account.memory.get('ordered');
  if (last instanceof Date && account.now().getTime() - last.getTime() < 60_000) return;
  account.memory.set('ordered', account.now());
  await aMinutesOrders(account, live);
}

async function look(account: Account, expected: Expected): Promise<Stages> {
  const [pipeline, live] = [await findPipeline(account), await findLive(account)];
  if (!pipeline?.name || !live) {
    return { lines: [], ended: { well: false, how: 'There is no pipeline that takes it up.' } };
  }
  const own = await executionOf(account, pipeline.name, String(account.memory.get('release')));
  const shift = await newShift(account, live, account.memory.get('known') as Set<string>);
  const lines = [
    ...(await stageLines(account, pipeline.name, own?.pipelineExecutionId)),
    ...(await serviceLines(account, live, shift)),
  ];
  if (!own || own.status === 'InProgress') return { lines };
  const how = await endOf(account, pipeline.name, own);
  const shares = sharesText(await weightsOf(account, live));
  return { lines, ended: { well: expected(shift), how: `${how} live: ${shares}.` } };
}

async function endOf(
  account: Account,
  name: string,
  { pipelineExecutionId = '', status }: PipelineExecutionSummary,
): Promise<string> {
  const failure = await failureIn(account, name, pipelineExecutionId);
  const told = failure ? ` in ${failure.stage}: ${failure.message.replace(/\.$/, '')}` : '';
  return `The execution ended ${status}${told}.`;
}

async function stageLines({ codepipeline }: Account, name: string, execution: string | undefined) {
  const { stageStates = [] } = await codepipeline.getPipelineState({ name });
  return stageStates.flatMap(({ stageName, latestExecution }) =>
    latestExecution?.pipelineExecutionId === execution && execution !== undefined
      ? [`${stageName}: ${latestExecution?.status}`]
      : [],
  );
}

async function serviceLines(account: Account, live: Live, { forward, back }: Shift) {
  const StackName = ordersStack(account);
  const { Stacks = [] } = await account.cloudformation.describeStacks({ StackName });
  return [
    ...(forward ? [`deployment ${forward.deploymentId}: ${forward.status}`] : []),
    ...(back ? [`deployment ${back.deploymentId}, which takes it back: ${back.status}`] : []),
    `live: ${sharesText(await weightsOf(account, live))}`,
    ...(await alarmLines(account, live)),
    `stack ${StackName}: ${Stacks[0]?.StackStatus}`,
  ];
}

const alarmLines = async (account: Account, live: Live): Promise<string[]> =>
  (await alarmsOf(account, live)).map(
    ({ AlarmName, StateValue }) => `alarm ${AlarmName}: ${StateValue}`,
  );
