import {
  type CreateProjectInput,
  InvalidInputException,
  type Project,
  type UpdateProjectInput,
} from '@aws-sdk/client-codebuild';
import { refuse } from '../../refuse';

export const invalid = (message: string): Error => refuse(InvalidInputException, message);

// Texts unverified.

/** What a project must have; each is refused in CodeBuild's one exception for wrong input. */
export function checkProject(input: CreateProjectInput): void {
  const { name = '', serviceRole = '' } = input;
  if (!/^[A-Za-z0-9][A-Za-z0-9\-_]{1,149}$/.test(name))
    throw invalid(
      'Invalid project name: must start with a letter or number and contain only letters, numbers, hyphens and underscores',
    );
  checkParts(input);
  if (!/^arn:[^:]+:iam::\d{12}:role\/.+/.test(serviceRole))
    throw invalid("Invalid service role: Service role account ID does not match caller's account");
}

function checkParts({ source, artifacts, environment }: CreateProjectInput): void {
  if (!source) throw invalid('Invalid project source: source is required');
  if (!artifacts) throw invalid('Invalid artifacts: artifacts are required');
  if (!environment) throw invalid('Invalid environment: environment is required');
  if ((source.type === 'CODEPIPELINE') !== (artifacts.type === 'CODEPIPELINE'))
    throw invalid(
      'Invalid artifacts: artifact type CODEPIPELINE and source type CODEPIPELINE go together',
    );
  if (source.type === 'NO_SOURCE' && !source.buildspec)
    throw invalid('Invalid project source: a buildspec is required with NO_SOURCE');
}

const members = [
  'description',
  'source',
  'secondarySources',
  'sourceVersion',
  'secondarySourceVersions',
  'artifacts',
  'secondaryArtifacts',
  'cache',
  'environment',
  'timeoutInMinutes',
  'queuedTimeoutInMinutes',
  'encryptionKey',
  'vpcConfig',
  'logsConfig',
  'fileSystemLocations',
  'buildBatchConfig',
  'concurrentBuildLimit',
  'autoRetryLimit',
] as const;

/** The members that an input sets. */
export const settingsOf = (
  input: CreateProjectInput | UpdateProjectInput,
): Omit<Project, 'name' | 'arn' | 'serviceRole'> =>
  Object.fromEntries(
    members.flatMap((member) => (input[member] === undefined ? [] : [[member, input[member]]])),
  );
