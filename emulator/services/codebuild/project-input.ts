import {
  type CreateProjectInput,
  InvalidInputException,
  type Project,
  type ProjectSource,
  type UpdateProjectInput,
} from '@aws-sdk/client-codebuild';
import { refuse } from '../../refuse';
import type { CodeBuildCall } from './state';

export const invalid = (message: string): Error => refuse(InvalidInputException, message);

// Texts that name no other source were measured on AWS by
// https://github.com/badmintoncryer/cdk-preflight (rules/codebuild).

/** What a project must have; each is refused in CodeBuild's one exception for wrong input. */
export function checkProject(input: CreateProjectInput, { accountId }: CodeBuildCall): void {
  checkName(input.name ?? '');
  if ((input.description ?? '').length > 255) throw invalid('Max description length is 255');
  checkSource(input);
  checkArtifacts(input);
  checkSecondary(input);
  checkEnvironment(input);
  const [, account] = /^arn:[^:]+:iam::(\d{12}):role\/.+/.exec(input.serviceRole ?? '') ?? [];
  if (account !== accountId)
    // moto has the text.
    throw invalid("Invalid service role: Service role account ID does not match caller's account");
}

function checkName(name: string): void {
  if (name.length > 150) throw invalid('Project name length cannot be greater than 150 characters');
  // moto has the text.
  if (!/^[A-Za-z0-9][A-Za-z0-9\-_]+$/.test(name))
    throw invalid('Only alphanumeric characters, dash, and underscore are supported');
}

function checkSource({ source, artifacts, secondarySources = [] }: CreateProjectInput): void {
  // text unverified
  if (!source) throw invalid('Invalid project source: source is required');
  if ((source.type === 'CODEPIPELINE') !== (artifacts?.type === 'CODEPIPELINE'))
    throw invalid(
      'Invalid input: when using CodePipeline both sourceType, and artifactType must be set to: CODEPIPELINE',
    );
  if (source.type === 'NO_SOURCE') checkNoSource(source);
  if ([source, ...secondarySources].some(lacksLocation))
    throw invalid('Project source location is required');
}

function checkNoSource({ location, buildspec }: ProjectSource): void {
  if (location)
    throw invalid('Invalid input: source location must be empty for source type NO_SOURCE');
  // text unverified
  if (!buildspec) throw invalid('Invalid project source: a buildspec is required with NO_SOURCE');
}

const lacksLocation = ({ type, location }: ProjectSource): boolean =>
  type !== 'NO_SOURCE' && type !== 'CODEPIPELINE' && !location;

function checkArtifacts({ artifacts, secondaryArtifacts = [] }: CreateProjectInput): void {
  // text unverified
  if (!artifacts) throw invalid('Invalid artifacts: artifacts are required');
  if (artifacts.type === 'NO_ARTIFACTS' && artifacts.location)
    throw invalid('Invalid artifacts: artifact type NO_ARTIFACTS should have null location');
  if ([artifacts, ...secondaryArtifacts].some(({ type, location }) => type === 'S3' && !location))
    throw invalid('Invalid artifacts: location is required');
}

function checkSecondary({ secondaryArtifacts = [], secondarySources = [] }: CreateProjectInput) {
  const foreign = secondaryArtifacts.find(({ type }) => type !== 'S3');
  if (foreign)
    throw invalid(
      `Invalid input: artifactType ${foreign.type} is not allowed for secondaryArtifacts`,
    );
  checkIdentifiers(
    secondaryArtifacts.map(({ artifactIdentifier }) => artifactIdentifier),
    { name: 'artifactIdentifier', of: 'secondary artifacts' },
  );
  checkIdentifiers(
    secondarySources.map(({ sourceIdentifier }) => sourceIdentifier),
    { name: 'sourceIdentifier', of: 'secondary sources' },
  );
}

function checkIdentifiers(
  given: (string | undefined)[],
  { name, of }: { name: string; of: string },
): void {
  if (!given.every(Boolean)) throw invalid(`Invalid input: ${name} is required for ${of}`);
  if (new Set(given).size < given.length)
    throw invalid(`Invalid input: ${name} cannot be duplicated`);
}

function checkEnvironment({ environment }: CreateProjectInput): void {
  // text unverified
  if (!environment) throw invalid('Invalid environment: environment is required');
  const names = (environment.environmentVariables ?? []).map(({ name = '' }) => name);
  if (names.some((name) => name.startsWith('CODEBUILD_')))
    throw invalid('No user environment variables can start with CODEBUILD_');
  if (new Set(names).size < names.length)
    throw invalid('EnvironmentVariable name cannot be duplicated');
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
