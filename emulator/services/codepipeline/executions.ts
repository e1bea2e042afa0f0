import {
  DuplicatedStopRequestException,
  type ExecutionTrigger,
  NotLatestPipelineExecutionException,
  PipelineExecutionNotStoppableException,
  StageNotRetryableException,
  UnableToRollbackStageException,
} from '@aws-sdk/client-codepipeline';
import { paginate } from '../../paginate';
import { refuse } from '../../refuse';
import { contextOf } from './actions/context';
import { providerOf } from './actions';
import { actionEvent, pipelineEvent, stageEvent } from './engine/events';
import { retryActions } from './engine/failure';
import { startRollback } from './engine/rollback';
import { startExecution } from './engine/start';
import { show, summary } from './execution-shapes';
import { checkStage, findExecution, findPipeline } from './find';
import { invalidToken } from './pages';
import {
  type ActionRun,
  type CodePipelineCall,
  type CodePipelineHandlers,
  currentStage,
  type Execution,
  isOver,
  type Pipeline,
  type Place,
} from './state';

export const executions = {
  StartPipelineExecution({ name, variables, sourceRevisions: overrides }, call) {
    const pipeline = findPipeline(name, call);
    const asked = { trigger: triggerOf(call), variables, overrides };
    return { pipelineExecutionId: startExecution(pipeline, asked, call).id };
  },

  GetPipelineExecution({ pipelineName, pipelineExecutionId }, call) {
    const pipeline = findPipeline(pipelineName, call);
    return { pipelineExecution: show(findExecution(pipeline, pipelineExecutionId)) };
  },

  ListPipelineExecutions({ pipelineName, nextToken, maxResults = 100, filter }, call) {
    const stage = filter?.succeededInStage?.stageName;
    const all = [...findPipeline(pipelineName, call).executions.values()]
      .filter(({ stages }) => stage === undefined || stages.get(stage)?.status === 'Succeeded')
      .toReversed();
    const { page, next } = paginate(all, nextToken, invalidToken(maxResults));
    return {
      pipelineExecutionSummaries: page.map(summary),
      nextToken: next,
    };
  },

  async StopPipelineExecution(
    { pipelineName, pipelineExecutionId, abandon = false, reason },
    call,
  ) {
    const pipeline = findPipeline(pipelineName, call);
    const execution = pipeline.executions.get(pipelineExecutionId ?? '');
    if (!execution) throw notStoppable(pipelineExecutionId);
    checkStoppable(execution, abandon);
    const place = { pipeline, execution, call };
    execution.stop = { isAbandoned: abandon, ...(reason === undefined ? {} : { reason }) };
    execution.status = 'Stopping';
    execution.updatedAt = call.now();
    tellStopping(place);
    if (abandon) await abandonActions(place);
    call.timers.set({ name: 'advance', at: call.now(), payload: { pipeline: pipeline.name } });
    return { pipelineExecutionId: execution.id };
  },

  RetryStageExecution({ pipelineName, stageName = '', pipelineExecutionId, retryMode }, call) {
    const pipeline = findPipeline(pipelineName, call);
    checkStage(pipeline, stageName);
    const { execution, stage } = retryable(pipeline, stageName, pipelineExecutionId);
    const place = { pipeline, execution, call };
    retryActions(stage, retryMode ?? 'FAILED_ACTIONS');
    stage.retries.manual += 1;
    stage.retriedAt = call.now();
    stage.status = 'InProgress';
    execution.status = 'InProgress';
    delete execution.stop;
    execution.attempt += 1;
    execution.updatedAt = call.now();
    pipelineEvent(place, 'RESUMED');
    stageEvent(place, stage, 'RESUMED');
    call.timers.set({ name: 'advance', at: call.now(), payload: { pipeline: pipeline.name } });
    return { pipelineExecutionId: execution.id };
  },

  RollbackStage({ pipelineName, stageName = '', targetPipelineExecutionId }, call) {
    const pipeline = findPipeline(pipelineName, call);
    checkStage(pipeline, stageName);
    const target = findExecution(pipeline, targetPipelineExecutionId);
    if (pipeline.declaration.pipelineType !== 'V2')
      throw refuse(
        UnableToRollbackStageException,
        'Only pipelines of type V2 can roll back a stage',
      );
    if (target.stages.get(stageName)?.status !== 'Succeeded' || target.type === 'ROLLBACK')
      throw refuse(
        UnableToRollbackStageException,
        `The execution '${target.id}' has not succeeded in the stage '${stageName}'`,
      );
    const trigger = { triggerType: 'ManualRollback' as const, triggerDetail: call.principal.arn };
    const place = { pipeline, execution: target, call };
    return { pipelineExecutionId: startRollback(place, { stage: stageName, trigger }).id };
  },
} satisfies CodePipelineHandlers;

