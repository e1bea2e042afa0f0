import type {
  ActionDeclaration,
  ActionExecution,
  ActionState,
  StageDeclaration,
  StageState,
  TransitionState,
} from '@aws-sdk/client-codepipeline';
import { findPipeline } from './find';
import {
  type ActionRun,
  type CodePipelineHandlers,
  type Execution,
  isOver,
  type Pipeline,
  type StageRun,
  type Transition,
} from './state';

export const pipelineState = {
  GetPipelineState({ name }, call) {
    const pipeline = findPipeline(name, call);
    return {
      pipelineName: pipeline.name,
      pipelineVersion: pipeline.version,
      stageStates: (pipeline.declaration.stages ?? []).map((stage, index) =>
        stageState(pipeline, stage, index),
      ),
      created: pipeline.createdAt,
      updated: pipeline.updatedAt,
    };
  },
} satisfies CodePipelineHandlers;

function stageState(pipeline: Pipeline, stage: StageDeclaration, index: number): StageState {
  const { name = '', actions = [] } = stage;
  const runs = entered(pipeline, name);
  const waiting = waitingAt(pipeline, index);
  return {
    stageName: name,
    inboundExecutions: waiting,
    inboundExecution: waiting[0],
    inboundTransitionState: transitionState(pipeline.transitions.get(name)),
    actionStates: actions.map((action) => actionState(action, runs)),
    ...latestState(runs.at(-1)),
  };
}

const transitionState = (transition: Transition | undefined): TransitionState => ({
  enabled: transition?.enabled ?? true,
  lastChangedBy: transition?.changedBy,
  lastChangedAt: transition?.changedAt,
  disabledReason: transition?.reason,
});

const latestState = (latest: Entered | undefined): Partial<StageState> =>
  latest
    ? {
        latestExecution: {
          pipelineExecutionId: latest.execution.id,
          status: latest.run.status,
          type: latest.execution.type,
        },
        retryStageMetadata: {
          autoStageRetryAttempt: latest.run.retries.automatic,
          manualStageRetryAttempt: latest.run.retries.manual,
        },
      }
    : {};

interface Entered {
  execution: Execution;
  run: StageRun;
}

/** Executions that have entered a stage, in the order in which they did. */
const entered = ({ executions }: Pipeline, stage: string): Entered[] =>
  [...executions.values()]
    .flatMap((execution) => {
      const run = execution.stages.get(stage);
      return run ? { execution, run } : [];
    })
    .toSorted((one, other) => one.run.entry - other.run.entry);

const waitingAt = ({ executions }: Pipeline, index: number) =>
  [...executions.values()]
    .filter((each) => !isOver(each) && each.isWaiting && each.position === index)
    .map(({ id, type }) => ({
      pipelineExecutionId: id,
      status: 'InProgress' as const,
      type,
    }));

function actionState({ name = '' }: ActionDeclaration, runs: Entered[]): ActionState {
  const found = runs.findLast(({ run }) => run.actions.has(name))?.run.actions.get(name);
  if (!found) return { actionName: name };
  const [artifact] = found.outputs;
  return {
    actionName: name,
    latestExecution: show(found),
    ...(artifact?.revision === undefined
      ? {}
      : {
          currentRevision: {
            revisionId: artifact.revision.id,
            revisionChangeId: found.id,
            created: artifact.revision.createdAt ?? found.startedAt,
          },
        }),
  };
}

const show = (run: ActionRun): ActionExecution => ({
  actionExecutionId: run.id,
  status: run.status,
  lastStatusChange: run.updatedAt,
  summary: run.summary,
  token: run.token,
  lastUpdatedBy: run.updatedBy,
  externalExecutionId: run.externalId,
  externalExecutionUrl: run.externalUrl,
  errorDetails: run.error,
});
