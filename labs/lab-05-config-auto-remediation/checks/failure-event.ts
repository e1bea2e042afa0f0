import type { Account } from '../../../checker/account';

/** The event of Systems Manager when an automation of the document has ended. */
export function automationEnded(account: Account, document: string, Status: string) {
  const { accountId, region } = account;
  const time = `${account.now().toISOString().slice(0, 19)}Z`;
  const arn = `arn:aws:ssm:${region}:${accountId}`;
  const execution = '333ba70b-2333-48db-b17e-a5e69c6f4d1c';
  return {
    version: '0',
    id: 'd290ece9-1088-4383-9df6-cd5b4ac42b99',
    'detail-type': 'EC2 Automation Execution Status-change Notification',
    source: 'aws.ssm',
    account: accountId,
    time,
    region,
    resources: [
      `${arn}:automation-execution/${execution}`,
      `${arn}:automation-definition/${document}:1`,
    ],
    detail: {
      ExecutionId: execution,
      Definition: document,
      DefinitionVersion: 1,
      Status,
      StartTime: 'Jan 1, 2026 7:43:20 PM',
      EndTime: 'Jan 1, 2026 7:43:26 PM',
      Time: 5753,
      ExecutedBy: `arn:aws:iam::${accountId}:root`,
    },
  };
}
