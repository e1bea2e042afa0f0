import type { ProjectArtifacts } from '@aws-sdk/client-codebuild';
import type { S3 } from '@aws-sdk/client-s3';
import glob from 'fast-glob';
import { zipSync } from 'fflate';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ArtifactSpec, Buildspec } from '../buildspec';
import type { CodeBuildCall, StoredBuild } from '../state';
import { roleOf } from './role';
import type { Workspace } from './workspace';

/** Uploads what the buildspec names to where the project or the pipeline wants it. */
export async function uploadArtifacts(
  build: StoredBuild,
  { spec, workspace }: { spec: Buildspec; workspace: Workspace },
  call: CodeBuildCall,
): Promise<void> {
  for (const [target, artifact] of pairs(build, spec)) {
    const files = filesOf(artifact, workspace);
    if (Object.keys(files).length === 0)
      throw new Error('CLIENT_ERROR: no matching artifact paths found');
    if (target.type === 'S3' && target.packaging !== 'ZIP')
      await putFiles(build, { target, artifact, files }, call);
    else await putArchive(build, { target, artifact, files }, call);
  }
}

/** Secondary artifacts go by their identifiers; the rest of the buildspec is for the primary one. */
function pairs({ targets }: StoredBuild, spec: Buildspec): [ProjectArtifacts, ArtifactSpec][] {
  const secondary = targets.secondary.flatMap((target): [ProjectArtifacts, ArtifactSpec][] => {
    const artifact = spec.secondaryArtifacts[target.artifactIdentifier ?? ''];
    return artifact ? [[target, artifact]] : [];
  });
  const { primary } = targets;
  const isServed = secondary.some(([{ name }]) => name !== undefined && name === primary?.name);
  if (!primary || primary.type === 'NO_ARTIFACTS' || isServed) return secondary;
  if (!spec.artifacts) {
    if (primary.type === 'CODEPIPELINE')
      throw new Error('CLIENT_ERROR: no definition for artifacts in the buildspec');
    return secondary;
  }
  return [[primary, spec.artifacts], ...secondary];
}

function filesOf(artifact: ArtifactSpec, { source }: Workspace): Record<string, Uint8Array> {
  const cwd = join(source, artifact.baseDirectory ?? '');
  const names = glob.sync(artifact.files, {
    cwd,
    dot: true,
    ignore: artifact.exclude,
    followSymbolicLinks: false,
  });
  return Object.fromEntries(
    names
      .toSorted()
      .map((name) => [
        artifact.discardPaths ? basename(name) : name,
        readFileSync(join(cwd, name)),
      ]),
  );
}

interface Upload {
  target: ProjectArtifacts;
  artifact: ArtifactSpec;
  files: Record<string, Uint8Array>;
}

/** Where in the bucket, by the rules of path, namespace and name. */
function prefixOf({ target, artifact }: Upload, { info }: StoredBuild): string {
  if (target.type === 'CODEPIPELINE') return target.name ?? '';
  const name = target.overrideArtifactName ? (artifact.name ?? target.name) : target.name;
  const id = target.namespaceType === 'BUILD_ID' ? info.id.split(':')[1] : undefined;
  return [target.path, id, name ?? info.projectName]
    .filter((part) => part && part !== '/')
    .join('/');
}

async function putArchive(build: StoredBuild, upload: Upload, call: CodeBuildCall): Promise<void> {
  // One date for all entries: the same files make the same archive.
  const archive = zipSync(upload.files, { mtime: new Date('1980-01-02T00:00:00Z') });
  const Key = prefixOf(upload, build);
  await s3Of(build, call).putObject({
    Bucket: upload.target.location,
    Key,
    Body: archive,
    ...encryptionOf(build),
  });
  const shown = [build.info.artifacts, ...(build.info.secondaryArtifacts ?? [])].find(
    (each) => each?.artifactIdentifier === upload.target.artifactIdentifier,
  );
  if (!shown) return;
  shown.location = `arn:aws:s3:::${upload.target.location}/${Key}`;
  shown.sha256sum = createHash('sha256').update(archive).digest('hex');
  shown.md5sum = createHash('md5').update(archive).digest('hex');
}

async function putFiles(build: StoredBuild, upload: Upload, call: CodeBuildCall): Promise<void> {
  const s3 = s3Of(build, call);
  const prefix = prefixOf(upload, build);
  for (const [name, Body] of Object.entries(upload.files))
    await s3.putObject({
      Bucket: upload.target.location,
      Key: prefix === '' ? name : `${prefix}/${name}`,
      Body,
      ...encryptionOf(build),
    });
}

const s3Of = (build: StoredBuild, call: CodeBuildCall): S3 => call.client<S3>('s3', roleOf(build));

/** The default key is the bucket's own business. */
function encryptionOf({ info }: StoredBuild) {
  const { encryptionKey: SSEKMSKeyId = '' } = info;
  if (SSEKMSKeyId === '' || SSEKMSKeyId.endsWith('alias/aws/s3')) return {};
  return { ServerSideEncryption: 'aws:kms' as const, SSEKMSKeyId };
}
