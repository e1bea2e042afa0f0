import type { DeploymentGroupInfo } from '@aws-sdk/client-codedeploy';
import type { Account } from '../../../checker/account';
import { fail, type Outcome } from '../../../checker/check';
import { groupOf } from '../release/deployments';
import type { Live } from '../release/live';
import { withLive } from './found';

/** Judges the deployment group that the alias's UpdatePolicy names. */
export const withGroup = (
  account: Account,
  look: (group: DeploymentGroupInfo, live: Live) => Promise<Outcome>,
): Promise<Outcome> =>
  withLive(account, async (live) => {
    const group = await groupOf(account, live);
    if (group) return look(group, live);
    return fail({
      seen: `${live.arn} moves by no deployment group.`,
      wanted: 'A deployment group that the UpdatePolicy names.',
      where: 'CodeDeploy, Applications',
      proof: {
        call: 'cloudformation:GetTemplate',
        resource: live.arn,
        path: 'Resources.*.UpdatePolicy.CodeDeployLambdaAliasUpdate.DeploymentGroupName',
        expected: 'a deployment group',
        actual: live.group ?? 'none',
      },
    });
  });
