import type { AutoRollbackEvent } from '@aws-sdk/client-codedeploy';
import type { Problem } from './alarms';
import { groupOf } from './find';
import { notify } from './notifications';
import { rollBack } from './rollback';
import { type CodeDeployCall, type Deployment, lifecycleEvents } from './state';

/** The one timer that a deployment has at a time. */
export const nextTimer = ({ id }: Deployment): string => `${id}/next`;

export const isOver = ({ status }: Deployment): boolean =>
  status === 'Succeeded' || status === 'Failed' || status === 'Stopped';

/** All three events have succeeded. */
export async function end(deployment: Deployment, call: CodeDeployCall): Promise<void> {
  close(deployment, 'Succeeded', call);
  const group = groupOf(deployment, call);
  if (group) {
    group.info.targetRevision = deployment.revision;
    group.info.lastSuccessfulDeployment = lastOf(deployment);
  }
  notify(deployment, 'SUCCESS', call);
}

/** A hook or Lambda itself said no. */
export async function fail(
  deployment: Deployment,
  problem: Problem,
  call: CodeDeployCall,
): Promise<void> {
  deployment.error = { code: problem.code, message: problem.message };
  close(deployment, 'Failed', call);
  notify(deployment, 'FAILURE', call);
  if (goesBack(deployment, 'DEPLOYMENT_FAILURE')) await rollBack(deployment, call);
}

/** Stopped by an alarm or by hand; `goBack` is the caller's word, which overrides the group's. */
export async function stop(
  deployment: Deployment,
  { goBack, ...problem }: Problem & { goBack?: boolean },
  call: CodeDeployCall,
): Promise<void> {
  deployment.error = problem;
  close(deployment, 'Stopped', call);
  notify(deployment, 'STOP', call);
  const event =
    problem.code === 'MANUAL_STOP' ? 'DEPLOYMENT_STOP_ON_REQUEST' : 'DEPLOYMENT_STOP_ON_ALARM';
  if (goBack ?? goesBack(deployment, event)) await rollBack(deployment, call);
}

const goesBack = ({ autoRollback }: Deployment, event: AutoRollbackEvent): boolean =>
  autoRollback?.enabled === true && (autoRollback.events ?? []).includes(event);

/** What was under way has failed, what did not begin is skipped (FACTS C1.8). */
function close(
  deployment: Deployment,
  status: 'Succeeded' | 'Failed' | 'Stopped',
  call: CodeDeployCall,
): void {
  deployment.status = status;
  deployment.completedAt = call.now();
  deployment.updatedAt = call.now();
  call.timers.cancel(nextTimer(deployment));
  for (const name of lifecycleEvents) {
    const step = deployment.steps[name];
    if (step.status === 'InProgress')
      Object.assign(step, { status: 'Failed', endedAt: call.now() });
    if (step.status === 'Pending') step.status = 'Skipped';
  }
  const group = groupOf(deployment, call);
  if (group) {
    if (group.running === deployment.id) delete group.running;
    group.info.lastAttemptedDeployment = lastOf(deployment);
  }
  call.announce({ kind: 'CONTENT', type: 'AWS::CodeDeploy::Deployment', id: deployment.id });
}

const lastOf = ({ id, status, completedAt, createdAt }: Deployment) => ({
  deploymentId: id,
  status,
  endTime: completedAt,
  createTime: createdAt,
});
