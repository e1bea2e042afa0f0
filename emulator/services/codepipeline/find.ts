import {
  PipelineExecutionNotFoundException,
  PipelineNotFoundException,
  ResourceNotFoundException,
  StageNotFoundException,
} from '@aws-sdk/client-codepipeline';
import { refuse } from '../../refuse';
import type { Permission } from '../../service';
import type { ActionRun, CodePipelineCall, Execution, Pipeline, Place } from './state';

export function findPipeline(name: string | undefined, call: CodePipelineCall): Pipeline {
  const found = call.state.pipelines.get(name ?? '');
  if (!found)
    throw refuse(
      PipelineNotFoundException,
      // moto has the text.
      `Account '${call.accountId}' does not have a pipeline with name '${name ?? ''}'`,
    );
  return found;
}

/** Of a resource that an ARN or a declaration names; moto has the text. */
export const notIncluded = (name: string, { accountId }: CodePipelineCall): Error =>
  refuse(
    ResourceNotFoundException,
    `The account with id '${accountId}' does not include a pipeline with the name '${name}'`,
  );

export function findExecution(pipeline: Pipeline, id: string | undefined): Execution {
  const found = pipeline.executions.get(id ?? '');
  if (!found)
    // text unverified
    throw refuse(
      PipelineExecutionNotFoundException,
      `The pipeline execution with id '${id ?? ''}' does not exist for pipeline '${pipeline.name}'`,
    );
  return found;
}

export function checkStage({ declaration, name }: Pipeline, stage: string | undefined): void {
  if (declaration.stages?.some((each) => each.name === stage)) return;
  // text unverified
  throw refuse(StageNotFoundException, `Pipeline '${name}' does not have a stage '${stage ?? ''}'`);
}

/** The run of an action by its id, with where it belongs; nothing once pipeline or execution are gone. */
export function findRun(
  ids: { pipeline: string; execution: string; run: string },
  call: CodePipelineCall,
): (Place & { run: ActionRun }) | undefined {
  const pipeline = call.state.pipelines.get(ids.pipeline);
  const execution = pipeline?.executions.get(ids.execution);
  const run = execution?.history.find(({ id }) => id === ids.run);
  return pipeline && execution && run && { pipeline, execution, run, call };
}

/** Every action that is under way in the account and Region. */
export function runsUnderWay(call: CodePipelineCall): (Place & { run: ActionRun })[] {
  return [...call.state.pipelines.values()].flatMap((pipeline) =>
    [...pipeline.executions.values()].flatMap((execution) =>
      execution.history
        .filter(({ status }) => status === 'InProgress')
        .map((run) => ({ pipeline, execution, run, call })),
    ),
  );
}

interface NamesPipeline {
  name?: string | undefined;
  pipelineName?: string | undefined;
  pipeline?: { name?: string | undefined } | undefined;
  stageName?: string | undefined;
  actionName?: string | undefined;
}

/** One action on the pipeline, stage or action that the input names. */
export const on =
  (action: string) =>
  (
    { name, pipelineName, pipeline, stageName, actionName }: NamesPipeline,
    call: CodePipelineCall,
  ): Permission => {
    const named = [name ?? pipelineName ?? pipeline?.name ?? '', stageName, actionName];
    const resource = named.filter((part) => part !== undefined).join('/');
    return { action: `codepipeline:${action}`, resources: [call.arn(resource)] };
  };
