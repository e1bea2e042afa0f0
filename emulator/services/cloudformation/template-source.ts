import type { S3 } from '@aws-sdk/client-s3';
import { validationError } from '../../cloudformation/errors';
import type { Caller } from '../../principal';
import type { CloudFormationCall } from './state';

export interface TemplateInput {
  TemplateBody?: string | undefined;
  TemplateURL?: string | undefined;
  UsePreviousTemplate?: boolean | undefined;
}

const longestBody = 51_200;
const longestObject = 1_000_000;

/** The body that a request means: inline, in a bucket, or the one the stack has. */
export async function readTemplate(
  call: CloudFormationCall,
  input: TemplateInput,
  previous?: string,
): Promise<string> {
  const { TemplateBody: body, TemplateURL: url, UsePreviousTemplate: usesPrevious } = input;
  if (usesPrevious && previous !== undefined) return storedTemplate(call, previous);
  if (body) return checkLength(body);
  if (url) return readObject(call, locate(url));
  throw validationError('Either Template URL or Template Body must be specified.');
}

/** A template as it was handed in. */
export const storedTemplate = (call: CloudFormationCall, ref: string): string =>
  new TextDecoder().decode(call.blobs.get(ref));

/** Keeps a body and answers where it lies. */
export const storeTemplate = (call: CloudFormationCall, body: string): string =>
  call.blobs.put(new TextEncoder().encode(body));

function checkLength(body: string): string {
  if (Buffer.byteLength(body) <= longestBody) return body;
  throw validationError(
    `1 validation error detected: Value '${body.slice(0, 1000)}' at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${longestBody}`,
  );
}

interface ObjectPlace {
  Bucket: string;
  Key: string;
  VersionId?: string;
}

/** Bucket and key of a URL, path style or virtual host, whatever the emulator is called by. */
function locate(templateUrl: string): ObjectPlace {
  if (!URL.canParse(templateUrl)) throw notSupported();
  const url = new URL(templateUrl);
  const path = decoded(url.pathname.slice(1));
  const host = /^(.+)\.(?:s3[.-].+|localhost)$/.exec(url.hostname)?.[1];
  const slash = path.indexOf('/');
  const [Bucket, Key] = host
    ? [host, path]
    : [path.slice(0, Math.max(0, slash)), path.slice(slash + 1)];
  if (!Bucket || !Key) throw notSupported();
  const version = url.searchParams.get('versionId');
  return version ? { Bucket, Key, VersionId: version } : { Bucket, Key };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw notSupported();
  }
}

const notSupported = (): Error => validationError('TemplateURL must be a supported URL.');

async function readObject(call: CloudFormationCall, place: ObjectPlace): Promise<string> {
  const caller: Caller = { principal: call.principal };
  try {
    const { Body: body } = await call.client<S3>('s3', caller).getObject(place);
    const text = (await body?.transformToString()) ?? '';
    if (Buffer.byteLength(text) <= longestObject) return text;
  } catch (error) {
    if (!(error instanceof Error) || !('$metadata' in error)) throw error;
    throw validationError(`S3 error: ${error.message}\n${furtherReading}`);
  }
  throw validationError(`Template may not exceed ${longestObject} bytes in size.`);
}

const furtherReading =
  'For more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html';
