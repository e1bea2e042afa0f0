import type { Account } from '../../../checker/account';

/** Deletes every version of every object; a bucket that is not there is empty. */
export async function emptyBucket({ s3 }: Account, Bucket: string): Promise<void> {
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await s3.listObjectVersions({ Bucket });
    const Objects = [...Versions, ...DeleteMarkers].flatMap(({ Key, VersionId }) =>
      Key === undefined ? [] : { Key, VersionId },
    );
    if (Objects.length === 0) return;
    await s3.deleteObjects({ Bucket, Delete: { Objects } });
  }
}
