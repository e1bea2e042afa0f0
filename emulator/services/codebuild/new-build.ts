import type {
  Build,
  BuildArtifacts,
  CloudWatchLogsConfig,
  ProjectArtifacts,
  StartBuildInput,
} from '@aws-sdk/client-codebuild';
import { invalid } from './project-input';
import type { CodeBuildCall, StoredBuild, StoredProject } from './state';

/** A pipeline says where its artifacts lie; nobody else may give a CODEPIPELINE project its source. */
function pipelineOf({ sourceArn = '' }: CodeBuildCall): string | undefined {
  return /^arn:[^:]+:codepipeline:/.test(sourceArn) ? sourceArn.split(':').at(-1) : undefined;
}

/** The record of a build that has not begun: the project's settings under those of this one build. */
export function newBuild(
  project: StoredProject,
  input: StartBuildInput,
  call: CodeBuildCall,
): StoredBuild {
  const { info } = project;
  const pipeline = pipelineOf(call);
  const settings = settingsOf(project, input);
  if (settings.source?.type === 'CODEPIPELINE' && pipeline === undefined)
    // text unverified
    throw invalid(
      'Builds of a project with the source type CODEPIPELINE are started by CodePipeline',
    );
  project.builds += 1;
  const uuid = call.random.uuid();
  const id = `${info.name}:${uuid}`;
  return {
    info: {
      ...settings,
      id,
      arn: call.arn(`build/${id}`),
      buildNumber: project.builds,
      projectName: info.name,
      startTime: call.now(),
      currentPhase: 'SUBMITTED',
      buildStatus: 'IN_PROGRESS',
      buildComplete: false,
      phases: [],
      initiator: pipeline === undefined ? initiatorOf(call) : `codepipeline/${pipeline}`,
      logs: logsOf(info.logsConfig?.cloudWatchLogs, { name: info.name, uuid }, call),
      exportedEnvironmentVariables: [],
      reportArns: [],
    },
    targets: targetsOf(project, input),
    variables: input.environmentVariablesOverride ?? [],
  };
}

const targetsOf = ({ info }: StoredProject, input: StartBuildInput): StoredBuild['targets'] => ({
  primary: input.artifactsOverride ?? info.artifacts,
  secondary: input.secondaryArtifactsOverride ?? info.secondaryArtifacts ?? [],
});

const initiatorOf = ({ principal }: CodeBuildCall): string =>
  principal.arn
    .split(':')
    .slice(5)
    .join(':')
    .replace(/^(user|assumed-role)\//, '');

/** `sourceLocationOverride` → `location` and so on, where the input sets them. */
const overridden = <T extends object>(settings: T, overrides: Partial<T>): T => ({
  ...settings,
  ...(Object.fromEntries(
    Object.entries(overrides).filter(([, value]) => value !== undefined),
  ) as Partial<T>),
});

function settingsOf(project: StoredProject, input: StartBuildInput): Partial<Build> {
  const { info } = project;
  const { primary, secondary } = targetsOf(project, input);
  const inherited: Partial<Build> = {
    secondarySources: info.secondarySources ?? [],
    sourceVersion: info.sourceVersion,
    environment: info.environment,
    serviceRole: info.serviceRole,
    timeoutInMinutes: info.timeoutInMinutes,
    queuedTimeoutInMinutes: info.queuedTimeoutInMinutes,
    encryptionKey: info.encryptionKey,
    cache: info.cache,
    vpcConfig: info.vpcConfig,
    artifacts: asShown(primary),
    secondaryArtifacts: secondary.map((each) => asShown(each)),
    source: overridden(info.source ?? { type: undefined }, {
      type: input.sourceTypeOverride,
      location: input.sourceLocationOverride,
      buildspec: input.buildspecOverride,
    }),
  };
  return overridden(inherited, {
    secondarySources: input.secondarySourcesOverride,
    sourceVersion: input.sourceVersion,
    serviceRole: input.serviceRoleOverride,
    timeoutInMinutes: input.timeoutInMinutesOverride,
    queuedTimeoutInMinutes: input.queuedTimeoutInMinutesOverride,
    encryptionKey: input.encryptionKeyOverride,
  });
}

/** Until they are uploaded, artifacts are known by where they are to lie. */
const asShown = (artifact: Partial<ProjectArtifacts> = {}): BuildArtifacts => ({
  artifactIdentifier: artifact.artifactIdentifier,
  location: artifact.location && `arn:aws:s3:::${artifact.location}/${artifact.name ?? ''}`,
  encryptionDisabled: artifact.encryptionDisabled ?? false,
  overrideArtifactName: artifact.overrideArtifactName ?? false,
});

function logsOf(
  configured: Partial<CloudWatchLogsConfig> = {},
  { name, uuid }: { name: string; uuid: string },
  call: CodeBuildCall,
): Build['logs'] {
  if (configured.status === 'DISABLED') return {};
  const { groupName = `/aws/codebuild/${name}` } = configured;
  const prefix = configured.streamName === undefined ? '' : `${configured.streamName}/`;
  const streamName = `${prefix}${uuid}`;
  return {
    groupName,
    streamName,
    deepLink: `https://console.aws.amazon.com/cloudwatch/home?region=${call.region}#logsV2:log-groups/log-group/${encodeURIComponent(groupName)}/log-events/${encodeURIComponent(streamName)}`,
    cloudWatchLogsArn: `arn:aws:logs:${call.region}:${call.accountId}:log-group:${groupName}:log-stream:${streamName}`,
    cloudWatchLogs: { status: 'ENABLED' },
  };
}
