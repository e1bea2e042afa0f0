import {
  InvalidStructureException,
  type PipelineDeclaration,
  PipelineNameInUseException,
  PipelineVersionNotFoundException,
} from '@aws-sdk/client-codepipeline';
import { paginate } from '../../paginate';
import { refuse } from '../../refuse';
import { tagList } from '../../tags';
import { checkedDeclaration } from './declaration';
import { endExecution } from './engine/endings';
import { startExecution } from './engine/start';
import { findPipeline, notIncluded } from './find';
import { invalidToken } from './pages';
import { type CodePipelineCall, type CodePipelineHandlers, isOver, type Pipeline } from './state';

export const pipelines = {
  CreatePipeline({ pipeline: given, tags = [] }, call) {
    const declaration = declared(given, call);
    const { name = '' } = declaration;
    if (call.state.pipelines.has(name))
      throw refuse(
        PipelineNameInUseException,
        // moto has the text.
        `A pipeline with the name '${name}' already exists in account '${call.accountId}'`,
      );
    const pipeline: Pipeline = {
      name,
      arn: call.arn(name),
      declaration: { ...declaration, version: 1 },
      version: 1,
      versions: new Map([[1, { ...declaration, version: 1 }]]),
      createdAt: call.now(),
      updatedAt: call.now(),
      tags: Object.fromEntries(tags.map(({ key = '', value = '' }) => [key, value])),
      executions: new Map(),
      transitions: new Map(),
      polled: new Map(),
      entries: 0,
    };
    call.state.pipelines.set(name, pipeline);
    announce('CREATE', pipeline, call);
    startExecution(
      pipeline,
      { trigger: { triggerType: 'CreatePipeline', triggerDetail: call.principal.arn } },
      call,
    );
    return {
      pipeline: pipeline.declaration,
      tags: tagList(pipeline.tags).map(({ Key: key, Value: value }) => ({ key, value })),
    };
  },

  /** Executions that are under way with the old structure end as Cancelled (FACTS C1.1). */
  UpdatePipeline({ pipeline: given }, call) {
    const pipeline = call.state.pipelines.get(given?.name ?? '');
    if (!pipeline) throw notIncluded(given?.name ?? '', call);
    const declaration = declared(given, call);
    pipeline.version += 1;
    pipeline.declaration = { ...declaration, version: pipeline.version };
    pipeline.versions.set(pipeline.version, pipeline.declaration);
    pipeline.updatedAt = call.now();
    for (const execution of pipeline.executions.values())
      if (!isOver(execution)) cancel(pipeline, execution.id, call);
    announce('UPDATE', pipeline, call);
    return { pipeline: pipeline.declaration };
  },

  GetPipeline({ name, version }, call) {
    const pipeline = findPipeline(name, call);
    const declaration = pipeline.versions.get(version ?? pipeline.version);
    if (!declaration)
      // text unverified
      throw refuse(
        PipelineVersionNotFoundException,
        `The pipeline '${name}' does not have a version ${version}`,
      );
    return {
      pipeline: declaration,
      metadata: {
        pipelineArn: pipeline.arn,
        created: pipeline.createdAt,
        updated: pipeline.updatedAt,
      },
    };
  },

  /** What is gone already is a success, as on AWS. */
  DeletePipeline({ name = '' }, call) {
    const pipeline = call.state.pipelines.get(name);
    if (!pipeline) return;
    for (const { history } of pipeline.executions.values())
      for (const run of history) call.timers.cancel(`${run.id}/timeout`);
    call.state.pipelines.delete(name);
    announce('DELETE', pipeline, call);
  },

  ListPipelines({ nextToken, maxResults = 1000 }, { state }) {
    const all = [...state.pipelines.values()].map(
      ({ name, version, createdAt, updatedAt, declaration }) => ({
        name,
        version,
        pipelineType: declaration.pipelineType,
        executionMode: declaration.executionMode,
        created: createdAt,
        updated: updatedAt,
      }),
    );
    const { page, next } = paginate(all, nextToken, invalidToken(maxResults));
    return { pipelines: page, ...(next === undefined ? {} : { nextToken: next }) };
  },
} satisfies CodePipelineHandlers;

function declared(
  given: PipelineDeclaration | undefined,
  call: CodePipelineCall,
): PipelineDeclaration {
  // text unverified
  if (!given) throw refuse(InvalidStructureException, 'A pipeline declaration is required');
  return checkedDeclaration(given, call);
}

function cancel(pipeline: Pipeline, id: string, call: CodePipelineCall): void {
  const execution = pipeline.executions.get(id);
  if (!execution) return;
  for (const run of execution.history) {
    if (run.status !== 'InProgress') continue;
    run.status = 'Abandoned';
    call.timers.cancel(`${run.id}/timeout`);
  }
  for (const stage of execution.stages.values())
    if (stage.status === 'InProgress') stage.status = 'Cancelled';
  endExecution({ pipeline, execution, call }, 'Cancelled');
}

const announce = (
  kind: 'CREATE' | 'UPDATE' | 'DELETE',
  { name }: Pipeline,
  call: CodePipelineCall,
): void => call.announce({ kind, type: 'AWS::CodePipeline::Pipeline', id: name });
