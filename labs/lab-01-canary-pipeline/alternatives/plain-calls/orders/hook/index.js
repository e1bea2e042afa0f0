const { CodeDeploy } = require('@aws-sdk/client-codedeploy');
const { Lambda } = require('@aws-sdk/client-lambda');

const lambda = new Lambda({});
const codedeploy = new CodeDeploy({});

/** Asks CodeDeploy which version is to come, and that version for a cake. */
exports.handler = async ({ DeploymentId: deploymentId, LifecycleEventHookExecutionId }) => {
  let status = 'Failed';
  try {
    if (await bakes(await versionOf(deploymentId))) status = 'Succeeded';
  } finally {
    await codedeploy.putLifecycleEventHookExecutionStatus({
      deploymentId,
      lifecycleEventHookExecutionId: LifecycleEventHookExecutionId,
      status,
    });
  }
};

async function versionOf(deploymentId) {
  const { targetIds } = await codedeploy.listDeploymentTargets({ deploymentId });
  const { deploymentTarget } = await codedeploy.getDeploymentTarget({
    deploymentId,
    targetId: targetIds[0],
  });
  return deploymentTarget.lambdaTarget.lambdaFunctionInfo;
}

async function bakes({ functionName, targetVersion }) {
  const { FunctionError, Payload } = await lambda.invoke({
    FunctionName: functionName,
    Qualifier: targetVersion,
    Payload: JSON.stringify({ item: 'cake' }),
  });
  return !FunctionError && JSON.parse(Buffer.from(Payload)).total === 6;
}
