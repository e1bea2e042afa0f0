import type { PipelineDeclaration } from '@aws-sdk/client-codepipeline';
import type { Account } from '../../../checker/account';
import { fail, type Outcome, pass } from '../../../checker/check';
import { alarmsOf } from '../release/deployments';
import { findLive, type Live, ordersStack } from '../release/live';
import { output } from '../release/output';
import { findPipeline } from '../release/pipeline';

/** The drill's own things; a check that they rest on has passed before. */
export async function ours(account: Account): Promise<{
  pipeline: PipelineDeclaration & { name: string };
  live: Live;
}> {
  const [pipeline, live] = [await findPipeline(account), await findLive(account)];
  if (!pipeline?.name || !live) throw new Error('the pipeline or the alias live is gone');
  return { pipeline: { ...pipeline, name: pipeline.name }, live };
}

/** Bucket and service are the lab's, by tag and by stack. */
export async function proveOurs(account: Account): Promise<void> {
  const Bucket = output(account, 'ReleasesBucketName');
  const { TagSet = [] } = await account.s3.getBucketTagging({ Bucket });
  const tags = new Map(TagSet.map(({ Key, Value }) => [Key, Value]));
  const isOfScene = tags.get('aws:cloudformation:stack-name') === `${account.lab}-scene`;
  if (tags.get('dop-labs:lab') !== account.lab || !isOfScene) {
    throw new Error(`${Bucket} is not tagged dop-labs:lab=${account.lab} by the scene`);
  }
  const { live } = await ours(account);
  if (!live.functionName.startsWith(`${ordersStack(account)}-`)) {
    throw new Error(`${live.functionName} is not of the stack ${ordersStack(account)}`);
  }
}

/** An alarm that is active before anything is released would stop any deployment at once. */
export async function whetherItIsQuiet(account: Account): Promise<Outcome> {
  const { live } = await ours(account);
  const alarms = await alarmsOf(account, live);
  const active = alarms.filter(({ StateValue }) => StateValue === 'ALARM');
  const names = active.map(({ AlarmName }) => AlarmName).join(', ');
  if (active.length === 0) return pass('No alarm of the deployment group is active.');
  return fail({
    seen: `${names} is in ALARM before anything is released.`,
    wanted: 'An alarm that is OK while customers get what they order.',
    where: 'CloudWatch, Alarms',
    proof: {
      call: 'cloudwatch:DescribeAlarms',
      resource: names,
      path: 'MetricAlarms[].StateValue',
      expected: 'OK',
      actual: 'ALARM',
    },
  });
}
