import type { S3 } from '@aws-sdk/client-s3';
import type { ActionContext, ActionProvider } from './provider';

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-S3.html */
export const s3Source: ActionProvider = {
  category: 'Source',
  owner: 'AWS',
  provider: 'S3',
  inputs: [0, 0],
  outputs: [1, 1],

  async start(context) {
    const found = await fetch(context);
    const [output] = context.run.declaration.outputArtifacts ?? [];
    const extension = extensionOf(found.ObjectKey);
    const artifact = await context.write(output?.name ?? '', found.content, extension);
    const summary = `Amazon S3 version id: ${found.VersionId}`;
    context.pipeline.polled.set(context.run.declaration.name ?? '', found.VersionId);
    const { content: _stored, createdAt, ...outputVariables } = found;
    return {
      status: 'Succeeded',
      externalId: found.VersionId,
      summary,
      outputs: [{ ...artifact, revision: { id: found.VersionId, summary, createdAt } }],
      outputVariables,
    };
  },
};

interface Fetched {
  BucketName: string;
  ObjectKey: string;
  VersionId: string;
  ETag: string;
  content: Uint8Array;
  createdAt: Date;
}

async function fetch(context: ActionContext): Promise<Fetched> {
  const { S3Bucket = '', S3ObjectKey = '' } = context.configuration;
  const { key = S3ObjectKey, version } = overrideOf(context);
  const s3 = await context.client<S3>('s3');
  await checkVersioning(s3, S3Bucket);
  const found = await s3.getObject({ Bucket: S3Bucket, Key: key, VersionId: version });
  return {
    BucketName: S3Bucket,
    ObjectKey: key,
    VersionId: found.VersionId ?? '',
    ETag: (found.ETag ?? '').replaceAll('"', ''),
    content: found.Body ? await found.Body.transformToByteArray() : new Uint8Array(),
    createdAt: found.LastModified ?? context.call.now(),
  };
}

async function checkVersioning(s3: S3, Bucket: string): Promise<void> {
  const { Status } = await s3.getBucketVersioning({ Bucket });
  // text unverified
  if (Status !== 'Enabled') throw new Error(`The bucket ${Bucket} must have versioning enabled.`);
}

const extensionOf = (key: string): string => /\.[a-z0-9]+$/i.exec(key)?.[0] ?? '';

interface Override {
  key: string | undefined;
  version: string | undefined;
}

/** What StartPipelineExecution said of this source. */
function overrideOf({ execution, run }: ActionContext): Override {
  const own = execution.overrides.filter(({ actionName }) => actionName === run.declaration.name);
  const of = (type: string) => own.find(({ revisionType }) => revisionType === type)?.revisionValue;
  const key = of('S3_OBJECT_KEY');
  const version = of('S3_OBJECT_VERSION_ID');
  return { key, version };
}
