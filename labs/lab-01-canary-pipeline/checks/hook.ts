import type { Account } from '../../../checker/account';
import { type Check, fail } from '../../../checker/check';
import type { Live } from '../release/live';
import { groupReads, judge } from './found';
import { withGroup } from './group';
import { allowedOn } from './permissions';

export const hookMayAsk: Check = {
  title: 'A BeforeAllowTraffic hook may be called by CodeDeploy and may call the function',
  task: 'e',
  points: 6,
  needs: ['aliasMovesByCodeDeploy'],
  reads: [...groupReads, 'iam:SimulatePrincipalPolicy', 'lambda:GetFunctionConfiguration'],
  objective: 'Give each role of a hook what it needs: who calls it, and what it does.',
  look: (account) =>
    withGroup(account, async (group, live) => {
      const where =
        'the alias, UpdatePolicy, BeforeAllowTrafficHook; IAM, the roles of the group and the hook';
      const wanted =
        'A function that the service role of the group may invoke (the managed one: CodeDeployHook_*), whose own role may invoke versions of the orders function.';
      const proof = {
        call: 'cloudformation:GetTemplate',
        resource: live.arn,
        path: 'Resources.*.UpdatePolicy.CodeDeployLambdaAliasUpdate.BeforeAllowTrafficHook',
        expected: 'a function that may be called and may call',
        actual: live.hook ?? 'none',
      };
      if (!live.hook)
        return fail({ seen: 'live has no BeforeAllowTraffic hook.', wanted, where, proof });
      const problems = await problemsOf(account, live, group.serviceRoleArn ?? '');
      return judge(problems.length === 0, {
        seen:
          problems.length === 0
            ? `${live.hook} may be called and may call the function.`
            : `${live.hook}: ${problems.join('; ')}.`,
        wanted,
        where,
        proof: { ...proof, actual: problems.join('; ') || live.hook },
      });
    }),
};

// --- internal ---

async function problemsOf(account: Account, live: Live, serviceRole: string): Promise<string[]> {
  const { FunctionArn = '', Role: hookRole = '' } = await account.lambda.getFunctionConfiguration({
    FunctionName: live.hook,
  });
  const functionArn = live.arn.slice(0, live.arn.lastIndexOf(':'));
  const may = async (role: string, action: string, resources: string[]) =>
    (await allowedOn(account, role, { action, resources })).length > 0;
  const [called, asks] = await Promise.all([
    may(serviceRole, 'lambda:InvokeFunction', [FunctionArn]),
    may(hookRole, 'lambda:InvokeFunction', [functionArn, `${functionArn}:1`]),
  ]);
  return [
    ...(called ? [] : [`${serviceRole} may not invoke ${FunctionArn}`]),
    ...(asks ? [] : [`${hookRole} may not invoke ${functionArn}`]),
  ];
}
