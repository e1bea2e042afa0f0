import type { ContextEntry } from '@aws-sdk/client-iam';
import type { Account } from '../../../checker/account';
import { describeGroup, groupIds, labTag } from './found';

/** What a policy may ask about a call on one security group. */
interface On {
  groupId: string;
  /** `undefined` for a group that does not bear the lab's tag. */
  tag: string | undefined;
}

/** Which of these EC2 actions the role may do on a group, by IAM's own simulation. */
export async function allowedOnGroup(
  account: Account,
  roleArn: string,
  asked: { actions: string[]; on: On },
): Promise<string[]> {
  const { groupId, tag } = asked.on;
  const { region, accountId } = account;
  const { VpcId } = await describeGroup(account, groupIds(account).inDefaultVpc);
  const context = {
    'aws:RequestedRegion': region,
    'ec2:Region': region,
    'aws:ResourceAccount': accountId,
    'ec2:Vpc': `arn:aws:ec2:${region}:${accountId}:vpc/${VpcId}`,
    'ec2:SecurityGroupID': groupId,
    ...(tag && { [`aws:ResourceTag/${labTag}`]: tag, [`ec2:ResourceTag/${labTag}`]: tag }),
  };
  return simulate(account, {
    PolicySourceArn: roleArn,
    ActionNames: asked.actions,
    ResourceArns: [`arn:aws:ec2:${region}:${accountId}:security-group/${groupId}`],
    ContextEntries: entries(context),
  });
}

/** Which of these actions the role may do on a resource that no condition speaks of. */
export const allowedOn = (
  account: Account,
  roleArn: string,
  asked: { actions: string[]; resource: string },
): Promise<string[]> =>
  simulate(account, {
    PolicySourceArn: roleArn,
    ActionNames: asked.actions,
    ResourceArns: [asked.resource],
    ContextEntries: entries({
      'aws:RequestedRegion': account.region,
      'ec2:Region': account.region,
    }),
  });

/** The services, accounts and users that a trust policy lets assume the role. */
export function trustedBy(document: string): string[] {
  const { Statement } = JSON.parse(decodeURIComponent(document)) as {
    Statement: Trust | Trust[];
  };
  const allowing = [Statement].flat().filter(({ Effect }) => Effect === 'Allow');
  return allowing.flatMap(({ Principal }) =>
    typeof Principal === 'string' ? [Principal] : Object.values(Principal ?? {}).flat(),
  );
}

// --- internal ---

interface Trust {
  Effect: string;
  Principal?: string | Record<string, string | string[]>;
}

const entries = (context: Record<string, string>): ContextEntry[] =>
  Object.entries(context).map(([key, value]) => ({
    ContextKeyName: key,
    ContextKeyValues: [value],
    ContextKeyType: 'string',
  }));

async function simulate(
  { iam }: Account,
  request: Parameters<Account['iam']['simulatePrincipalPolicy']>[0],
): Promise<string[]> {
  const { EvaluationResults = [] } = await iam.simulatePrincipalPolicy(request);
  return EvaluationResults.filter(({ EvalDecision }) => EvalDecision === 'allowed').flatMap(
    ({ EvalActionName }) => EvalActionName ?? [],
  );
}
