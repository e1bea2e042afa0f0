import type { ArtifactStore } from '@aws-sdk/client-codepipeline';
import type { S3 } from '@aws-sdk/client-s3';
import type { STS } from '@aws-sdk/client-sts';
import { type Caller, sessionOf } from '../../../principal';
import type { ActionRun, Place, StoredArtifact } from '../state';
import type { ActionContext } from './provider';

const itself = 'codepipeline.amazonaws.com';

/** All that a provider needs, under the roles that the pipeline names. */
export function contextOf(place: Place & { run: ActionRun }): ActionContext {
  const { run, call, pipeline } = place;
  const region = run.declaration.region ?? call.region;
  const store = storeOf(place, region);
  const s3 = async () => call.client<S3>('s3', await callerOf(place));
  const locate = (name: string, extension = ''): StoredArtifact => ({
    name,
    bucket: store.location ?? '',
    key: `${pipeline.name.slice(0, 20)}/${name.slice(0, 10)}/${call.random.upper(7)}${extension}`,
  });
  return {
    ...place,
    configuration: run.configuration,
    client: async <C>(service: string) =>
      call.client<C>(service, { ...(await callerOf(place)), region }),
    async read({ bucket, key }) {
      const { Body } = await (await s3()).getObject({ Bucket: bucket, Key: key });
      return Body ? Body.transformToByteArray() : new Uint8Array();
    },
    async write(name, Body, extension) {
      const artifact = locate(name, extension);
      const { bucket: Bucket, key: Key } = artifact;
      await (await s3()).putObject({ Bucket, Key, Body, ...encryptionOf(store) });
      return artifact;
    },
    locate,
    encryptionKey: store.encryptionKey?.id,
    input: (name) => inputNamed(run, name),
  };
}

/** The pipeline's role, or the action's own, which the pipeline's role then has to assume. */
async function callerOf({
  run,
  call,
  execution,
  pipeline,
}: Place & { run: ActionRun }): Promise<Caller> {
  const roleArn = execution.declaration.roleArn ?? '';
  const role = await call.assume(roleArn, itself, execution.id);
  const caller = { ...role, sourceArn: pipeline.arn };
  const own = run.declaration.roleArn;
  if (own === undefined || own === roleArn) return caller;
  const sts = call.client<STS>('sts', caller);
  await sts.assumeRole({ RoleArn: own, RoleSessionName: execution.id });
  return { principal: sessionOf(own, execution.id), sourceArn: pipeline.arn };
}

function inputNamed({ inputs }: ActionRun, name: string): StoredArtifact {
  const found = inputs.find((artifact) => artifact.name === name);
  // text unverified
  if (!found) throw new Error(`The action has no input artifact named '${name}'`);
  return found;
}

/** The store of the action's Region, where a pipeline has several. */
function storeOf({ execution }: Place, region: string): ArtifactStore {
  const { artifactStore, artifactStores } = execution.declaration;
  return artifactStores?.[region] ?? artifactStore ?? { type: 'S3', location: undefined };
}

const encryptionOf = ({ encryptionKey }: ArtifactStore) =>
  encryptionKey?.id === undefined
    ? {}
    : { ServerSideEncryption: 'aws:kms' as const, SSEKMSKeyId: encryptionKey.id };
