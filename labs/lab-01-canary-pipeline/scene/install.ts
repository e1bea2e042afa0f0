import type { Account } from '../../../checker/account';
import type { AnswerFiles } from '../../../checker/lab';
import { deleteStack, finishedStack } from '../../../lib/deploy/stacks';
import { ordersStack } from '../release/live';
import { output } from '../release/output';
import { putRelease, releaseKey } from '../release/store';
import { emptyBucket } from './buckets';

/** Deploys the service as it was before there was a pipeline: by hand, all at once. */
export async function install(account: Account, files: AnswerFiles): Promise<void> {
  const { cloudformation, lab } = account;
  const StackName = ordersStack(account);
  const Bucket = output(account, 'ReleasesBucketName');
  await deleteStack(cloudformation, StackName);
  await emptyBucket(account, Bucket);
  await putRelease(account, files);
  await cloudformation.createStack({
    StackName,
    TemplateBody: Buffer.from(files['template.yaml'] ?? '').toString(),
    Parameters: [
      { ParameterKey: 'CodeBucket', ParameterValue: Bucket },
      { ParameterKey: 'CodeKey', ParameterValue: releaseKey },
    ],
    Capabilities: ['CAPABILITY_NAMED_IAM'],
    Tags: [{ Key: 'dop-labs:lab', Value: lab }],
  });
  const stack = await finishedStack(cloudformation, StackName);
  if (stack?.StackStatus !== 'CREATE_COMPLETE') {
    throw new Error(`${StackName} ended ${stack?.StackStatus}: ${stack?.StackStatusReason}`);
  }
}
