import { findLive, weightsOf } from '../../labs/lab-01-canary-pipeline/release/live';
import { findPipeline } from '../../labs/lab-01-canary-pipeline/release/pipeline';
import { answerApprovals } from '../../labs/lab-01-canary-pipeline/release/settle';
import { putRelease } from '../../labs/lab-01-canary-pipeline/release/store';
import type { AnswerFiles } from '../../checker/lab';
import type { Learner } from '../../test/support/proof/learner';

/** What was seen at one moment of a shift. */
export interface Moment {
  /** Since the release was approved. */
  seconds: number;
  /** Share of the new version, 0 to 1. */
  weight: number;
  /** Orders that failed since the moment before. */
  errors: number;
}

const step = 15;
const ordersAStep = 20;

/** Releases files and follows the alias for seven minutes, with customers all the while. */
export async function follow(learner: Learner, changed: AnswerFiles): Promise<Moment[]> {
  const account = await learner.account();
  const before = await findLive(account);
  const old = before && (await weightsOf(account, before)).version;
  const release = await putRelease(account, changed);
  await learner.here.clock.settle();
  const pipeline = await findPipeline(account);
  if (!pipeline || !before) throw new Error('the solution of lab-01 is not there');
  await answerApprovals(account, pipeline, release);
  await learner.here.clock.settle();
  const moments: Moment[] = [];
  for (let seconds = 0; seconds <= 7 * 60; seconds += step) {
    const { version, weights } = await weightsOf(account, before);
    const weight = version === old ? (Object.values(weights)[0] ?? 0) : 1;
    const errors = await failedOrders(learner, before.functionName);
    moments.push({ seconds, weight, errors });
    await learner.here.clock.advance(step * 1000);
  }
  return moments;
}

async function failedOrders(learner: Learner, FunctionName: string): Promise<number> {
  const { lambda } = await learner.account();
  const Payload = Buffer.from(JSON.stringify({ item: 'tea', quantity: 2, channel: 'drill' }));
  let failed = 0;
  for (let order = 0; order < ordersAStep; order += 1) {
    const { FunctionError } = await lambda.invoke({ FunctionName, Qualifier: 'live', Payload });
    if (FunctionError) failed += 1;
  }
  return failed;
}
