import {
  ConcurrentPipelineExecutionsLimitExceededException,
  type ExecutionTrigger,
  type PipelineVariable,
  type SourceRevisionOverride,
  ValidationException,
} from '@aws-sdk/client-codepipeline';
import { refuse } from '../../../refuse';
import { type CodePipelineCall, isOver, type Execution, type Pipeline } from '../state';
import { pipelineEvent } from './events';

interface Asked {
  trigger: ExecutionTrigger;
  variables?: PipelineVariable[] | undefined;
  overrides?: SourceRevisionOverride[] | undefined;
}

// https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html
const mostAtOnce = 50;

/** A new execution at the door of the first stage. */
export function startExecution(
  pipeline: Pipeline,
  { trigger, variables = [], overrides = [] }: Asked,
  call: CodePipelineCall,
): Execution {
  checkConcurrency(pipeline);
  const execution: Execution = {
    id: call.random.uuid(),
    pipelineName: pipeline.name,
    declaration: pipeline.declaration,
    version: pipeline.version,
    status: 'InProgress',
    trigger,
    type: 'STANDARD',
    variables: resolved(pipeline, variables),
    overrides,
    startedAt: call.now(),
    updatedAt: call.now(),
    position: 0,
    isWaiting: true,
    stages: new Map(),
    history: [],
    artifacts: new Map(),
    outputVariables: new Map(),
    attempt: 1,
  };
  pipeline.executions.set(execution.id, execution);
  pipelineEvent({ pipeline, execution, call }, 'STARTED');
  call.timers.set({ name: 'advance', at: call.now(), payload: { pipeline: pipeline.name } });
  return execution;
}

function checkConcurrency({ executions, declaration }: Pipeline): void {
  if ((declaration.executionMode ?? 'SUPERSEDED') === 'SUPERSEDED') return;
  const running = [...executions.values()].filter((each) => !isOver(each)).length;
  if (running >= mostAtOnce)
    throw refuse(
      ConcurrentPipelineExecutionsLimitExceededException,
      'The pipeline has reached the limit for concurrent pipeline executions.',
    );
}

/** Declared variables with what the caller says or their default; others are refused. */
function resolved(
  { declaration }: Pipeline,
  given: readonly PipelineVariable[],
): Record<string, string> {
  const declared = declaration.variables ?? [];
  const unknown = given.find(({ name }) => !declared.some((each) => each.name === name));
  // Both texts unverified.
  if (unknown)
    throw refuse(ValidationException, `The pipeline has no variable named '${unknown.name ?? ''}'`);
  const entries = declared.map(({ name = '', defaultValue }) => {
    const value = given.find((each) => each.name === name)?.value ?? defaultValue;
    if (value === undefined)
      throw refuse(ValidationException, `A value is required for the pipeline variable '${name}'`);
    return [name, value];
  });
  return Object.fromEntries(entries) as Record<string, string>;
}
