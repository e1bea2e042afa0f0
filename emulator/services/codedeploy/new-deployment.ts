import type { DeploymentCreator } from '@aws-sdk/client-codedeploy';
import type { CodeDeployCall, Deployment, LifecycleStep } from './state';

type Given = Pick<
  Deployment,
  | 'applicationName'
  | 'groupName'
  | 'configName'
  | 'description'
  | 'revision'
  | 'previousRevision'
  | 'spec'
  | 'autoRollback'
  | 'overrideAlarms'
> & { creator?: DeploymentCreator };

const untouched = (): LifecycleStep => ({ status: 'Pending' });

/** A deployment that has not begun, in the state under an id of AWS's form. */
export function newDeployment(given: Given, call: CodeDeployCall): Deployment {
  const deployment: Deployment = {
    ...cloudFormationOf(call),
    ...given,
    id: `d-${call.random.upper(9)}`,
    status: 'Created',
    createdAt: call.now(),
    updatedAt: call.now(),
    steps: {
      BeforeAllowTraffic: untouched(),
      AllowTraffic: untouched(),
      AfterAllowTraffic: untouched(),
    },
    weight: 0,
    reported: [],
    rollback: {},
  };
  call.state.deployments.set(deployment.id, deployment);
  return deployment;
}

/**
 * CloudFormation names the stack that it deploys for as the source of its calls, and marks the way
 * back with `#rollback`; CodeDeploy tells such deployments by their creator (FACTS C1.6).
 */
function cloudFormationOf({ sourceArn = '' }: CodeDeployCall) {
  if (!/^arn:[^:]+:cloudformation:/.test(sourceArn)) return { creator: 'user' as const };
  const [externalId = '', way] = sourceArn.split('#');
  const creator = way === 'rollback' ? 'CloudFormationRollback' : 'CloudFormation';
  return { creator: creator as DeploymentCreator, externalId };
}
