import type { Rule, Target } from '@aws-sdk/client-eventbridge';
import type { Account } from '../../../checker/account';
import { type Check, fail, pass } from '../../../checker/check';
import { everyPage } from '../../../checker/pages';
import { opsCenterArn } from '../scene/ops-items';
import { automationEnded } from './failure-event';
import { findRemediation } from './found';
import { allowedOn, trustedBy } from './permissions';

const reads = [
  'config:DescribeConfigRules',
  'config:DescribeRemediationConfigurations',
  'events:ListRules',
  'events:ListTargetsByRule',
  'events:TestEventPattern',
];

const where = 'EventBridge, Rules (default bus): event pattern and target Systems Manager OpsItem';

export const failuresReachOpsCenter: Check = {
  title: 'An event rule hands failed automations of the document to OpsCenter',
  task: 'f',
  points: 6,
  needs: ['neitherGroupIsOpen'],
  reads,
  objective: 'Hear of the automation that fails: no event of Config tells of it.',
  async look(account) {
    const document = await documentName(account);
    const asked = { wanted: `A rule that matches ${document} with the status Failed.`, where };
    const rules = await rulesFor(account, document);
    const proof = proofOf(document, rules);
    if (rules.length === 0) {
      const seen = `No enabled rule matches the event of ${document} with the status Failed.`;
      return fail({ ...asked, seen, proof });
    }
    const quiet = rules.filter(({ isNoisy }) => !isNoisy);
    if (quiet.length === 0) {
      const seen = `${namesOf(rules)} also matches the status Success: every run opens an OpsItem.`;
      return fail({ ...asked, seen, proof });
    }
    const [first] = quiet.filter(({ targets }) => opening(account, targets));
    if (first) return pass(`${first.name} hands failures of ${document} on.`, proof);
    const seen = `${namesOf(quiet)} matches failures of ${document}, but has no target that opens OpsItems.`;
    return fail({ ...asked, seen, proof });
  },
};

export const eventBridgeMayOpenOpsItems: Check = {
  title: 'EventBridge may open OpsItems',
  task: 'f',
  points: 4,
  needs: ['failuresReachOpsCenter'],
  reads: [...reads, 'iam:GetRole', 'iam:SimulatePrincipalPolicy'],
  objective: 'Give a target its own role: OpsCenter has no policy that could let EventBridge in.',
  async look(account) {
    const rules = await rulesFor(account, await documentName(account));
    const target = rules
      .filter(({ isNoisy }) => !isNoisy)
      .map(({ targets }) => opening(account, targets))
      .find((found) => found);
    const { RoleArn: role = '', Arn: arn = '' } = target ?? {};
    if (arn !== opsCenterArn(account)) {
      const proof = { ...targetProof, resource: arn, expected: 'a target', actual: arn };
      return pass(`${arn} opens the OpsItem itself; the drill tells whether it does.`, proof);
    }
    const { trusted, allowed } = await rightsOf(account, role);
    const name = role.slice(role.lastIndexOf('/') + 1);
    const seen = `${name} is trusted by ${trusted.join(', ')} and may ${allowed.join() || 'not open OpsItems'}.`;
    const proof = {
      ...targetProof,
      resource: role,
      expected: 'a role that events.amazonaws.com may assume, with ssm:CreateOpsItem',
      actual: seen,
    };
    if (trusted.includes('events.amazonaws.com') && allowed.length > 0) return pass(seen, proof);
    const wanted = 'A role that trusts events.amazonaws.com and may call ssm:CreateOpsItem on *.';
    return fail({ seen, wanted, where: `${role}, trust relationships and permissions`, proof });
  },
};

// --- internal ---

interface Found {
  name: string;
  targets: Target[];
  /** It matches successful automations, too. */
  isNoisy: boolean;
}

const targetProof = { call: 'events:ListTargetsByRule', path: 'Targets[].RoleArn' };

const proofOf = (document: string, rules: Found[]) => ({
  call: 'events:ListRules',
  resource: document,
  path: 'Rules[].EventPattern',
  expected: 'matches Failed and not Success',
  actual: namesOf(rules) || 'none',
});

const namesOf = (rules: Found[]): string => rules.map(({ name }) => name).join(', ');

const documentName = async (account: Account): Promise<string> =>
  ((await findRemediation(account))?.TargetId ?? '').replace(/^arn:.*document\//, '');

/** OpsCenter itself, or something that could open an OpsItem on its own. */
const opening = (account: Account, targets: Target[]): Target | undefined =>
  targets.find(({ Arn }) => Arn === opsCenterArn(account)) ??
  targets.find(({ Arn = '' }) => /:(function|stateMachine):|:automation-definition\//.test(Arn));

async function rulesFor(account: Account, document: string): Promise<Found[]> {
  const found = await Promise.all(
    (await enabledRules(account)).map(async ({ Name: name = '', EventPattern = '' }) => {
      const matches = (status: string) => isMatch(account, EventPattern, [document, status]);
      if (!(await matches('Failed'))) return [];
      const { Targets: targets = [] } = await account.events.listTargetsByRule({ Rule: name });
      return [{ name, targets, isNoisy: await matches('Success') }];
    }),
  );
  return found.flat();
}

async function isMatch(account: Account, EventPattern: string, about: [string, string]) {
  const Event = JSON.stringify(automationEnded(account, ...about));
  const { Result } = await account.events.testEventPattern({ EventPattern, Event });
  return Result === true;
}

async function enabledRules({ events }: Account): Promise<Rule[]> {
  const pages = await everyPage(
    (NextToken) => events.listRules({ NextToken }),
    ({ NextToken }) => NextToken,
  );
  return pages
    .flatMap(({ Rules = [] }) => Rules)
    .filter(({ State, EventPattern }) => State !== 'DISABLED' && EventPattern);
}

async function rightsOf(account: Account, role: string) {
  const RoleName = role.slice(role.lastIndexOf('/') + 1);
  const { Role } = await account.iam.getRole({ RoleName });
  const asked = { actions: ['ssm:CreateOpsItem'], resource: '*' };
  return {
    trusted: trustedBy(Role?.AssumeRolePolicyDocument ?? ''),
    allowed: await allowedOn(account, role, asked),
  };
}
