import type { Account } from '../../../checker/account';
import { everyPage } from '../../../checker/pages';
import { deleteBystander } from './bystander';

/** What no stack deletes: the untagged group, and what Config wrote into the lab's bucket. */
export async function cleanUp(account: Account): Promise<void> {
  await deleteBystander(account);
  const { RecorderName, ConfigBucketName } = account.outputs;
  // A recorder that runs would write into the emptied bucket again.
  if (RecorderName) {
    await account.config.stopConfigurationRecorder({ ConfigurationRecorderName: RecorderName });
  }
  if (ConfigBucketName) await empty(account, ConfigBucketName);
}

// --- internal ---

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
