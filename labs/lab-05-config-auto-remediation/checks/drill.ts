import type { RemediationConfiguration } from '@aws-sdk/client-config-service';
import type { Account } from '../../../checker/account';
import {
  type Drill,
  fail,
  notGradable,
  type Outcome,
  pass,
  pending,
  type Proof,
} from '../../../checker/check';
import { officeRange, world } from '../scene/ingress';
import {
  type Automation,
  complianceOf,
  exceptionKey,
  hasException,
  lastAutomation,
} from './automation';
import { describeGroup, findRemediation, groupIds, labTag, letsIn } from './found';
import { isAlertAbout, newMessages } from './inbox';

const openSsh = {
  IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: world }] }],
};

export const openSshIsClosedAndTold: Drill = {
  kind: 'drill',
  title: 'SSH opened to the world is closed by the automation, and an alert arrives',
  points: 25,
  needs: [
    'roleIsTrustedBySsmOnly',
    'sshRuleEvaluatesBothGroups',
    'groupComesFromTheFinding',
    'eventBridgeMayPublish',
  ],
  reads: [
    'config:DescribeConfigRules',
    'config:DescribeRemediationConfigurations',
    'config:DescribeRemediationExceptions',
    'config:DescribeRemediationExecutionStatus',
    'config:GetComplianceDetailsByResource',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSecurityGroups',
    'sqs:ReceiveMessage',
    'ssm:DescribeAutomationExecutions',
    'ssm:GetAutomationExecution',
  ],
  hints: [
    'Look at the first link that is missing: finding, automation, new finding, alert. The report names it.',
    'In Config, the rule, the group: Remediation status shows the execution and the step that failed. Systems Manager, Automation has the step in full; EventBridge, the rule, Monitoring shows deliveries that failed.',
    'Let the automation do by hand what the remediation should do: start it with the id of the group and your role. What fails there fails in the remediation too; mend the role or the document until the group is closed.',
  ],
  objective: 'See the whole loop run: change, finding, automation, new finding, alert.',
  announce: `opens TCP 22 to ${world} on the lab's group in the default VPC; what is still open at the end is closed again`,
  writes: [
    'config:DeleteRemediationExceptions',
    'ec2:AuthorizeSecurityGroupIngress',
    'ec2:RevokeSecurityGroupIngress',
  ],
  eventually: { within: '20m', every: '15s' },

  async prove(account) {
    const { inDefaultVpc: groupId } = groupIds(account);
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
  },

  async act(account) {
    const { inDefaultVpc: GroupId } = groupIds(account);
    const rule = (await findRemediation(account))?.ConfigRuleName ?? '';
    account.memory.set('exception before', await hasException(account, rule, GroupId));
    // Still open from before: the automation has failed already, or has its chance now.
    if (letsIn(await describeGroup(account, GroupId), 22, world)) return;
    await newMessages(account);
    account.memory.set('opened at', account.now());
    await account.ec2.authorizeSecurityGroupIngress({ GroupId, ...openSsh });
  },

  async look(account) {
    const { inDefaultVpc: groupId } = groupIds(account);
    const remediation = await findRemediation(account);
    if (!remediation) return fail({ ...lost(groupId), seen: 'The remediation is gone.' });
    const messages = await newMessages(account);
    if (messages.some((body) => isAlertAbout(groupId, body))) account.memory.set('alerted', true);
    if (letsIn(await describeGroup(account, groupId), 22, world)) {
      return whyOpen(account, remediation, groupId);
    }
    const verdict = await complianceOf(account, remediation.ConfigRuleName ?? '', groupId);
    if (verdict !== 'COMPLIANT') {
      return pending(
        `${groupId} is closed, and to Config it still is ${verdict}.`,
        'Within minutes.',
      );
    }
    if (account.memory.has('alerted'))
      return pass(story(account, groupId), proofOf(groupId, 'closed, and told'));
    return fail({
      proof: proofOf(groupId, 'closed, and not told'),
      seen: `${groupId} was closed, but no alert about it arrived in the inbox.`,
      wanted: 'The NON_COMPLIANT event in the queue behind the alerts topic.',
      where: 'EventBridge, the rule, Monitoring (FailedInvocations); SNS, the topic',
    });
  },

  async undo(account) {
    const { inDefaultVpc: GroupId } = groupIds(account);
    const { memory, config, ec2 } = account;
    const isOpen = letsIn(await describeGroup(account, GroupId), 22, world);
    if (memory.has('opened at') && isOpen) {
      await ec2.revokeSecurityGroupIngress({ GroupId, ...openSsh });
    }
    const ConfigRuleName = (await findRemediation(account))?.ConfigRuleName;
    if (!ConfigRuleName || memory.get('exception before') !== false) return;
    if (await hasException(account, ConfigRuleName, GroupId)) {
      const ResourceKeys = [exceptionKey(GroupId)];
      await config.deleteRemediationExceptions({ ConfigRuleName, ResourceKeys });
    }
  },
};

// --- internal ---

const proofOf = (resource: string, actual: string): Proof => ({
  call: 'ec2:DescribeSecurityGroups',
  resource,
  path: 'SecurityGroups[0].IpPermissions',
  expected: `no 22 from ${world}, and an alert in the inbox`,
  actual,
});

const lost = (groupId: string) => ({
  wanted: `No SSH from ${world}; 443 and ${officeRange} as they were.`,
  where: 'Config, the rule, the group, Remediation status; Systems Manager, Automation',
  proof: proofOf(groupId, `22 from ${world}`),
});

async function whyOpen(
  account: Account,
  remediation: RemediationConfiguration,
  groupId: string,
): Promise<Outcome> {
  const rule = remediation.ConfigRuleName ?? '';
  const open = `${groupId} is still open to ${world}`;
  const automation = await lastAutomation(account, remediation, groupId);
  const isExcepted = await hasException(account, rule, groupId);
  const excepted = isExcepted ? ' A remediation exception keeps Config from trying again.' : '';
  if (automation?.error) return failedAutomation(automation, { open, excepted, groupId });
  if (isExcepted) return fail({ ...lost(groupId), seen: `${open}.${excepted}` });
  if (automation && automation.state !== 'SUCCEEDED') {
    return pending(`${open}; the automation is ${automation.state}.`, 'Within minutes.');
  }
  const verdict = await complianceOf(account, rule, groupId);
  return fail({
    ...lost(groupId),
    seen: `${open}; to ${rule} it is ${verdict}, and nothing has closed it.`,
  });
}

function failedAutomation(
  { step, error = '' }: Automation,
  told: { open: string; excepted: string; groupId: string },
): Outcome {
  const failed = `step ${step || '(none)'} of the automation failed: ${error.replace(/\.?$/, '.')}`;
  if (/ is not emulated/.test(error)) return notGradable(`${told.open}: ${failed}`);
  return fail({ ...lost(told.groupId), seen: `${told.open}: ${failed}${told.excepted}` });
}

function story(account: Account, groupId: string): string {
  const openedAt = account.memory.get('opened at');
  if (!(openedAt instanceof Date))
    return `${groupId} was open, was closed, and an alert told of it.`;
  const seconds = Math.round((account.now().getTime() - openedAt.getTime()) / 1000);
  return `${groupId} was opened and closed again within ${seconds} s, and an alert told of it.`;
}
