import type { ActionExecutionDetail, ArtifactDetail } from '@aws-sdk/client-codepipeline';
import { paginate } from '../../paginate';
import { findExecution, findPipeline } from './find';
import { invalidToken } from './pages';
import type { ActionRun, CodePipelineHandlers, Execution, StoredArtifact } from './state';

export const actionExecutions = {
  ListActionExecutions({ pipelineName, filter, nextToken, maxResults = 100 }, call) {
    const { pipelineExecutionId, latestInPipelineExecution } = filter ?? {};
    const wanted = pipelineExecutionId ?? latestInPipelineExecution?.pipelineExecutionId;
    const pipeline = findPipeline(pipelineName, call);
    if (wanted !== undefined) findExecution(pipeline, wanted);
    const all = [...pipeline.executions.values()]
      .filter(({ id }) => wanted === undefined || id === wanted)
      .flatMap((execution) => execution.history.map((run) => show(execution, run)))
      .toReversed();
    const { page, next } = paginate(all, nextToken, invalidToken(maxResults));
    return {
      actionExecutionDetails: page,
      nextToken: next,
    };
  },
} satisfies CodePipelineHandlers;

const located = ({ name, bucket, key }: StoredArtifact): ArtifactDetail => ({
  name,
  s3location: { bucket, key },
});

function show(execution: Execution, run: ActionRun): ActionExecutionDetail {
  const { declaration } = run;
  return {
    pipelineExecutionId: execution.id,
    actionExecutionId: run.id,
    pipelineVersion: execution.version,
    stageName: run.stage,
    actionName: declaration.name,
    startTime: run.startedAt,
    lastUpdateTime: run.updatedAt,
    updatedBy: run.updatedBy,
    status: run.status,
    input: {
      actionTypeId: declaration.actionTypeId,
      configuration: declaration.configuration ?? {},
      resolvedConfiguration: run.configuration,
      roleArn: declaration.roleArn,
      region: declaration.region ?? execution.declaration.stages?.[0]?.actions?.[0]?.region,
      inputArtifacts: run.inputs.map(located),
      namespace: declaration.namespace,
    },
    output: {
      outputArtifacts: run.outputs.map(located),
      executionResult: {
        externalExecutionId: run.externalId,
        externalExecutionSummary: run.summary,
        externalExecutionUrl: run.externalUrl,
        errorDetails: run.error,
      },
      outputVariables: run.outputVariables,
    },
  };
}
