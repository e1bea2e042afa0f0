import type { PipelineDeclaration } from '@aws-sdk/client-codepipeline';
import type { Account } from '../../../checker/account';
import type { AnswerFiles } from '../../../checker/lab';
import { durationOf } from '../../../lib/duration';
import type { TargetClock } from '../../../lib/targets/target';
import { zipped } from './archive';
import { answer, executionOf, failureIn, findPipeline, waitingApprovals } from './pipeline';
import { currentRelease, putRelease, releaseKey } from './store';

/** Puts release.zip unless it lies there already. */
export async function deliver(account: Account, files: AnswerFiles): Promise<string> {
  const { bytes } = await currentRelease(account);
  if (Buffer.from(bytes).equals(zipped(files))) {
    return `${releaseKey} is as the files are; it was not put again.`;
  }
  await putRelease(account, files);
  return `${releaseKey} is put; the pipeline takes it up and waits for your approval.`;
}

/** Approves the release that lies in the bucket, rejects others, and waits until it is out. */
export async function settle(account: Account, clock: TargetClock): Promise<void> {
  const pipeline = await findPipeline(account);
  if (!pipeline) return;
  const { versionId } = await currentRelease(account);
  const until = clock.now().getTime() + durationOf('3h');
  let status = await step(account, pipeline, versionId);
  while (!ended.has(status) && clock.now().getTime() < until) {
    const moved = await clock.wait(durationOf('90m'));
    const before = status;
    status = await step(account, pipeline, versionId);
    // Nothing is due, and nothing has changed: nothing will.
    if (!moved && status === before && status !== 'answered') break;
  }
  if (status !== 'Succeeded') throw new Error(await whyNot(account, pipeline, versionId));
}

// --- internal ---

const ended = new Set(['Succeeded', 'Failed', 'Stopped', 'Superseded', 'Cancelled']);

/** How far the release is, or `answered` when that has just changed. */
async function step(
  account: Account,
  pipeline: PipelineDeclaration,
  versionId: string,
): Promise<string> {
  const own = await executionOf(account, pipeline.name ?? '', versionId);
  const isAnswered = await answerApprovals(account, pipeline, versionId);
  return isAnswered ? 'answered' : (own?.status ?? 'not begun');
}

/** Approves the execution of one release and rejects others; whether anything asked. */
export async function answerApprovals(
  account: Account,
  pipeline: PipelineDeclaration,
  versionId: string,
): Promise<boolean> {
  const own = await executionOf(account, pipeline.name ?? '', versionId);
  const waiting = await waitingApprovals(account, pipeline);
  for (const each of waiting) {
    const isOwn = each.execution === own?.pipelineExecutionId;
    await answer(account, pipeline, { ...each, ...(isOwn ? approved : rejected) });
  }
  return waiting.length > 0;
}

const approved = { status: 'Approved', summary: 'The release that was just put' } as const;

const rejected = { status: 'Rejected', summary: 'A newer release takes its place' } as const;

async function whyNot(account: Account, { name = '' }: PipelineDeclaration, versionId: string) {
  const own = await executionOf(account, name, versionId);
  if (!own?.pipelineExecutionId) return `${name} has not taken it up`;
  const failure = await failureIn(account, name, own.pipelineExecutionId);
  const told = failure ? `, in ${failure.stage}/${failure.action}: ${failure.message}` : '';
  return `the release has not come out: the execution ${own.pipelineExecutionId} of ${name} is ${own.status}${told}`;
}
