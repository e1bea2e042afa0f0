import { type Check, fail } from '../../../checker/check';
import { groupOf } from '../release/deployments';
import { ordersStack } from '../release/live';
import { groupReads, judge, withLive } from './found';
import { withGroup } from './group';

export const aliasMovesByCodeDeploy: Check = {
  title: 'CodeDeploy moves the alias live to a new version',
  task: 'c',
  points: 6,
  reads: groupReads,
  objective: 'Know the UpdatePolicy that turns an update of an alias into a deployment.',
  look: (account) =>
    withLive(account, async (live) => {
      const told = {
        wanted:
          'UpdatePolicy: CodeDeployLambdaAliasUpdate with an application and a group that are there.',
        where: `CloudFormation, ${ordersStack(account)}, Template, the alias live`,
        proof: {
          call: 'cloudformation:GetTemplate',
          resource: ordersStack(account),
          path: 'Resources.*.UpdatePolicy.CodeDeployLambdaAliasUpdate.DeploymentGroupName',
          expected: 'a deployment group',
          actual: live.group ?? 'none',
        },
      };
      if (!live.group)
        return fail({ ...told, seen: `${live.arn} flips at once: it has no UpdatePolicy.` });
      const group = await groupOf(account, live);
      const seen = group
        ? `${live.arn} moves by the deployment group ${live.group}.`
        : `${live.arn} is to move by ${live.group}, which is not there.`;
      return judge(group !== undefined, { ...told, seen });
    }),
};

export const aTenthGoesFirst: Check = {
  title: 'A tenth of the orders goes to the new version for five minutes, then all',
  task: 'c',
  points: 5,
  needs: ['aliasMovesByCodeDeploy'],
  reads: groupReads,
  objective: 'Tell canary, linear and all-at-once apart.',
  look: (account) =>
    withGroup(account, async (group) => {
      const wanted = 'CodeDeployDefault.LambdaCanary10Percent5Minutes';
      return judge(group.deploymentConfigName === wanted, {
        seen: `${group.deploymentGroupName} shifts as ${group.deploymentConfigName}.`,
        wanted,
        where: 'CodeDeploy, Applications, the deployment group, Deployment settings',
        proof: {
          call: 'codedeploy:GetDeploymentGroup',
          resource: group.deploymentGroupName ?? '',
          path: 'deploymentGroupInfo.deploymentConfigName',
          expected: wanted,
          actual: group.deploymentConfigName ?? 'not set',
        },
      });
    }),
};
