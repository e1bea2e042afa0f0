import type { ExecutionTrigger } from '@aws-sdk/client-codepipeline';
import type { Execution, Place } from '../state';
import { pipelineEvent } from './events';

/** Runs one stage again with the artifacts and variables of an execution that succeeded there. */
export function startRollback(
  { pipeline, execution: target, call }: Place,
  { stage, trigger }: { stage: string; trigger: ExecutionTrigger },
): Execution {
  const position = (target.declaration.stages ?? []).findIndex(({ name }) => name === stage);
  const execution: Execution = {
    id: call.random.uuid(),
    pipelineName: pipeline.name,
    declaration: target.declaration,
    version: target.version,
    status: 'InProgress',
    trigger,
    type: 'ROLLBACK',
    rollbackTarget: target.id,
    variables: target.variables,
    overrides: [],
    startedAt: call.now(),
    updatedAt: call.now(),
    position,
    isWaiting: true,
    stages: new Map(),
    history: [],
    artifacts: new Map(target.artifacts),
    outputVariables: new Map(target.outputVariables),
    attempt: 1,
  };
  pipeline.executions.set(execution.id, execution);
  pipelineEvent({ pipeline, execution, call }, 'STARTED');
  call.timers.set({ name: 'advance', at: call.now(), payload: { pipeline: pipeline.name } });
  return execution;
}
