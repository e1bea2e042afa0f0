import {
  type ActionRun,
  currentStage,
  isOver,
  type Execution,
  type Pipeline,
  type Place,
  type StageRun,
} from '../state';
import { stageEvent } from './events';
import { onStageFailure } from './failure';
import { endExecution, stopHere } from './endings';
import { startAction } from './start-action';

/**
 * Moves every execution of a pipeline as far as it can go now. Newer ones come first where they
 * replace older ones that wait at the same stage (SUPERSEDED), older ones first elsewhere.
 */
export function advance(pipeline: Pipeline, call: Place['call']): void {
  for (let moved = true; moved;) {
    moved = false;
    for (const execution of ordered(pipeline)) {
      if (isOver(execution)) continue;
      const place = { pipeline, execution, call };
      if (execution.isWaiting ? enterStage(place) : workInStage(place)) moved = true;
    }
  }
}

const modeOf = ({ declaration }: Execution) => declaration.executionMode ?? 'SUPERSEDED';

function ordered({ executions, declaration }: Pipeline): Execution[] {
  const all = [...executions.values()];
  return declaration.executionMode === 'QUEUED' ? all : all.toReversed();
}

/** Whether it got in, was replaced or stopped. */
function enterStage(place: Place): boolean {
  const { pipeline, execution } = place;
  if (execution.stop) return stopHere(place);
  if (isReplaced(pipeline, execution)) {
    endExecution(place, 'Superseded');
    return true;
  }
  const { name } = currentStage(execution);
  if (isClosed(pipeline, name) || isOccupied(pipeline, execution)) return false;
  execution.isWaiting = false;
  pipeline.entries += 1;
  const run = newStageRun(name, pipeline.entries);
  execution.stages.set(name, run);
  stageEvent(place, run, 'STARTED');
  return true;
}

const newStageRun = (name: string, entry: number): StageRun => ({
  name,
  status: 'InProgress',
  entry,
  retries: { automatic: 0, manual: 0 },
  actions: new Map(),
});

const isClosed = ({ transitions }: Pipeline, stage: string): boolean =>
  transitions.get(stage)?.enabled === false;

/** SUPERSEDED: a newer execution waits at the same stage. */
function isReplaced({ executions }: Pipeline, execution: Execution): boolean {
  if (modeOf(execution) !== 'SUPERSEDED' || execution.position === 0) return false;
  const all = [...executions.values()];
  return all
    .slice(all.indexOf(execution) + 1)
    .some((other) => isAt(other, execution.position) && other.isWaiting);
}

/** Another execution is in the stage; an approval that waits holds it too (FACTS C1.1). */
function isOccupied({ executions }: Pipeline, execution: Execution): boolean {
  if (modeOf(execution) === 'PARALLEL') return false;
  return [...executions.values()].some(
    (other) => other !== execution && isAt(other, execution.position) && !other.isWaiting,
  );
}

const isAt = (execution: Execution, position: number): boolean =>
  !isOver(execution) && execution.position === position;

/** Starts the next actions of the stage, or ends it; whether anything changed. */
function workInStage(place: Place): boolean {
  const { execution } = place;
  const { name, actions } = currentStage(execution);
  const run = execution.stages.get(name);
  if (!run) return false;
  const states = new Set([...run.actions.values()].map(({ status }) => status));
  if (states.has('InProgress')) return false;
  if (execution.stop) return stopHere(place);
  if (states.has('Failed') || states.has('Abandoned')) {
    onStageFailure(place, run);
    return true;
  }
  const next = nextActions(actions, run.actions);
  if (next.length === 0) return leaveStage(place, run);
  for (const action of next) startAction(place, run, action);
  return true;
}

type Declared = NonNullable<NonNullable<Execution['declaration']['stages']>[number]['actions']>;

/** Those of the lowest runOrder that have not succeeded yet run side by side. */
function nextActions(actions: Declared, runs: Map<string, ActionRun>): Declared {
  const open = actions.filter(({ name = '' }) => runs.get(name)?.status !== 'Succeeded');
  const lowest = Math.min(...open.map(({ runOrder = 1 }) => runOrder));
  return open.filter(({ runOrder = 1 }) => runOrder === lowest);
}

function leaveStage(place: Place, run: StageRun): true {
  const { execution, call } = place;
  run.status = 'Succeeded';
  stageEvent(place, run, 'SUCCEEDED');
  const isLast = execution.position + 1 >= (execution.declaration.stages?.length ?? 0);
  // A rollback runs one stage and no other.
  if (isLast || execution.type === 'ROLLBACK') {
    endExecution(place, 'Succeeded');
    return true;
  }
  execution.position += 1;
  execution.isWaiting = true;
  execution.updatedAt = call.now();
  return true;
}
