import { createHash } from 'node:crypto';
import type { S3 } from '@aws-sdk/client-s3';
import { unzipSync } from 'fflate';
import { invalid } from './errors';
import type { LambdaCall, Package } from './state';

const largestUnzipped = 262_144_000;

interface Source {
  ZipFile?: Uint8Array | undefined;
  S3Bucket?: string | undefined;
  S3Key?: string | undefined;
  S3ObjectVersion?: string | undefined;
  ImageUri?: string | undefined;
}

/** Takes a deployment package in: from the request, or from S3 as the caller. */
export async function readPackage(source: Source, call: LambdaCall): Promise<Package> {
  if (source.ImageUri !== undefined)
    throw invalid('Functions from container images are not emulated; use a zip.');
  const zip = source.ZipFile ?? (await fromS3(source, call));
  // Text unverified.
  if (!zip) throw invalid('Please provide a source for function code.');
  checkZip(zip);
  return {
    blob: call.blobs.put(zip),
    sha256: createHash('sha256').update(zip).digest('base64'),
    size: zip.length,
  };
}

async function fromS3(source: Source, call: LambdaCall): Promise<Uint8Array | undefined> {
  const { S3Bucket: Bucket, S3Key: Key, S3ObjectVersion: VersionId } = source;
  if (Bucket === undefined || Key === undefined) return undefined;
  try {
    const { Body } = await call.client<S3>('s3').getObject({ Bucket, Key, VersionId });
    return await Body?.transformToByteArray();
  } catch (error) {
    if (!(error instanceof Error && ('$fault' in error || error.name === 'InvalidBucketName')))
      throw error;
    throw invalid(
      `Error occurred while GetObject. S3 Error Code: ${error.name}. S3 Error Message: ${error.message}`,
    );
  }
}

function checkZip(zip: Uint8Array): void {
  let size = 0;
  try {
    unzipSync(zip, {
      filter: ({ originalSize }) => {
        size += originalSize;
        return false;
      },
    });
  } catch {
    throw invalid(
      'Could not unzip uploaded file. Please check your file, then try to upload again.',
    );
  }
  if (size === 0) throw invalid('Uploaded file must be a non-empty zip');
  if (size > largestUnzipped)
    throw invalid(`Unzipped size must be smaller than ${largestUnzipped} bytes`);
}
