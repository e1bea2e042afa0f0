import type { Target } from '@aws-sdk/client-eventbridge';
import type { OpsItemSummary } from '@aws-sdk/client-ssm';
import type { Account } from '../../../checker/account';
import { everyPage } from '../../../checker/pages';
import { groupIds } from '../checks/found';

/** What EventBridge is given to open OpsItems. */
export const opsCenterArn = ({ region, accountId }: Account): string =>
  `arn:aws:ssm:${region}:${accountId}:opsitem`;

/**
 * OpsItems that the lab has caused: they were opened as the role of a rule's target, or name
 * something of the lab. OpsItems that EventBridge opens bear no tags.
 */
export async function opsItemsOfLab(account: Account): Promise<OpsItemSummary[]> {
  const [items, roles] = await Promise.all([allOpsItems(account), rolesThatOpen(account)]);
  const names = [`${account.lab}-`, ...Object.values(groupIds(account))];
  return items.filter((item) => {
    const text = JSON.stringify(item);
    const byRole = roles.some((role) => item.CreatedBy?.includes(`:assumed-role/${role}/`));
    return byRole || names.some((name) => text.includes(name));
  });
}

export async function allOpsItems({ ssm }: Account): Promise<OpsItemSummary[]> {
  const pages = await everyPage(
    (NextToken) => ssm.describeOpsItems({ NextToken }),
    ({ NextToken }) => NextToken,
  );
  return pages.flatMap(({ OpsItemSummaries = [] }) => OpsItemSummaries);
}

/** A resolved one is out of the way, a deleted one is gone for good. */
export async function deleteOpsItems(account: Account): Promise<void> {
  for (const { OpsItemId } of await opsItemsOfLab(account)) {
    await account.ssm.deleteOpsItem({ OpsItemId });
  }
}

// --- internal ---

async function rolesThatOpen(account: Account): Promise<string[]> {
  const { events } = account;
  const TargetArn = opsCenterArn(account);
  const { RuleNames = [] } = await events.listRuleNamesByTarget({ TargetArn });
  const found = await Promise.all(RuleNames.map((Rule) => events.listTargetsByRule({ Rule })));
  const targets: Target[] = found.flatMap(({ Targets = [] }) => Targets);
  return targets.flatMap(({ Arn, RoleArn = '' }) =>
    Arn === TargetArn ? [RoleArn.slice(RoleArn.lastIndexOf('/') + 1)] : [],
  );
}
