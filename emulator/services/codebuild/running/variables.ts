import type { EnvironmentVariable } from '@aws-sdk/client-codebuild';
import type { SecretsManager } from '@aws-sdk/client-secrets-manager';
import type { SSM } from '@aws-sdk/client-ssm';
import { parseObject } from '../../../json';
import { childEnvironment, type SessionCredentials } from '../../../runtime';
import type { Buildspec } from '../buildspec';
import type { CodeBuildCall, StoredBuild } from '../state';
import { roleOf } from './role';
import { secondaryFolder } from './source';
import type { Workspace } from './workspace';

type Variables = Record<string, string>;

/** What commands see: AWS's own variables over those of build, project and buildspec, in that order. */
export async function variablesFor(
  build: StoredBuild,
  spec: Buildspec,
  call: CodeBuildCall,
): Promise<Variables> {
  const ofSpec = [
    ...Object.entries(spec.parameterStore).map(([name, value]) =>
      variable(name, value, 'PARAMETER_STORE'),
    ),
    ...Object.entries(spec.secretsManager).map(([name, value]) =>
      variable(name, value, 'SECRETS_MANAGER'),
    ),
  ];
  const ofProject = build.info.environment?.environmentVariables ?? [];
  const all = [...ofSpec, ...ofProject, ...build.variables];
  const values: Variables = { ...spec.variables };
  for (const each of all) values[each.name ?? ''] = await valueOf(build, each, call);
  return values;
}

const variable = (
  name: string,
  value: string,
  type: NonNullable<EnvironmentVariable['type']>,
): EnvironmentVariable => ({ name, value, type });

async function valueOf(
  build: StoredBuild,
  { value = '', type = 'PLAINTEXT' }: EnvironmentVariable,
  call: CodeBuildCall,
): Promise<string> {
  if (type === 'PARAMETER_STORE') return parameter(build, value, call);
  if (type === 'SECRETS_MANAGER') return secret(build, value, call);
  return value;
}

async function parameter(build: StoredBuild, Name: string, call: CodeBuildCall): Promise<string> {
  const ssm = call.client<SSM>('ssm', roleOf(build));
  const { Parameter } = await ssm.getParameter({ Name, WithDecryption: true });
  return Parameter?.Value ?? '';
}

/** `secret-id:json-key:version-stage:version-id`, of which all but the first may be absent. */
async function secret(build: StoredBuild, reference: string, call: CodeBuildCall): Promise<string> {
  const parts = reference.split(':');
  const idParts = reference.startsWith('arn:') ? 7 : 1;
  const SecretId = parts.slice(0, idParts).join(':');
  const [key, VersionStage, VersionId] = parts.slice(idParts);
  const secrets = call.client<SecretsManager>('secrets-manager', roleOf(build));
  const { SecretString = '' } = await secrets.getSecretValue({
    SecretId,
    VersionStage: VersionStage || undefined,
    VersionId: VersionId || undefined,
  });
  return key ? member(SecretString, key) : SecretString;
}

function member(text: string, key: string): string {
  const value = parseObject(text)?.[key];
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}

interface Surroundings {
  build: StoredBuild;
  workspace: Workspace;
  credentials: SessionCredentials;
  address: string;
}

/** https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html */
export function ownVariables(
  { build, workspace, ...rest }: Surroundings,
  call: CodeBuildCall,
): Variables {
  const { info } = build;
  const known = {
    CODEBUILD_BUILD_IMAGE: info.environment?.image,
    CODEBUILD_INITIATOR: info.initiator,
    CODEBUILD_KMS_KEY_ID: info.encryptionKey,
    CODEBUILD_LOG_PATH: info.logs?.streamName,
    CODEBUILD_RESOLVED_SOURCE_VERSION: info.resolvedSourceVersion,
    CODEBUILD_SOURCE_REPO_URL: info.source?.location,
    CODEBUILD_SOURCE_VERSION: info.sourceVersion,
  };
  return {
    ...childEnvironment({ ...rest, region: call.region, folder: workspace.root }),
    ...Object.fromEntries(Object.entries(known).map(([name, value]) => [name, value ?? ''])),
    CI: 'true',
    CODEBUILD_BUILD_ARN: info.arn,
    CODEBUILD_BUILD_ID: info.id,
    CODEBUILD_BUILD_NUMBER: String(info.buildNumber),
    CODEBUILD_CI: 'true',
    CODEBUILD_PROJECT_ARN: call.arn(`project/${info.projectName}`),
    CODEBUILD_SRC_DIR: workspace.source,
    CODEBUILD_START_TIME: String(info.startTime?.getTime() ?? 0),
    ...Object.fromEntries(
      (info.secondarySources ?? []).map((source) => [
        `CODEBUILD_SRC_DIR_${source.sourceIdentifier}`,
        secondaryFolder(workspace, source),
      ]),
    ),
  };
}
