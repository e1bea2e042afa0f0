import type { ConfigRule, RemediationConfiguration } from '@aws-sdk/client-config-service';
import type { IpPermission, SecurityGroup } from '@aws-sdk/client-ec2';
import type { Account } from '../../../checker/account';
import { everyPage } from '../../../checker/pages';

/** Everything of the lab bears it, `lab-05`. */
export const labTag = 'dop-labs:lab';

/** The two groups by where they are. */
export const groupIds = ({ outputs }: Account): { inDefaultVpc: string; inOtherVpc: string } => ({
  inDefaultVpc: output(outputs, 'DefaultVpcGroupId'),
  inOtherVpc: output(outputs, 'OtherVpcGroupId'),
});

export function output(outputs: Record<string, string>, key: string): string {
  const value = outputs[key];
  if (value === undefined) throw new Error(`the lab's stacks have no output ${key}`);
  return value;
}

export async function describeGroup(account: Account, groupId: string): Promise<SecurityGroup> {
  const { SecurityGroups = [] } = await account.ec2.describeSecurityGroups({ GroupIds: [groupId] });
  const [group] = SecurityGroups;
  if (!group) throw new Error(`there is no security group ${groupId}`);
  return group;
}

/** True when the group lets exactly this port in from this range, IPv4 or IPv6. */
export const letsIn = (group: SecurityGroup, port: number, cidr: string): boolean =>
  (group.IpPermissions ?? []).some(
    (permission) => isTcp(permission, port) && hasRange(permission, cidr),
  );

/**
 * The learner's rule, by what it is and what hangs on it, never by name: the managed SSH rule
 * before others, one that aims at the lab before one that does not, one with a remediation first.
 */
export async function findRule(account: Account): Promise<ConfigRule | undefined> {
  const rules = await allRules(account);
  const remediations = await findRemediations(account, rules);
  const weight = (rule: ConfigRule) =>
    4 * Number(isSshRule(rule)) +
    2 * Number(aimsAtLab(account, rule)) +
    Number(remediations.some(({ ConfigRuleName }) => ConfigRuleName === rule.ConfigRuleName));
  const [best] = rules.toSorted((one, other) => weight(other) - weight(one));
  return best && weight(best) > 1 ? best : undefined;
}

/** The remediation that hangs on the learner's rule. */
export async function findRemediation(
  account: Account,
): Promise<RemediationConfiguration | undefined> {
  const rule = await findRule(account);
  const [remediation] = rule ? await findRemediations(account, [rule]) : [];
  return remediation;
}

/** The role that the remediation hands to the automation; without a remediation the starter's output. */
export async function findRoleArn(account: Account): Promise<string | undefined> {
  const remediation = await findRemediation(account);
  const named = remediation?.Parameters?.['AutomationAssumeRole']?.StaticValue?.Values?.[0];
  return named ?? (remediation ? undefined : account.outputs['AutomationRoleArn']);
}

export const isSshRule = ({ Source }: ConfigRule): boolean =>
  Source?.Owner === 'AWS' && Source.SourceIdentifier === 'INCOMING_SSH_DISABLED';

export const isScopedByLabTag = (account: Account, { Scope }: ConfigRule): boolean =>
  Scope?.TagKey === labTag && Scope.TagValue === account.lab;

// --- internal ---

const isTcp = ({ IpProtocol, FromPort, ToPort }: IpPermission, port: number) =>
  IpProtocol === 'tcp' && FromPort === port && ToPort === port;

const hasRange = ({ IpRanges = [], Ipv6Ranges = [] }: IpPermission, cidr: string) =>
  IpRanges.some(({ CidrIp }) => CidrIp === cidr) ||
  Ipv6Ranges.some(({ CidrIpv6 }) => CidrIpv6 === cidr);

function aimsAtLab(account: Account, rule: ConfigRule): boolean {
  const { inDefaultVpc, inOtherVpc } = groupIds(account);
  const target = rule.Scope?.ComplianceResourceId;
  return rule.Scope?.TagKey === labTag || target === inDefaultVpc || target === inOtherVpc;
}

async function allRules({ config }: Account): Promise<ConfigRule[]> {
  const pages = await everyPage(
    (NextToken) => config.describeConfigRules({ NextToken }),
    ({ NextToken }) => NextToken,
  );
  return pages.flatMap(({ ConfigRules = [] }) => ConfigRules);
}

// The API takes 25 names at a time.
async function findRemediations({ config }: Account, rules: ConfigRule[]) {
  const names = rules.flatMap(({ ConfigRuleName }) => ConfigRuleName ?? []);
  const batches = Array.from({ length: Math.ceil(names.length / 25) }, (_, index) =>
    names.slice(index * 25, index * 25 + 25),
  );
  const pages = await Promise.all(
    batches.map((ConfigRuleNames) => config.describeRemediationConfigurations({ ConfigRuleNames })),
  );
  return pages.flatMap(({ RemediationConfigurations = [] }) => RemediationConfigurations);
}
