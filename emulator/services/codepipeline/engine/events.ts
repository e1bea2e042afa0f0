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

export function stageEvent(place: Place, { name }: StageRun, state: StageEvent): void {
  send('Stage', place, {
    'start-time': place.execution.startedAt.toISOString(),
    stage: name,
    state,
    'pipeline-execution-attempt': place.execution.attempt,
  });
}

export function actionEvent(place: Place, run: ActionRun, state: ActionEvent): void {
  const { name, actionTypeId, region } = run.declaration;
  const { owner, provider, category, version } = actionTypeId ?? {};
  send('Action', place, {
    'start-time': run.startedAt.toISOString(),
    stage: run.stage,
    action: name,
    state,
    region: region ?? place.call.region,
    type: { owner, provider, category, version },
    'input-artifacts': run.inputs.map(located),
    ...(state === 'STARTED' ? {} : { 'output-artifacts': run.outputs.map(located) }),
    ...(state === 'STARTED' ? {} : { 'execution-result': resultOf(run) }),
    'pipeline-execution-attempt': place.execution.attempt,
  });
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
