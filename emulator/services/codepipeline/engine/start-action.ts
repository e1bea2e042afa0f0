import type { ActionDeclaration } from '@aws-sdk/client-codepipeline';
import { keyOf, providerOf } from '../actions';
import type { ActionOutcome } from '../actions/provider';
import { contextOf } from '../actions/context';
import { findRun } from '../find';
import type { ActionRun, CodePipelineCall, Place, StageRun } from '../state';
import { actionEvent } from './events';
import { settle } from './settle';
import { resolveVariables } from './variables';

/** Puts an action under way; its provider is asked in a timer of its own, after the answer. */
export function startAction(place: Place, stage: StageRun, declaration: ActionDeclaration): void {
  const { execution, call, pipeline } = place;
  const run: ActionRun = {
    id: call.random.uuid(),
    stage: stage.name,
    declaration,
    status: 'InProgress',
    startedAt: call.now(),
    updatedAt: call.now(),
    configuration: declaration.configuration ?? {},
    inputs: (declaration.inputArtifacts ?? []).flatMap(
      ({ name = '' }) => execution.artifacts.get(name) ?? [],
    ),
    outputs: [],
    outputVariables: {},
    memory: {},
  };
  stage.actions.set(declaration.name ?? '', run);
  execution.history.push(run);
  execution.updatedAt = call.now();
  actionEvent(place, run, 'STARTED');
  call.timers.set({
    name: 'runAction',
    at: call.now(),
    payload: { pipeline: pipeline.name, execution: execution.id, run: run.id },
  });
}

interface Ids {
  pipeline: string;
  execution: string;
  run: string;
}

/** Asks the provider, for the first time. */
export async function runAction(ids: Ids, call: CodePipelineCall): Promise<void> {
  const found = findRun(ids, call);
  if (!found || found.run.status !== 'InProgress') return;
  const { run, execution } = found;
  const { actionTypeId, configuration = {}, timeoutInMinutes } = run.declaration;
  const provider = providerOf(actionTypeId, call);
  if (!provider) {
    settle(found, {
      status: 'Failed',
      code: 'ConfigurationError',
      message: `Actions of the provider ${keyOf(actionTypeId)} are not emulated.`,
    });
    return;
  }
  const minutes = timeoutInMinutes ?? provider.timeoutMinutes ?? 60;
  call.timers.set({
    name: 'actionTimeout',
    at: new Date(call.now().getTime() + minutes * 60_000),
    payload: ids,
    id: `${run.id}/timeout`,
  });
  const outcome = await attempt(async () => {
    run.configuration = resolveVariables(configuration, execution);
    return provider.start(contextOf(found));
  });
  settle(found, outcome);
}

/** Asks the provider again, because what the action waits for has changed. */
export async function resumeAction(found: Place & { run: ActionRun }): Promise<void> {
  const provider = providerOf(found.run.declaration.actionTypeId, found.call);
  if (!provider?.resume) return;
  settle(
    found,
    await attempt(async () => provider.resume?.(contextOf(found)) ?? { status: 'pending' }),
  );
}

export function timeOutAction(ids: Ids, call: CodePipelineCall): void {
  const found = findRun(ids, call);
  if (!found || found.run.status !== 'InProgress') return;
  const provider = providerOf(found.run.declaration.actionTypeId, call);
  // text unverified
  const message = provider?.timeoutMessage ?? 'The action execution has timed out.';
  settle(found, { status: 'Failed', code: 'TimeoutError', message });
}

/** What AWS refuses, or what cannot be done with what is there, fails the action in its words. */
async function attempt(work: () => Promise<ActionOutcome>): Promise<ActionOutcome> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const isDenied = /AccessDenied|Unauthorized|Forbidden/.test(error.name);
    return {
      status: 'Failed',
      code: isDenied ? 'PermissionError' : 'ConfigurationError',
      message: error.message,
    };
  }
}
