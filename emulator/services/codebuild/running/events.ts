import type { BuildPhase } from '@aws-sdk/client-codebuild';
import type { CodeBuildCall, StoredBuild } from '../state';

// https://docs.aws.amazon.com/codebuild/latest/userguide/sample-build-notifications.html

/** A build has begun or ended. */
export function buildEvent(build: StoredBuild, call: CodeBuildCall): void {
  const { info } = build;
  call.emit({
    source: 'aws.codebuild',
    detailType: 'CodeBuild Build State Change',
    resources: [info.arn],
    detail: {
      'build-status': info.buildStatus,
      'project-name': info.projectName,
      'build-id': info.arn,
      'additional-information': informationOf(build),
      'current-phase': info.currentPhase,
      'current-phase-context': '[]',
      version: '1',
    },
  });
}

/** A phase has ended. */
export function phaseEvent(build: StoredBuild, phase: BuildPhase, call: CodeBuildCall): void {
  const { info } = build;
  call.emit({
    source: 'aws.codebuild',
    detailType: 'CodeBuild Build Phase Change',
    resources: [info.arn],
    detail: {
      'completed-phase': phase.phaseType,
      'completed-phase-status': phase.phaseStatus,
      'completed-phase-context': `[${(phase.contexts ?? []).map(contextText).join(', ')}]`,
      'completed-phase-duration-seconds': phase.durationInSeconds ?? 0,
      'completed-phase-start': phase.startTime?.toISOString(),
      'completed-phase-end': phase.endTime?.toISOString(),
      'project-name': info.projectName,
      'build-id': info.arn,
      'additional-information': informationOf(build),
      version: '1',
    },
  });
}

const contextText = ({
  statusCode,
  message,
}: {
  statusCode?: string | undefined;
  message?: string | undefined;
}) => [statusCode, message].filter(Boolean).join(': ');

function informationOf({ info }: StoredBuild): Record<string, unknown> {
  const { environment, logs } = info;
  return {
    artifact: { location: info.artifacts?.location },
    environment: environment && {
      image: environment.image,
      'privileged-mode': environment.privilegedMode ?? false,
      'compute-type': environment.computeType,
      type: environment.type,
      'environment-variables': [],
    },
    'timeout-in-minutes': info.timeoutInMinutes,
    'build-complete': info.buildComplete,
    'build-number': info.buildNumber,
    initiator: info.initiator,
    'build-start-time': info.startTime?.toISOString(),
    source: { location: info.source?.location, type: info.source?.type },
    logs: logs && {
      'group-name': logs.groupName,
      'stream-name': logs.streamName,
      'deep-link': logs.deepLink,
    },
    phases: info.phases.map((phase) => ({
      'phase-type': phase.phaseType,
      'phase-status': phase.phaseStatus,
      'start-time': phase.startTime?.toISOString(),
      'end-time': phase.endTime?.toISOString(),
      'duration-in-seconds': phase.durationInSeconds,
      'phase-context': (phase.contexts ?? []).map(contextText),
    })),
  };
}
