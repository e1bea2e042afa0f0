import type { Role } from '@aws-sdk/client-iam';
import type { Account } from '../../../checker/account';
import { type Check, fail, type Outcome, pass, type Proof } from '../../../checker/check';
import { everyPage } from '../../../checker/pages';
import { findRoleArn, groupIds } from './found';
import { allowedOn, allowedOnGroup, trustedBy } from './permissions';

const readsRole = [
  'config:DescribeConfigRules',
  'config:DescribeRemediationConfigurations',
  'ec2:DescribeSecurityGroups',
  'iam:ListRoles',
];

const revoke = 'ec2:RevokeSecurityGroupIngress';

export const roleIsTrustedBySsmOnly: Check = {
  title: 'The automation role is trusted by ssm.amazonaws.com and by nobody else',
  task: 'a',
  points: 5,
  reads: readsRole,
  objective: 'Know which service assumes AutomationAssumeRole: Systems Manager, not Config.',
  look: (account) =>
    withRole(account, async ({ Arn: arn, RoleName, AssumeRolePolicyDocument = '' }) => {
      const trusted = trustedBy(AssumeRolePolicyDocument);
      const seen = `${RoleName} is trusted by ${trusted.join(', ') || 'nobody'}.`;
      const proof = {
        call: 'iam:ListRoles',
        resource: arn,
        path: 'Roles[].AssumeRolePolicyDocument, Principal of what it allows',
        expected: ['ssm.amazonaws.com'],
        actual: trusted,
      };
      if (trusted.every((who) => who === 'ssm.amazonaws.com') && trusted.length > 0)
        return pass(seen, proof);
      return fail({
        seen,
        proof,
        wanted: 'A trust policy that lets ssm.amazonaws.com, and only it, call sts:AssumeRole.',
        where: `${arn}, trust relationships`,
      });
    }),
};

export const roleMayCloseTaggedGroups: Check = {
  title: 'The automation role may describe groups and revoke ingress on groups with the lab tag',
  task: 'a',
  points: 5,
  needs: ['roleIsTrustedBySsmOnly'],
  reads: [...readsRole, 'iam:SimulatePrincipalPolicy'],
  objective: 'Give an automation what its steps call, action by action.',
  look: (account) =>
    withRole(account, async ({ Arn: arn, RoleName }) => {
      const [described, revoked] = await Promise.all([
        allowedOn(account, arn, { actions: describing, resource: '*' }),
        allowedOnGroup(account, arn, { actions: [revoke], on: tagged(account) }),
      ]);
      const missing = [
        ...(described.length === 0 ? ['ec2:DescribeSecurityGroups'] : []),
        ...(revoked.length === 0
          ? [`${revoke} on a group tagged dop-labs:lab=${account.lab}`]
          : []),
      ];
      const proof = simulated(arn, [...describing, revoke], [...described, ...revoked]);
      if (missing.length === 0)
        return pass(`${RoleName} may describe groups and revoke ingress.`, proof);
      return fail({
        proof,
        seen: `${RoleName} may not ${missing.join(' and not ')}.`,
        wanted: `ec2:DescribeSecurityGroups on *, and ${revoke} on the lab's groups.`,
        where: `${arn}, permissions`,
      });
    }),
};

export const roleReachesOnlyTaggedGroups: Check = {
  title: 'The automation role may not revoke on a group without the lab tag',
  task: 'a',
  points: 5,
  reads: [...readsRole, 'iam:SimulatePrincipalPolicy'],
  objective: 'Fence an action by the tag of the resource it works on.',
  look: (account) =>
    withRole(account, async ({ Arn: arn, RoleName }) => {
      const ask = (tag: string | undefined) =>
        allowedOnGroup(account, arn, { actions: [revoke], on: { groupId: strangeGroup, tag } });
      const reached = (await Promise.all([ask(undefined), ask('lab-00')])).flat();
      const proof = simulated(arn, [], reached);
      if (reached.length === 0)
        return pass(`${RoleName} is kept to the lab's groups by their tag.`, proof);
      return fail({
        proof,
        seen: `${RoleName} may revoke ingress on an untagged group too.`,
        wanted: `${revoke} only where aws:ResourceTag/dop-labs:lab is ${account.lab}.`,
        where: `${arn}, the statement's Condition`,
      });
    }),
};

export const roleMayDoNothingElse: Check = {
  title: 'The automation role may not authorize, delete, touch egress or IAM',
  task: 'a',
  points: 5,
  reads: [...readsRole, 'iam:SimulatePrincipalPolicy'],
  objective: 'See why ec2:* on a few groups is still too much for a robot.',
  look: (account) =>
    withRole(account, async ({ Arn: arn, RoleName }) => {
      const [onGroup, onIam] = await Promise.all([
        allowedOnGroup(account, arn, { actions: forbiddenOnGroup, on: tagged(account) }),
        allowedOn(account, arn, { actions: forbiddenInIam, resource: arn }),
      ]);
      const allowed = [...onGroup, ...onIam];
      const proof = simulated(arn, [], allowed);
      if (allowed.length === 0)
        return pass(`${RoleName} may do none of what it has no use for.`, proof);
      return fail({
        proof,
        seen: `${RoleName} may also ${allowed.join(', ')}.`,
        wanted: `Only describing security groups and ${revoke}.`,
        where: `${arn}, permissions`,
      });
    }),
};

// --- internal ---

/** What IAM's own simulation allows of what was asked. */
const simulated = (resource: string, expected: string[], actual: string[]): Proof => ({
  call: 'iam:SimulatePrincipalPolicy',
  resource,
  path: 'EvaluationResults[].EvalDecision allowed',
  expected,
  actual,
});

// Either lets a runbook find out what is open.
const describing = ['ec2:DescribeSecurityGroups', 'ec2:DescribeSecurityGroupRules'];

const forbiddenOnGroup = [
  'ec2:AuthorizeSecurityGroupIngress',
  'ec2:AuthorizeSecurityGroupEgress',
  'ec2:RevokeSecurityGroupEgress',
  'ec2:DeleteSecurityGroup',
];

const forbiddenInIam = ['iam:AttachRolePolicy', 'iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy'];

// Simulation needs an ARN, not a group that exists.
const strangeGroup = 'sg-00000000000000000';

const tagged = (account: Account) => ({
  groupId: groupIds(account).inDefaultVpc,
  tag: account.lab,
});

async function withRole(
  account: Account,
  look: (role: Role & { Arn: string }) => Promise<Outcome>,
): Promise<Outcome> {
  const arn = await findRoleArn(account);
  const role = (await allRoles(account)).find(({ Arn }) => Arn === arn);
  if (role && arn) return look({ ...role, Arn: arn });
  return fail({
    proof: {
      call: arn ? 'iam:ListRoles' : 'config:DescribeConfigRules',
      resource: arn ?? account.accountId,
      path: 'Roles[].Arn',
      expected: arn ?? 'the role of AutomationAssumeRole',
      actual: null,
    },
    seen: arn ? `There is no role ${arn}.` : 'The remediation names no AutomationAssumeRole.',
    wanted: 'A role that the automation runs as.',
    where: "Config, the rule's remediation action, parameter AutomationAssumeRole",
  });
}

async function allRoles({ iam }: Account): Promise<Role[]> {
  const pages = await everyPage(
    (Marker) => iam.listRoles({ Marker }),
    ({ IsTruncated, Marker }) => (IsTruncated ? Marker : undefined),
  );
  return pages.flatMap(({ Roles = [] }) => Roles);
}
