import type {
  TimeBasedCanary,
  TimeBasedLinear,
  TrafficRoutingConfig,
} from '@aws-sdk/client-codedeploy';
import { activeAlarms, lists } from './alarms';
import { findConfig } from './configs';
import { end, fail, isOver, nextTimer, stop } from './endings';
import { misfit, moveAlias, withRole } from './lambda-alias';
import { notify } from './notifications';
import type { CodeDeployCall, Deployment, LifecycleEventName } from './state';

const hookDeadlineMs = 3600_000;

interface Due {
  id: string;
}

/** What happens when a deployment's timer is due; each leads to the next one or to an end. */
export const timers = {
  begin: ({ id }: Due, call: CodeDeployCall) => whileOn(id, call, begin),
  proceed: ({ id }: Due, call: CodeDeployCall) => whileOn(id, call, proceed),
  shift: ({ id }: Due, call: CodeDeployCall) => whileOn(id, call, shiftFurther),
  hookDeadline: ({ id }: Due, call: CodeDeployCall) => whileOn(id, call, hookTimedOut),
};

type Step = (deployment: Deployment, call: CodeDeployCall) => Promise<void>;

async function whileOn(id: string, call: CodeDeployCall, step: Step): Promise<void> {
  const deployment = call.state.deployments.get(id);
  if (!deployment || isOver(deployment)) return;
  deployment.updatedAt = call.now();
  await step(deployment, call);
}

async function begin(deployment: Deployment, call: CodeDeployCall): Promise<void> {
  deployment.status = 'InProgress';
  deployment.startedAt = call.now();
  notify(deployment, 'START', call);
  const active = await activeAlarms(deployment, call);
  if (active) return stop(deployment, active, call);
  const { functionName: FunctionName, alias: Name } = deployment.spec;
  const problem = await withRole(deployment, call, async (lambda) =>
    misfit(deployment, await lambda.getAlias({ FunctionName, Name })),
  );
  if (problem) return fail(deployment, problem, call);
  await enter(deployment, 'BeforeAllowTraffic', call);
}

/** Starts a lifecycle event that a hook may belong to; without one it has succeeded already. */
async function enter(
  deployment: Deployment,
  name: 'BeforeAllowTraffic' | 'AfterAllowTraffic',
  call: CodeDeployCall,
): Promise<void> {
  const hook = deployment.spec.hooks[name];
  const step = deployment.steps[name];
  step.status = 'InProgress';
  step.startedAt = call.now();
  if (hook === undefined) {
    step.status = 'Succeeded';
    return proceed(deployment, call);
  }
  step.hookExecutionId = Buffer.from(`${deployment.id}/${call.random.uuid()}`).toString('base64');
  const at = new Date(call.now().getTime() + hookDeadlineMs);
  call.timers.set({
    name: 'hookDeadline',
    at,
    payload: { id: deployment.id },
    id: nextTimer(deployment),
  });
  const problem = await invokeHook(deployment, { hook, id: step.hookExecutionId }, call);
  if (problem) return fail(deployment, { ...problem, code: 'HOOK_EXECUTION_FAILURE' }, call);
}

/** The function learns two opaque ids and nothing else (FACTS C1.6). */
const invokeHook = (
  deployment: Deployment,
  { hook, id }: { hook: string; id: string },
  call: CodeDeployCall,
) =>
  withRole(deployment, call, async (lambda) => {
    await lambda.invoke({
      FunctionName: hook,
      InvocationType: 'Event',
      Payload: Buffer.from(
        JSON.stringify({ DeploymentId: deployment.id, LifecycleEventHookExecutionId: id }),
      ),
    });
  });

/** Goes on behind the lifecycle event that has ended last. */
async function proceed(deployment: Deployment, call: CodeDeployCall): Promise<void> {
  const { BeforeAllowTraffic, AllowTraffic, AfterAllowTraffic } = deployment.steps;
  for (const step of [BeforeAllowTraffic, AllowTraffic, AfterAllowTraffic])
    if (step.status === 'Succeeded') step.endedAt ??= call.now();
  const failed = Object.entries(deployment.steps).find(([, { status }]) => status === 'Failed');
  if (failed) return fail(deployment, hookFailed(failed[0] as LifecycleEventName), call);
  if (AllowTraffic.status === 'Pending') return allowTraffic(deployment, call);
  if (AfterAllowTraffic.status === 'Pending') return enter(deployment, 'AfterAllowTraffic', call);
  return end(deployment, call);
}

const hookFailed = (name: LifecycleEventName) => ({
  code: 'HOOK_EXECUTION_FAILURE' as const,
  message: `The lifecycle event hook ${name} reported that it failed.`, // text unverified
});

async function hookTimedOut(deployment: Deployment, call: CodeDeployCall): Promise<void> {
  await fail(
    deployment,
    {
      code: 'HOOK_EXECUTION_FAILURE',
      message: 'A lifecycle event hook did not report within one hour.', // text unverified
    },
    call,
  );
}

async function allowTraffic(deployment: Deployment, call: CodeDeployCall): Promise<void> {
  deployment.steps.AllowTraffic.status = 'InProgress';
  deployment.steps.AllowTraffic.startedAt = call.now();
  await shiftFurther(deployment, call);
}

/** One more increment: FACTS C1.7 has what the alias looks like meanwhile. */
async function shiftFurther(deployment: Deployment, call: CodeDeployCall): Promise<void> {
  const { weight, minutes } = nextIncrement(
    findConfig(deployment.configName, call).trafficRoutingConfig,
    deployment.weight,
  );
  const problem = await withRole(deployment, call, (lambda) =>
    moveAlias(lambda, deployment.spec, weight),
  );
  if (problem) return fail(deployment, problem, call);
  deployment.weight = weight;
  if (weight >= 1) {
    deployment.steps.AllowTraffic.status = 'Succeeded';
    return proceed(deployment, call);
  }
  const at = new Date(call.now().getTime() + minutes * 60_000);
  call.timers.set({ name: 'shift', at, payload: { id: deployment.id }, id: nextTimer(deployment) });
}

/** The share that the new version gets next, and how long it keeps it. */
function nextIncrement(routing: TrafficRoutingConfig | undefined, weight: number) {
  switch (routing?.type) {
    case 'TimeBasedCanary':
      return weight === 0 ? firstShare(routing.timeBasedCanary) : all;
    case 'TimeBasedLinear':
      return furtherShare(routing.timeBasedLinear, weight);
    case 'AllAtOnce':
    case undefined:
      return all;
  }
}

const all = { weight: 1, minutes: 0 };

const firstShare = ({ canaryPercentage = 100, canaryInterval = 0 }: TimeBasedCanary = {}) => ({
  weight: canaryPercentage / 100,
  minutes: canaryInterval,
});

const furtherShare = (
  { linearPercentage = 100, linearInterval = 0 }: TimeBasedLinear = {},
  weight: number,
) => ({
  weight: Math.min((Math.round(weight * 100) + linearPercentage) / 100, 1),
  minutes: linearInterval,
});

/** An alarm changed its state: stops every deployment that it is listed for and that is on. */
export async function watchAlarm(name: string, call: CodeDeployCall): Promise<void> {
  for (const deployment of call.state.deployments.values()) {
    if (isOver(deployment) || !lists(deployment, name, call)) continue;
    const active = await activeAlarms(deployment, call);
    if (active && !isOver(deployment)) await stop(deployment, active, call);
  }
}