// Texts of the refusals in this file are unverified.

/** EventBridge names the rule as the source of its call. */
const triggerOf = ({ sourceArn = '', principal }: CodePipelineCall): ExecutionTrigger =>
  /^arn:[^:]+:(events|scheduler):/.test(sourceArn)
    ? { triggerType: 'CloudWatchEvent', triggerDetail: sourceArn }
    : { triggerType: 'StartPipelineExecution', triggerDetail: principal.arn };

// AWS's model knows no other exception for an execution that does not exist.

const notStoppable = (id = ''): Error =>
  refuse(
    PipelineExecutionNotStoppableException,
    `The pipeline execution '${id}' is not in progress`,
  );

const notLatest = (id = '', stage: string): Error =>
  refuse(
    NotLatestPipelineExecutionException,
    `The execution '${id}' is not the latest execution in the stage '${stage}'`,
  );

function checkStoppable(execution: Execution, abandon: boolean): void {
  if (isOver(execution)) throw notStoppable(execution.id);
  if (execution.stop && (execution.stop.isAbandoned || !abandon))
    throw refuse(
      DuplicatedStopRequestException,
      `The pipeline execution '${execution.id}' is being stopped already`,
    );
}

function retryable(pipeline: Pipeline, stageName: string, id: string | undefined) {
  const execution = pipeline.executions.get(id ?? '');
  if (!execution) throw notLatest(id, stageName);
  const stage = execution.stages.get(stageName);
  if (!stage || !isOver(execution) || !/^(Failed|Stopped)$/.test(stage.status))
    throw refuse(StageNotRetryableException, `The stage '${stageName}' cannot be retried`);
  if (newestIn(pipeline, stageName) !== execution) throw notLatest(id, stageName);
  return { execution, stage };
}

/** The stage that it is in stops as well, unless it only waits to enter it. */
function tellStopping(place: Place): void {
  pipelineEvent(place, 'STOPPING');
  const run = place.execution.stages.get(currentStage(place.execution).name);
  if (run?.status !== 'InProgress') return;
  run.status = 'Stopping';
  stageEvent(place, run, 'STOPPING');
}

async function abandonActions(place: Place): Promise<void> {
  const { execution, call } = place;
  for (const run of execution.history) {
    if (run.status !== 'InProgress') continue;
    run.status = 'Abandoned';
    run.updatedAt = call.now();
    call.timers.cancel(`${run.id}/timeout`);
    actionEvent(place, run, 'ABANDONED');
    await abandonWork(place, run);
  }
}

/** What cannot be ended any more has ended by itself. */
async function abandonWork(place: Place, run: ActionRun): Promise<void> {
  const provider = providerOf(run.declaration.actionTypeId, place.call);
  try {
    await provider?.abandon?.(contextOf({ ...place, run }));
  } catch (error) {
    if (!(error instanceof Error && '$fault' in error)) throw error;
  }
}

const newestIn = ({ executions: all }: Pipeline, stage: string): Execution | undefined =>
  [...all.values()]
    .filter(({ stages }) => stages.has(stage))
    .toSorted((one, other) => entryOf(one, stage) - entryOf(other, stage))
    .at(-1);

const entryOf = ({ stages }: Execution, stage: string): number => stages.get(stage)?.entry ?? 0;
