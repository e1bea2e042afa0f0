import { writeAppSpec } from './app-spec';
import { groupOf } from './find';
import { moveAlias, withRole } from './lambda-alias';
import { newDeployment } from './new-deployment';
import { notify } from './notifications';
import { type CodeDeployCall, type Deployment, lifecycleEvents } from './state';

/**
 * Goes back in a new deployment, which calls no hooks (FACTS C1.8): the alias has the old version
 * alone again. The version that was deployed stays.
 */
export async function rollBack(failed: Deployment, call: CodeDeployCall): Promise<void> {
  const { currentVersion, targetVersion } = failed.spec;
  const spec = {
    ...failed.spec,
    currentVersion: targetVersion,
    targetVersion: currentVersion,
    hooks: {},
  };
  const deployment = newDeployment(
    {
      applicationName: failed.applicationName,
      groupName: failed.groupName,
      configName: 'CodeDeployDefault.LambdaAllAtOnce',
      description: undefined,
      creator: 'codeDeployRollback',
      revision: {
        revisionType: 'AppSpecContent',
        appSpecContent: { content: writeAppSpec(spec) },
      },
      spec,
      autoRollback: undefined,
      overrideAlarms: undefined,
    },
    call,
  );
  failed.rollback = {
    rollbackDeploymentId: deployment.id,
    rollbackMessage: `Deployment ${failed.id} terminated. Automatic rollback is triggered with a DeploymentId ${deployment.id}.`,
  };
  deployment.rollback = {
    rollbackTriggeringDeploymentId: failed.id,
    rollbackMessage: `Deployment ${deployment.id} is triggered to roll back deployment ${failed.id}.`,
  };
  await carryOut(deployment, call);
}

async function carryOut(deployment: Deployment, call: CodeDeployCall): Promise<void> {
  deployment.startedAt = call.now();
  deployment.status = 'InProgress';
  notify(deployment, 'START', call);
  const problem = await withRole(deployment, call, (lambda) =>
    moveAlias(lambda, deployment.spec, 1),
  );
  deployment.status = problem ? 'Failed' : 'Succeeded';
  deployment.completedAt = call.now();
  if (problem) deployment.error = problem;
  else deployment.weight = 1;
  for (const name of lifecycleEvents) {
    const status = problem ? 'Failed' : 'Succeeded';
    deployment.steps[name] = { status, startedAt: call.now(), endedAt: call.now() };
  }
  const group = groupOf(deployment, call);
  if (group && !problem) group.info.targetRevision = deployment.revision;
  notify(deployment, problem ? 'FAILURE' : 'SUCCESS', call);
  call.announce({ kind: 'CONTENT', type: 'AWS::CodeDeploy::Deployment', id: deployment.id });
}
