import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import type { StatusType } from '@aws-sdk/client-codebuild';
import type { SessionCredentials } from '../../../runtime';
import type { Buildspec, PhaseName } from '../buildspec';
import type { CodeBuildCall, Phase, PhaseEnd, StoredBuild } from '../state';
import { uploadArtifacts } from './artifacts';
import { exportedValue, runCommands, type Shell } from './commands';
import { buildEvent } from './events';
import { BuildLog } from './log';
import { type Course, phase } from './phases';
import { type Process, runningOf } from './registry';
import { uploadReports } from './reports';
import { downloadSource } from './source';
import { ownVariables, variablesFor } from './variables';
import { newWorkspace } from './workspace';

/** Runs a build from its first phase to its last; every way it can end is in its record. */
export async function runBuild(
  build: StoredBuild,
  { credentials, process }: Begun,
  call: CodeBuildCall,
): Promise<void> {
  const course = { build, log: new BuildLog(build, call), call };
  const workspace = newWorkspace(call);
  buildEvent(build, call);
  try {
    const status = await carryOut(course, { workspace, credentials, process });
    await phase(course, 'FINALIZING');
    finish(course, process.isStopped ? 'STOPPED' : status);
  } finally {
    runningOf(call).remove(build.info.id);
    call.runtime.folders.remove(workspace.root);
  }
}

interface Begun {
  credentials: SessionCredentials;
  process: Process;
}

interface Surroundings extends Begun {
  workspace: ReturnType<typeof newWorkspace>;
}

async function carryOut(course: Course, around: Surroundings): Promise<StatusType> {
  const { build, call, log } = course;
  for (const each of ['SUBMITTED', 'QUEUED', 'PROVISIONING'] as const) await phase(course, each);
  let spec: Buildspec | undefined;
  const downloaded = await phase(course, 'DOWNLOAD_SOURCE', async () => {
    spec = await downloadSource(build, around.workspace, call);
    for (const name of spec.ignored)
      log.say(`${name} has no effect here: commands run with the programs of this machine`);
    return { status: 'SUCCEEDED' };
  });
  if (!spec) return downloaded.status;
  const shell = await shellFor(course, spec, around);
  if (!shell) return 'FAILED';
  const status = await runPhases(course, spec, { shell, around });
  build.info.exportedEnvironmentVariables = spec.exported.flatMap((name) => {
    const value = exportedValue(name, around.workspace);
    return value === undefined ? [] : { name, value };
  });
  return status;
}

/** Variables that cannot be read fail the phase that would use them first. */
async function shellFor(
  course: Course,
  spec: Buildspec,
  around: Surroundings,
): Promise<Shell | undefined> {
  const { build, call, log } = course;
  const { workspace, credentials, process } = around;
  try {
    const address = await call.runtime.address();
    const own = ownVariables({ build, workspace, credentials, address }, call);
    const env = { ...(await variablesFor(build, spec, call)), ...own };
    const limitMs = (build.info.timeoutInMinutes ?? 60) * 60_000;
    const startedAt = performance.now();
    return {
      workspace,
      env,
      accessKeyId: credentials.AccessKeyId ?? '',
      log,
      timeLeftMs: () => limitMs - (performance.now() - startedAt),
      started: (stop) => void (process.stop = stop),
    };
  } catch (error) {
    if (!(error instanceof Error && '$fault' in error)) throw error;
    const last = build.info.phases.at(-1);
    // AWS reports it in DOWNLOAD_SOURCE, after the buildspec was read.
    if (last)
      Object.assign(last, {
        phaseStatus: 'FAILED',
        contexts: [{ statusCode: 'CLIENT_ERROR', message: error.message }],
      });
    return undefined;
  }
}

const order: [PhaseName, Phase][] = [
  ['install', 'INSTALL'],
  ['pre_build', 'PRE_BUILD'],
  ['build', 'BUILD'],
  ['post_build', 'POST_BUILD'],
];

