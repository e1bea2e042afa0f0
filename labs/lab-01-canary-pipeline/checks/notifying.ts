import type { Account } from '../../../checker/account';
import { everyPage } from '../../../checker/pages';
import type { DescribedRule } from '../../../sdk/codestar-notifications/api';

/** Event types of a pipeline of which each by itself tells of a failed execution (FACTS C1.3). */
const failedTypes = [
  'codepipeline-pipeline-pipeline-execution-failed',
  'codepipeline-pipeline-stage-execution-failed',
  'codepipeline-pipeline-action-execution-failed',
];

/** Notification rules on a pipeline: all of them, and those that tell the topic of failed executions. */
export async function notificationRules(account: Account, pipeline: string, topic: string) {
  const Value = `arn:aws:codepipeline:${account.region}:${account.accountId}:${pipeline}`;
  const pages = await everyPage(
    (NextToken) =>
      account.codestarNotifications.listNotificationRules({
        Filters: [{ Name: 'RESOURCE', Value }],
        NextToken,
      }),
    ({ NextToken }) => NextToken,
  );
  const rules = pages.flatMap(({ NotificationRules = [] }) => NotificationRules);
  const described = await Promise.all(
    rules.map(({ Arn }) => account.codestarNotifications.describeNotificationRule({ Arn })),
  );
  return {
    names: described.map(({ Name = '' }) => Name),
    telling: described.filter((rule) => tells(rule, topic)).map(({ Name = '' }) => Name),
  };
}

// --- internal ---

const tells = ({ Status, EventTypes, Targets }: DescribedRule, topic: string): boolean =>
  Status !== 'DISABLED' &&
  EventTypes.some(({ EventTypeId }) => failedTypes.includes(EventTypeId)) &&
  Targets.some(
    ({ TargetAddress, TargetStatus }) =>
      TargetAddress === topic && ['ACTIVE', 'PENDING'].includes(TargetStatus ?? ''),
  );
