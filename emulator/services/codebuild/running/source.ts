import type { ProjectSource } from '@aws-sdk/client-codebuild';
import type { S3 } from '@aws-sdk/client-s3';
import { unzipSync } from 'fflate';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { type Buildspec, BuildspecError, readBuildspec } from '../buildspec';
import type { CodeBuildCall, StoredBuild } from '../state';
import { roleOf } from './role';
import type { Workspace } from './workspace';

/** Fetches every source into the workspace and reads the buildspec; throws what the phase fails for. */
export async function downloadSource(
  build: StoredBuild,
  workspace: Workspace,
  call: CodeBuildCall,
): Promise<Buildspec> {
  const { source, secondarySources = [] } = build.info;
  await fetch(build, { source, folder: workspace.source }, call);
  for (const each of secondarySources) {
    const folder = secondaryFolder(workspace, each);
    mkdirSync(folder, { recursive: true });
    await fetch(build, { source: each, folder }, call);
  }
  return readBuildspec(specText(source?.buildspec, workspace));
}

/** CODEBUILD_SRC_DIR_<identifier> */
export const secondaryFolder = ({ root }: Workspace, { sourceIdentifier = '' }: ProjectSource) =>
  join(root, `src-${sourceIdentifier}`);

interface Fetched {
  source: ProjectSource | undefined;
  folder: string;
}

async function fetch(
  build: StoredBuild,
  { source, folder }: Fetched,
  call: CodeBuildCall,
): Promise<void> {
  switch (source?.type) {
    case 'NO_SOURCE':
      return;
    case 'S3':
    case 'CODEPIPELINE':
      return fetchObject(build, { source, folder }, call);
    default:
      throw new Error(`the source type ${source?.type ?? 'none'} is not emulated`);
  }
}

async function fetchObject(
  build: StoredBuild,
  { source, folder }: Fetched,
  call: CodeBuildCall,
): Promise<void> {
  const [Bucket = '', ...key] = (source?.location ?? '').replace(/^arn:aws:s3:::/, '').split('/');
  const s3 = call.client<S3>('s3', roleOf(build));
  const { Body } = await s3.getObject({ Bucket, Key: key.join('/') });
  unpack((await Body?.transformToByteArray()) ?? new Uint8Array(), folder);
}

/** Nothing of an archive may come to lie outside of its folder. */
function unpack(archive: Uint8Array, folder: string): void {
  for (const [name, content] of Object.entries(unzipSync(archive))) {
    const path = resolve(folder, name);
    if (!path.startsWith(folder + sep))
      throw new Error(`the archive has a file outside of it: ${name}`);
    if (name.endsWith('/')) mkdirSync(path, { recursive: true });
    else {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    }
  }
}

const isText = (buildspec: string): boolean =>
  buildspec.includes('\n') || buildspec.startsWith('{');

/** The project's own text, or a file of the source. */
function specText(buildspec: string | undefined, { source }: Workspace): string {
  if (buildspec !== undefined && isText(buildspec)) return buildspec;
  const path = join(source, buildspec ?? 'buildspec.yml');
  if (existsSync(path)) return readFileSync(path, 'utf8');
  throw new BuildspecError(`stat ${path}: no such file or directory`);
}