/** https://docs.aws.amazon.com/codebuild/latest/userguide/view-build-details.html#view-build-details-phases */
async function runPhases(
  course: Course,
  spec: Buildspec,
  { shell, around }: { shell: Shell; around: Surroundings },
): Promise<StatusType> {
  let status: StatusType = 'SUCCEEDED';
  for (const [name, type] of order) {
    shell.env['CODEBUILD_BUILD_SUCCEEDING'] = status === 'SUCCEEDED' ? '1' : '0';
    const ended = await phase(course, type, () =>
      runPhase(spec, name, { shell, call: course.call }),
    );
    if (status === 'SUCCEEDED') ({ status } = ended);
    if (around.process.isStopped || isEnd(ended, name, spec)) return status;
  }
  const { workspace } = around;
  const uploaded = await phase(course, 'UPLOAD_ARTIFACTS', async () => {
    await uploadReports(course.build, { spec, workspace, log: course.log }, course.call);
    await uploadArtifacts(course.build, { spec, workspace }, course.call);
    return { status: 'SUCCEEDED' };
  });
  return status === 'SUCCEEDED' ? uploaded.status : status;
}

/** A failed build phase goes on to post_build, earlier phases do not, unless the buildspec says so. */
function isEnd({ status }: PhaseEnd, name: PhaseName, { phases }: Buildspec): boolean {
  if (status !== 'FAILED') return status === 'TIMED_OUT';
  const onFailure = phases[name]?.onFailure;
  if (onFailure !== undefined) return onFailure === 'ABORT';
  return name === 'install' || name === 'pre_build';
}

async function runPhase(
  { phases }: Buildspec,
  name: PhaseName,
  { shell, call }: { shell: Shell; call: CodeBuildCall },
): Promise<PhaseEnd> {
  const { commands = [], finally: last = [] } = phases[name] ?? {};
  const ended = await runCommands(commands, shell, call);
  const after = await runCommands(last, shell, call);
  const failure = ended.failure ?? after.failure;
  if (ended.isLate || after.isLate)
    return {
      status: 'TIMED_OUT',
      context: { statusCode: 'BUILD_TIMED_OUT', message: 'Build has timed out. ' },
    };
  if (!failure) return { status: 'SUCCEEDED' };
  return {
    status: 'FAILED',
    context: {
      statusCode: 'COMMAND_EXECUTION_ERROR',
      message: `Error while executing command: ${failure.command.trimEnd()}. Reason: exit status ${failure.status}`,
    },
  };
}

function finish({ build, call }: Course, status: StatusType): void {
  const { info } = build;
  info.buildStatus = status;
  info.buildComplete = true;
  info.endTime = call.now();
  info.currentPhase = 'COMPLETED';
  info.phases.push({ phaseType: 'COMPLETED', startTime: call.now() });
  call.touch();
  buildEvent(build, call);
  call.announce({ kind: 'CONTENT', type: 'AWS::CodeBuild::Build', id: info.id });
  count(build, status, call);
}

function count({ info }: StoredBuild, status: StatusType, call: CodeBuildCall): void {
  const cloudwatch = call.client<CloudWatch>(
    'cloudwatch',
    call.asService('codebuild.amazonaws.com'),
  );
  const seconds = ((info.endTime?.getTime() ?? 0) - (info.startTime?.getTime() ?? 0)) / 1000;
  const Timestamp = call.now();
  const named = { Dimensions: [{ Name: 'ProjectName', Value: info.projectName ?? '' }], Timestamp };
  const MetricData = [
    { MetricName: 'Builds', Value: 1, Unit: 'Count' as const },
    {
      MetricName: status === 'SUCCEEDED' ? 'SucceededBuilds' : 'FailedBuilds',
      Value: 1,
      Unit: 'Count' as const,
    },
    { MetricName: 'Duration', Value: seconds, Unit: 'Seconds' as const },
  ].flatMap((datum) => [
    { ...datum, ...named },
    { ...datum, Timestamp },
  ]);
  call.background(async () => {
    await cloudwatch.putMetricData({ Namespace: 'AWS/CodeBuild', MetricData });
  });
}
