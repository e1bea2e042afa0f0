import { currentStage, type Execution, type Pipeline, type Place, type StageRun } from '../state';
import { endExecution } from './endings';
import { stageEvent } from './events';
import { startRollback } from './rollback';

/** A stage has failed; V2 pipelines may try again, go back or go on. */
export function onStageFailure(place: Place, run: StageRun): void {
  const { execution } = place;
  const { onFailure } = currentStage(execution);
  if (onFailure.result === 'RETRY' && run.retries.automatic === 0) {
    run.retries.automatic += 1;
    run.retriedAt = place.call.now();
    retryActions(run, onFailure.retryConfiguration?.retryMode ?? 'ALL_ACTIONS');
    return;
  }
  run.status = onFailure.result === 'SKIP' ? 'Skipped' : 'Failed';
  stageEvent(place, run, 'FAILED');
  if (run.status === 'Skipped') return goOn(place);
  endExecution(place, 'Failed');
  if (onFailure.result === 'ROLLBACK') goBack(place, run.name);
}

function goBack(place: Place, stage: string): void {
  const { execution, pipeline } = place;
  const target = lastGood(pipeline, stage, execution);
  const trigger = { triggerType: 'AutomatedRollback' as const, triggerDetail: execution.id };
  if (target) startRollback({ ...place, execution: target }, { stage, trigger });
}

/** Forgets what is to run again. */
export function retryActions(run: StageRun, mode: 'FAILED_ACTIONS' | 'ALL_ACTIONS'): void {
  for (const [name, { status }] of run.actions)
    if (mode === 'ALL_ACTIONS' || status !== 'Succeeded') run.actions.delete(name);
}

function goOn(place: Place): void {
  const { execution } = place;
  if (execution.position + 1 >= (execution.declaration.stages?.length ?? 0))
    return endExecution(place, 'Succeeded');
  execution.position += 1;
  execution.isWaiting = true;
}

/** The newest other execution that has succeeded in a stage. */
const lastGood = (
  { executions }: Pipeline,
  stage: string,
  failed: Execution,
): Execution | undefined =>
  [...executions.values()].findLast(
    (each) => each !== failed && each.stages.get(stage)?.status === 'Succeeded',
  );
