import type { PipelineExecution, PipelineExecutionSummary } from '@aws-sdk/client-codepipeline';
import type { Execution } from './state';

const rollback = ({ rollbackTarget }: Execution) =>
  rollbackTarget === undefined
    ? {}
    : { rollbackMetadata: { rollbackTargetPipelineExecutionId: rollbackTarget } };

/** As GetPipelineExecution shows it. */
export const show = (execution: Execution): PipelineExecution => ({
  pipelineName: execution.pipelineName,
  pipelineVersion: execution.version,
  pipelineExecutionId: execution.id,
  status: execution.status,
  statusSummary: execution.summary,
  artifactRevisions: [...execution.artifacts.values()].flatMap(({ name, revision }) =>
    revision === undefined
      ? []
      : {
          name,
          revisionId: revision.id,
          revisionSummary: revision.summary,
          created: revision.createdAt,
        },
  ),
  variables: Object.entries(execution.variables).map(([name, resolvedValue]) => ({
    name,
    resolvedValue,
  })),
  trigger: execution.trigger,
  executionMode: execution.declaration.executionMode,
  executionType: execution.type,
  ...rollback(execution),
});

/** As ListPipelineExecutions shows it. */
export const summary = (execution: Execution): PipelineExecutionSummary => ({
  pipelineExecutionId: execution.id,
  status: execution.status,
  startTime: execution.startedAt,
  lastUpdateTime: execution.updatedAt,
  sourceRevisions: execution.history.flatMap(({ declaration, outputs }) =>
    outputs.flatMap(({ revision }) =>
      revision === undefined
        ? []
        : {
            actionName: declaration.name,
            revisionId: revision.id,
            revisionSummary: revision.summary,
          },
    ),
  ),
  trigger: execution.trigger,
  ...(execution.stop?.reason === undefined
    ? {}
    : { stopTrigger: { reason: execution.stop.reason } }),
  executionMode: execution.declaration.executionMode,
  executionType: execution.type,
  ...rollback(execution),
});
