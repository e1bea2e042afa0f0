import type { Account } from '../../../checker/account';

interface Finding {
  rule: { name: string; arn: string };
  groupId: string;
}

/** The event that AWS Config puts on the default bus when a group becomes NON_COMPLIANT. */
export function complianceChange(account: Account, { rule, groupId }: Finding) {
  const time = account.now().toISOString();
  const evaluationResultIdentifier = {
    evaluationResultQualifier: {
      configRuleName: rule.name,
      resourceType: 'AWS::EC2::SecurityGroup',
      resourceId: groupId,
    },
    orderingTimestamp: time,
  };
  const result = (complianceType: string) => ({
    evaluationResultIdentifier,
    complianceType,
    resultRecordedTime: time,
    configRuleInvokedTime: time,
  });
  return {
    version: '0',
    id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
    'detail-type': 'Config Rules Compliance Change',
    source: 'aws.config',
    account: account.accountId,
    time: `${time.slice(0, 19)}Z`,
    region: account.region,
    resources: [],
    detail: {
      resourceId: groupId,
      awsRegion: account.region,
      awsAccountId: account.accountId,
      configRuleName: rule.name,
      configRuleARN: rule.arn,
      recordVersion: '1.0',
      messageType: 'ComplianceChangeNotification',
      resourceType: 'AWS::EC2::SecurityGroup',
      newEvaluationResult: result('NON_COMPLIANT'),
      oldEvaluationResult: result('COMPLIANT'),
      notificationCreationTime: time,
    },
  };
}
