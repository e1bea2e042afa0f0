import type { Account } from '../../../checker/account';
import { type Drill, fail, type Outcome, pass, pending } from '../../../checker/check';
import { complianceOf, exceptionKey, hasException } from './automation';
import { describeGroup, findRemediation, labTag, letsIn } from './found';
import { isAlertAbout, newMessages } from './inbox';
import { closedTo, noRemediation, openTo, readsWhyOpen, whyOpen } from './still-open';

interface Opening {
  title: string;
  points: number;
  group: (account: Account) => string;
  /** Where the group is, in words. */
  where: string;
  range: string;
}

type About = Pick<Drill, 'objective' | 'needs'> & Partial<Pick<Drill, 'task' | 'hints'>>;

/** A drill that opens SSH on one of the lab's groups and watches it being closed and told. */
export const openingDrill = (parts: Opening, about: About): Drill => ({
  ...about,
  kind: 'drill',
  title: parts.title,
  points: parts.points,
  reads: [
    'config:DescribeConfigRules',
    'config:DescribeRemediationConfigurations',
    'ec2:DescribeNetworkInterfaces',
    'sqs:ReceiveMessage',
    ...readsWhyOpen,
  ],
  announce: `opens TCP 22 to ${parts.range} on the lab's group in ${parts.where}; what is still open at the end is closed again`,
  writes: [
    'config:DeleteRemediationExceptions',
    'ec2:AuthorizeSecurityGroupIngress',
    'ec2:RevokeSecurityGroupIngress',
  ],
  eventually: { within: '20m', every: '15s' },
  prove: (account) => proveOwn(account, parts.group(account)),
  act: (account) => open(account, parts),
  look: (account) => watch(account, parts.group(account)),
  undo: (account) => putBack(account, parts),
});

// --- internal ---

async function open(account: Account, { group, range }: Opening): Promise<void> {
  const GroupId = group(account);
  const rule = (await findRemediation(account))?.ConfigRuleName ?? '';
  account.memory.set('exception before', await hasException(account, rule, GroupId));
  // Still open from before: the automation has failed already, or has its chance now.
  if (await openTo(account, GroupId)) return;
  await newMessages(account);
  account.memory.set('opened at', account.now());
  await account.ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [sshFrom(range)] });
}

async function watch(account: Account, groupId: string): Promise<Outcome> {
  const messages = await newMessages(account);
  if (messages.some((body) => isAlertAbout(groupId, body))) account.memory.set('alerted', true);
  const remediation = await findRemediation(account);
  if (!remediation) return noRemediation(account, 'The remediation is gone.');
  const range = await openTo(account, groupId);
  if (range) return whyOpen(account, remediation, { groupId, range });
  return closed(account, remediation.ConfigRuleName ?? '', groupId);
}

async function putBack(account: Account, { group, range }: Opening): Promise<void> {
  const GroupId = group(account);
  const { memory, config, ec2 } = account;
  const isOpen = letsIn(await describeGroup(account, GroupId), 22, range);
  if (memory.has('opened at') && isOpen) {
    await ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions: [sshFrom(range)] });
  }
  const ConfigRuleName = (await findRemediation(account))?.ConfigRuleName;
  if (!ConfigRuleName || memory.get('exception before') !== false) return;
  if (await hasException(account, ConfigRuleName, GroupId)) {
    const ResourceKeys = [exceptionKey(GroupId)];
    await config.deleteRemediationExceptions({ ConfigRuleName, ResourceKeys });
  }
}

const sshFrom = (range: string) => ({
  IpProtocol: 'tcp',
  FromPort: 22,
  ToPort: 22,
  ...(range.includes(':')
    ? { Ipv6Ranges: [{ CidrIpv6: range }] }
    : { IpRanges: [{ CidrIp: range }] }),
});

/** By tag and by stack the lab's own, and nothing runs behind it. */
async function proveOwn(account: Account, groupId: string): Promise<void> {
  const { Tags = [] } = await describeGroup(account, groupId);
  const tag = (key: string) => Tags.find(({ Key }) => Key === key)?.Value;
  const stack = `${account.lab}-scene`;
  if (tag(labTag) !== account.lab || tag('aws:cloudformation:stack-name') !== stack) {
    throw new Error(`${groupId} is not tagged ${labTag}=${account.lab} by the stack ${stack}`);
  }
  const { NetworkInterfaces = [] } = await account.ec2.describeNetworkInterfaces({
    Filters: [{ Name: 'group-id', Values: [groupId] }],
  });
  if (NetworkInterfaces.length > 0) throw new Error(`${groupId} is attached to an interface`);
}

async function closed(account: Account, rule: string, groupId: string): Promise<Outcome> {
  const verdict = await complianceOf(account, rule, groupId);
  if (verdict !== 'COMPLIANT') {
    const why = `${groupId} is closed, and to Config it still is ${verdict}.`;
    return pending(why, 'Within minutes.');
  }
  if (account.memory.has('alerted')) return pass(story(account, groupId), closedTo(groupId));
  return fail({
    proof: closedTo(groupId, 'none, and no alert'),
    seen: `${groupId} was closed, but no alert about it arrived in the inbox.`,
    wanted: 'The NON_COMPLIANT event in the queue behind the alerts topic.',
    where: 'EventBridge, the rule, Monitoring (FailedInvocations); SNS, the topic',
  });
}

function story(account: Account, groupId: string): string {
  const openedAt = account.memory.get('opened at');
  if (!(openedAt instanceof Date))
    return `${groupId} was open, was closed, and an alert told of it.`;
  const seconds = Math.round((account.now().getTime() - openedAt.getTime()) / 1000);
  return `${groupId} was opened and closed again within ${seconds} s, and an alert told of it.`;
}
