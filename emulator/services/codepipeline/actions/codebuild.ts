import type {
  Build,
  CodeBuild,
  EnvironmentVariable,
  ProjectArtifacts,
  StartBuildInput,
} from '@aws-sdk/client-codebuild';
import { parseJson } from '../../../json';
import type { StoredArtifact } from '../state';
import type { ActionContext, ActionOutcome, ActionProvider } from './provider';

const eightHours = 8 * 60;

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html */
const shared: Omit<ActionProvider, 'category'> = {
  owner: 'AWS',
  provider: 'CodeBuild',
  inputs: [1, 5],
  outputs: [0, 5],
  timeoutMinutes: eightHours,

  async start(context) {
    const { configuration } = context;
    if (configuration['BatchEnabled'] === 'true') throw new Error('Batch builds are not emulated.');
    const outputs = (context.run.declaration.outputArtifacts ?? []).map(({ name = '' }) =>
      context.locate(name),
    );
    const codebuild = await context.client<CodeBuild>('codebuild');
    const { build } = await codebuild.startBuild({
      projectName: configuration['ProjectName'],
      ...sourcesOf(context),
      ...artifactsOf(outputs),
      encryptionKeyOverride: context.encryptionKey,
      environmentVariablesOverride: environmentOf(configuration['EnvironmentVariables']),
    });
    return { ...outcomeOf(build, context), outputs };
  },

  async resume(context) {
    const codebuild = await context.client<CodeBuild>('codebuild');
    const ids = [context.run.externalId ?? ''];
    const { builds: [build] = [] } = await codebuild.batchGetBuilds({ ids });
    return outcomeOf(build, context);
  },

  async abandon(context) {
    const codebuild = await context.client<CodeBuild>('codebuild');
    await codebuild.stopBuild({ id: context.run.externalId });
  },
};

export const codeBuildBuild: ActionProvider = { ...shared, category: 'Build' };

export const codeBuildTest: ActionProvider = { ...shared, category: 'Test' };

const located = ({ bucket, key }: StoredArtifact): string => `${bucket}/${key}`;

/** The primary input is the source, the others go by their names. */
function sourcesOf(context: ActionContext): Partial<StartBuildInput> {
  const { run, configuration } = context;
  const primary = configuration['PrimarySource'];
  const first = primary === undefined ? run.inputs[0] : context.input(primary);
  return {
    ...(first === undefined ? {} : { sourceLocationOverride: located(first) }),
    secondarySourcesOverride: run.inputs
      .filter((artifact) => artifact !== first)
      .map((artifact) => ({
        type: 'CODEPIPELINE' as const,
        location: located(artifact),
        sourceIdentifier: artifact.name,
      })),
  };
}

function artifactsOf([first, ...others]: StoredArtifact[]): Partial<StartBuildInput> {
  return {
    artifactsOverride: first ? asArtifact(first) : { type: 'NO_ARTIFACTS' },
    secondaryArtifactsOverride: first
      ? [first, ...others].map((each) => ({ ...asArtifact(each), artifactIdentifier: each.name }))
      : [],
  };
}

const asArtifact = ({ bucket, key }: StoredArtifact): ProjectArtifacts => ({
  type: 'CODEPIPELINE',
  location: bucket,
  name: key,
  packaging: 'ZIP',
});

function environmentOf(text: string | undefined): EnvironmentVariable[] {
  if (text === undefined) return [];
  const parsed = parseJson(text);
  // text unverified
  if (!Array.isArray(parsed))
    throw new Error('EnvironmentVariables must be a JSON array of objects.');
  return parsed as EnvironmentVariable[];
}

function outcomeOf(build: Build | undefined, { run }: ActionContext): ActionOutcome {
  const { id = run.externalId ?? '', buildStatus = 'FAULT' } = build ?? {};
  const shown = { externalId: id, ...linkOf(build) };
  if (buildStatus === 'IN_PROGRESS')
    return { status: 'pending', ...shown, watch: { type: 'AWS::CodeBuild::Build', ids: [id] } };
  if (buildStatus === 'SUCCEEDED')
    return { status: 'Succeeded', ...shown, outputVariables: variablesOf(build ?? {}) };
  // text unverified
  const message = `Build terminated with state: ${buildStatus}. ${failedPhase(build)}`.trim();
  return { status: 'Failed', ...shown, code: 'JobFailed', message };
}

const linkOf = (build: Build | undefined) =>
  build?.logs?.deepLink === undefined ? {} : { externalUrl: build.logs.deepLink };

const variablesOf = ({ exportedEnvironmentVariables = [] }: Build): Record<string, string> =>
  Object.fromEntries(
    exportedEnvironmentVariables.map(({ name = '', value = '' }) => [name, value]),
  );

function failedPhase(build: Build | undefined): string {
  const failed = build?.phases?.find(({ phaseStatus }) => phaseStatus === 'FAILED');
  const [context] = failed?.contexts ?? [];
  return failed ? `Phase: ${failed.phaseType}, ${context?.message ?? ''}` : '';
}
