const { CodeDeploy } = require('@aws-sdk/client-codedeploy');
const { Lambda } = require('@aws-sdk/client-lambda');

const lambda = new Lambda({});
const codedeploy = new CodeDeploy({});

/** Orders a tea from the new version, before any customer does, and tells CodeDeploy how it went. */
exports.handler = async ({ DeploymentId, LifecycleEventHookExecutionId }) => {
  const status = (await answersOrders()) ? 'Succeeded' : 'Failed';
  await codedeploy.putLifecycleEventHookExecutionStatus({
    deploymentId: DeploymentId,
    lifecycleEventHookExecutionId: LifecycleEventHookExecutionId,
    status,
  });
};

async function answersOrders() {
  const { FunctionError, Payload } = await lambda.invoke({
    FunctionName: process.env.NEW_VERSION,
    Payload: JSON.stringify({ item: 'tea', quantity: 2 }),
  });
  return FunctionError === undefined && JSON.parse(Buffer.from(Payload)).total === 8;
}
