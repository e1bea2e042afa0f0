import type { ActionOutcome } from '../actions/provider';
import type { ActionRun, Place } from '../state';
import { actionEvent } from './events';
import { keepVariables } from './variables';

/** Takes what a provider answered into the state, and lets the pipeline go on behind it. */
export function settle(place: Place & { run: ActionRun }, outcome: ActionOutcome): void {
  const { run, call, pipeline, execution } = place;
  if (run.status !== 'InProgress') return;
  run.updatedAt = call.now();
  execution.updatedAt = call.now();
  Object.assign(run, known(outcome));
  if (outcome.status === 'pending') return;
  run.status = outcome.status;
  delete run.token;
  delete run.watch;
  call.timers.cancel(`${run.id}/timeout`);
  if (outcome.status === 'Failed') {
    run.error = { code: outcome.code, message: outcome.message };
    actionEvent(place, run, 'FAILED');
  } else {
    for (const artifact of run.outputs) execution.artifacts.set(artifact.name, artifact);
    keepVariables(place, run.declaration.namespace, run.outputVariables);
    actionEvent(place, run, 'SUCCEEDED');
  }
  call.timers.set({ name: 'advance', at: call.now(), payload: { pipeline: pipeline.name } });
}

const members = [
  'summary',
  'externalId',
  'externalUrl',
  'outputs',
  'outputVariables',
  'token',
  'watch',
  'job',
  'updatedBy',
] as const;

/** The members that an outcome sets; the others stay. */
const known = (outcome: ActionOutcome): Partial<ActionRun> =>
  Object.fromEntries(
    members.flatMap((member) => (outcome[member] === undefined ? [] : [[member, outcome[member]]])),
  );
