import type { Account } from '../../../checker/account';
import { everyPage } from '../../../checker/pages';
import { deleteStack } from '../../../lib/deploy/stacks';
import { ordersStack } from '../release/live';
import { output } from '../release/output';
import { emptyBucket } from './buckets';

/** What no stack of the lab deletes: the service, releases and artifacts, reports, logs of functions and builds. */
export async function cleanUp(account: Account): Promise<void> {
  const project = output(account, 'BuildProjectName');
  await deleteStack(account.cloudformation, ordersStack(account));
  for (const key of ['ReleasesBucketName', 'ArtifactsBucketName']) {
    await emptyBucket(account, output(account, key));
  }
  await deleteReports(account, project);
  await deleteLogs(account, [
    `/aws/codebuild/${project}`,
    `/aws/lambda/${ordersStack(account)}-`,
    `/aws/lambda/CodeDeployHook_${ordersStack(account)}`,
  ]);
}

// --- internal ---

async function deleteReports({ codebuild }: Account, project: string): Promise<void> {
  const pages = await everyPage(
    (nextToken) => codebuild.listReportGroups({ nextToken }),
    ({ nextToken }) => nextToken,
  );
  const arns = pages.flatMap(({ reportGroups = [] }) => reportGroups);
  for (const arn of arns.filter((each) => each.includes(`:report-group/${project}-`))) {
    await codebuild.deleteReportGroup({ arn, deleteReports: true });
  }
}

async function deleteLogs({ logs }: Account, prefixes: string[]): Promise<void> {
  for (const logGroupNamePrefix of prefixes) {
    const { logGroups = [] } = await logs.describeLogGroups({ logGroupNamePrefix });
    for (const { logGroupName } of logGroups) await logs.deleteLogGroup({ logGroupName });
  }
}
