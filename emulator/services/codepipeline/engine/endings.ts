import type { PipelineExecutionStatus } from '@aws-sdk/client-codepipeline';
import { currentStage, type Place } from '../state';
import { pipelineEvent, stageEvent } from './events';

const events = {
  Succeeded: 'SUCCEEDED',
  Failed: 'FAILED',
  Stopped: 'STOPPED',
  Superseded: 'SUPERSEDED',
  Cancelled: 'CANCELED',
} as const;

/** Brings an execution to its end and tells so. */
export function endExecution(
  place: Place,
  status: Extract<PipelineExecutionStatus, keyof typeof events>,
): void {
  const { execution, call } = place;
  execution.status = status;
  execution.updatedAt = call.now();
  pipelineEvent(place, events[status]);
  call.announce({ kind: 'CONTENT', type: 'AWS::CodePipeline::Execution', id: execution.id });
}

/** Where somebody asked it to stop and nothing is under way any more. */
export function stopHere(place: Place): true {
  const { execution } = place;
  const run = execution.stages.get(currentStage(execution).name);
  if (run?.status === 'InProgress' || run?.status === 'Stopping') {
    run.status = 'Stopped';
    stageEvent(place, run, 'STOPPED');
  }
  endExecution(place, 'Stopped');
  return true;
}
