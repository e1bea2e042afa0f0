import type { ActionRun, CodePipelineCall, Execution, Pipeline, Place, StageRun } from '../state';

type PipelineEvent =
  | 'STARTED'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'RESUMED'
  | 'STOPPING'
  | 'STOPPED'
  | 'SUPERSEDED'
  | 'CANCELED';

type StageEvent = Exclude<PipelineEvent, 'SUPERSEDED'>;

type ActionEvent = 'STARTED' | 'SUCCEEDED' | 'FAILED' | 'CANCELED' | 'ABANDONED';

// The three families of FACTS C1.3; keys and states are spelt otherwise than in the API.
// https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html

export function pipelineEvent({ pipeline, execution, call }: Place, state: PipelineEvent): void {
  const { trigger, startedAt, attempt, stop } = execution;
  send(
    'Pipeline',
    { pipeline, execution, call },
    {
      ...(state === 'STARTED'
        ? {
            'execution-trigger': {
              'trigger-type': trigger.triggerType,
              'trigger-detail': trigger.triggerDetail,
            },
          }
        : {}),
      'start-time': startedAt.toISOString(),
      state,
      ...(state === 'STOPPING' ? { 'stop-execution-comments': stop?.reason ?? '' } : {}),
      'pipeline-execution-attempt': attempt,
    },
  );
}

/** Once a stage was retried its events say when; a resumed one has not started (AWS's own samples). */
export function stageEvent(place: Place, { name, retriedAt }: StageRun, state: StageEvent): void {
  send('Stage', place, {
    ...(state === 'RESUMED' ? {} : { 'start-time': place.execution.startedAt.toISOString() }),
    ...(retriedAt ? { 'stage-last-retry-attempt-time': retriedAt.toISOString() } : {}),
    stage: name,
    state,
    'pipeline-execution-attempt': place.execution.attempt,
  });
}

export function actionEvent(place: Place, run: ActionRun, state: ActionEvent): void {
  const { name, actionTypeId, region } = run.declaration;
  const { owner, provider, category, version } = actionTypeId ?? {};
  send('Action', place, {
    ...(state === 'ABANDONED' ? {} : { 'start-time': run.startedAt.toISOString() }),
    stage: run.stage,
    'action-execution-id': run.id,
    action: name,
    state,
    region: region ?? place.call.region,
    type: { owner, provider, category, version },
    ...yieldOf(run, state),
    'pipeline-execution-attempt': place.execution.attempt,
  });
}

/** An action that starts shows what goes in, one that succeeds what came out, one that fails why. */
function yieldOf(run: ActionRun, state: ActionEvent): Record<string, unknown> {
  const inputs = state === 'STARTED' ? run.inputs : [];
  const outputs = state === 'SUCCEEDED' ? run.outputs : [];
  const result = state === 'SUCCEEDED' || state === 'FAILED' ? resultOf(run) : {};
  return {
    ...(inputs.length > 0 ? { 'input-artifacts': inputs.map(located) } : {}),
    ...(outputs.length > 0 ? { 'output-artifacts': outputs.map(located) } : {}),
    ...(Object.keys(result).length > 0 ? { 'execution-result': result } : {}),
  };
}

const located = ({ name, bucket, key }: { name: string; bucket: string; key: string }) => ({
  name,
  s3location: { bucket, key },
});

const resultOf = ({ externalUrl, externalId, summary, error }: ActionRun) => ({
  ...(externalUrl === undefined ? {} : { 'external-execution-url': externalUrl }),
  ...(summary === undefined ? {} : { 'external-execution-summary': summary }),
  ...(externalId === undefined ? {} : { 'external-execution-id': externalId }),
  ...(error?.code === undefined ? {} : { 'error-code': error.code }),
});

function send(
  family: 'Pipeline' | 'Stage' | 'Action',
  {
    pipeline,
    execution,
    call,
  }: { pipeline: Pipeline; execution: Execution; call: CodePipelineCall },
  detail: Record<string, unknown>,
): void {
  call.emit({
    source: 'aws.codepipeline',
    detailType: `CodePipeline ${family} Execution State Change`,
    resources: [pipeline.arn],
    detail: {
      pipeline: pipeline.name,
      'execution-id': execution.id,
      version: execution.version,
      ...detail,
    },
  });
}
