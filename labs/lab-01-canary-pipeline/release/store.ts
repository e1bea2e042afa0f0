import { createHash } from 'node:crypto';
import type { Account } from '../../../checker/account';
import type { AnswerFiles } from '../../../checker/lab';
import { everyPage } from '../../../checker/pages';
import { unzipped, zipped } from './archive';
import { output } from './output';

/** What the source of the pipeline watches. */
export const releaseKey = 'release.zip';

interface Stored {
  bytes: Uint8Array;
  versionId: string;
}

/** The release that lies in the bucket now. */
export async function currentRelease(account: Account): Promise<Stored> {
  const { Body, VersionId = '' } = await account.s3.getObject(placeOf(account));
  return { bytes: (await Body?.transformToByteArray()) ?? new Uint8Array(), versionId: VersionId };
}

export const filesOf = ({ bytes }: Stored): AnswerFiles => unzipped(bytes);

/** Puts a release and answers its version id, which names the execution that takes it up. */
export async function putRelease(account: Account, files: AnswerFiles): Promise<string> {
  const { VersionId = '' } = await account.s3.putObject({
    ...placeOf(account),
    Body: zipped(files),
  });
  return VersionId;
}

/** What S3 answers as the ETag of these files. */
export const tagOf = (files: AnswerFiles): string =>
  createHash('md5').update(zipped(files)).digest('hex');

/** Deletes the versions that were put after one of them and bear a tag: the one before is current again. */
export async function takeBack(
  account: Account,
  { tag, after }: { tag: string; after: string },
): Promise<void> {
  const { Bucket } = placeOf(account);
  const pages = await everyPage(
    (KeyMarker) => account.s3.listObjectVersions({ Bucket, Prefix: releaseKey, KeyMarker }),
    ({ NextKeyMarker }) => NextKeyMarker,
  );
  const versions = pages.flatMap(({ Versions = [] }) => Versions);
  const newer = versions.slice(
    0,
    versions.findIndex(({ VersionId }) => VersionId === after),
  );
  for (const { ETag = '', VersionId } of newer) {
    if (ETag.replaceAll('"', '') !== tag) continue;
    await account.s3.deleteObject({ ...placeOf(account), VersionId });
  }
}

// --- internal ---

const placeOf = (account: Account) => ({
  Bucket: output(account, 'ReleasesBucketName'),
  Key: releaseKey,
});
