import type { OpsItemSummary } from '@aws-sdk/client-ssm';
import type { Account } from '../../../checker/account';
import { type Drill, fail, notGradable, type Outcome, pass, pending } from '../../../checker/check';
import { allOpsItems, opsItemsOfLab } from '../scene/ops-items';
import { findRemediation } from './found';

/** No group bears this id: whatever looks for it fails. */
const noGroup = 'sg-00000000000000000';

export const failedAutomationOpensAnOpsItem: Drill = {
  kind: 'drill',
  title: 'The document run on a group that is not there fails, and an OpsItem opens',
  task: 'f',
  points: 6,
  needs: ['roleIsTrustedBySsmOnly', 'eventBridgeMayOpenOpsItems'],
  reads: [
    'config:DescribeConfigRules',
    'config:DescribeRemediationConfigurations',
    'ec2:DescribeSecurityGroups',
    'events:ListRuleNamesByTarget',
    'events:ListTargetsByRule',
    'ssm:DescribeOpsItems',
    'ssm:GetAutomationExecution',
  ],
  objective: 'Let an automation that fails say so, and let somebody hear it.',
  announce: `runs the document of the remediation on ${noGroup}, which is not there; the OpsItem is resolved afterwards`,
  writes: ['ssm:StartAutomationExecution', 'ssm:StopAutomationExecution', 'ssm:UpdateOpsItem'],
  eventually: { within: '10m', every: '15s' },

  async prove({ ec2 }) {
    const { SecurityGroups = [] } = await ec2.describeSecurityGroups({
      Filters: [{ Name: 'group-id', Values: [noGroup] }],
    });
    if (SecurityGroups.length > 0) throw new Error(`there is a security group ${noGroup}`);
  },

  async act(account) {
    const remediation = await findRemediation(account);
    account.memory.set('known', (await allOpsItems(account)).map(idOf));
    const parameters = Object.entries(remediation?.Parameters ?? {}).map(([name, value]) => [
      name,
      value.ResourceValue ? [noGroup] : (value.StaticValue?.Values ?? []),
    ]);
    const { AutomationExecutionId } = await account.ssm.startAutomationExecution({
      DocumentName: remediation?.TargetId,
      DocumentVersion: remediation?.TargetVersion,
      Parameters: Object.fromEntries(parameters) as Record<string, string[]>,
    });
    account.memory.set('execution', AutomationExecutionId);
  },

  async look(account) {
    const { document, status, message } = await executionOf(account);
    if (isRunning(status)) return pending(`${document} is ${status}.`, 'Within minutes.');
    if (/ is not emulated/.test(message)) return notGradable(message);
    const proof = { ...statusProof, resource: document, actual: status };
    if (/Success/.test(status)) {
      return fail({
        seen: `${document}, run on a group that is not there, ended in Success: its failures stay unheard.`,
        wanted: 'A failed step that fails the automation: onFailure Abort, which is the default.',
        where: 'Systems Manager, Documents, the steps of the document',
        proof,
      });
    }
    const [opened] = await newOpsItems(account);
    if (!opened) return unheard(account, document);
    return pass(`${idOf(opened)} tells of it: ${opened.Title}.`, proof);
  },

  async undo(account) {
    const { memory, ssm } = account;
    if (!memory.has('execution')) return;
    for (const item of await newOpsItems(account)) {
      if (item.Status === 'Resolved') continue;
      await ssm.updateOpsItem({ OpsItemId: idOf(item), Status: 'Resolved' });
    }
    const { id: AutomationExecutionId, status } = await executionOf(account);
    if (isRunning(status)) await ssm.stopAutomationExecution({ AutomationExecutionId });
  },
};

// --- internal ---

const statusProof = {
  call: 'ssm:GetAutomationExecution',
  path: 'AutomationExecution.AutomationExecutionStatus',
  expected: 'Failed',
};

const idOf = ({ OpsItemId = '' }: OpsItemSummary): string => OpsItemId;

const isRunning = (status: string): boolean =>
  ['Pending', 'InProgress', 'Waiting', 'Cancelling'].includes(status);

async function executionOf({ memory, ssm }: Account) {
  const id = String(memory.get('execution'));
  const { AutomationExecution: found = {} } = await ssm.getAutomationExecution({
    AutomationExecutionId: id,
  });
  const { DocumentName = '', AutomationExecutionStatus = '', FailureMessage = '' } = found;
  return { id, document: DocumentName, status: AutomationExecutionStatus, message: FailureMessage };
}

/** Opened since the drill began; in an account of more people they must be the lab's. */
async function newOpsItems(account: Account): Promise<OpsItemSummary[]> {
  const known = (account.memory.get('known') ?? []) as string[];
  const execution = String(account.memory.get('execution'));
  const fresh = (await allOpsItems(account)).filter((item) => !known.includes(idOf(item)));
  if (account.target === 'emulator') return fresh;
  const ours = new Set((await opsItemsOfLab(account)).map(idOf));
  return fresh.filter((item) => ours.has(idOf(item)) || JSON.stringify(item).includes(execution));
}

async function unheard(account: Account, document: string): Promise<Outcome> {
  const open = (await opsItemsOfLab(account)).filter(({ Status }) => Status !== 'Resolved');
  const older = open.map(
    (item) => ` ${idOf(item)} is open from before: until it is resolved, a double is not opened.`,
  );
  return fail({
    seen: `${document} failed on a group that is not there, and no OpsItem was opened.${older.join('')}`,
    wanted: 'One new OpsItem for the failed automation.',
    where: 'EventBridge, the rule, Monitoring (FailedInvocations); Systems Manager, OpsCenter',
    proof: {
      ...statusProof,
      call: 'ssm:DescribeOpsItems',
      resource: document,
      actual: 'no OpsItem',
    },
  });
}
