import type { Account } from '../../../checker/account';
import { everyPage } from '../../../checker/pages';
import { exceptionKey, exceptionsOf } from '../checks/automation';
import { findRemediation, groupIds } from '../checks/found';
import { deleteBystander } from './bystander';
import { deleteOpsItems } from './ops-items';

/** What no stack deletes: exceptions, OpsItems, the untagged group, what Config wrote into the lab's bucket. */
export async function cleanUp(account: Account): Promise<void> {
  await deleteExceptions(account);
  await deleteOpsItems(account);
  await deleteBystander(account);
  const { RecorderName, ConfigBucketName } = account.outputs;
  // A recorder that runs would write into the emptied bucket again.
  if (RecorderName) {
    await account.config.stopConfigurationRecorder({ ConfigurationRecorderName: RecorderName });
  }
  if (ConfigBucketName) await empty(account, ConfigBucketName);
}

// --- internal ---

async function deleteExceptions(account: Account): Promise<void> {
  const { ConfigRuleName = '' } = (await findRemediation(account)) ?? {};
  if (ConfigRuleName === '') return;
  const ids = await exceptionsOf(account, ConfigRuleName, Object.values(groupIds(account)));
  if (ids.length === 0) return;
  const ResourceKeys = ids.map(exceptionKey);
  await account.config.deleteRemediationExceptions({ ConfigRuleName, ResourceKeys });
}

async function empty({ s3 }: Account, Bucket: string): Promise<void> {
  const pages = await everyPage(
    (ContinuationToken) => s3.listObjectsV2({ Bucket, ContinuationToken }),
    ({ NextContinuationToken }) => NextContinuationToken,
  );
  for (const { Contents = [] } of pages) {
    const Objects = Contents.flatMap(({ Key }) => (Key === undefined ? [] : { Key }));
    if (Objects.length > 0) await s3.deleteObjects({ Bucket, Delete: { Objects } });
  }
}
