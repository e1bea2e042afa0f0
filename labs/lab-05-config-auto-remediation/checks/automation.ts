import type {
  RemediationConfiguration,
  RemediationExecutionStep,
} from '@aws-sdk/client-config-service';
import type { AutomationExecution } from '@aws-sdk/client-ssm';
import type { Account } from '../../../checker/account';

/** Where the remediation of one group stands, in the words of the step that failed. */
export interface Automation {
  state: string;
  /** Set when a step failed. */
  step?: string;
  error?: string;
}

/** What Config knows of the group's last automation; SSM tells when Config's words are missing. */
export async function lastAutomation(
  account: Account,
  { ConfigRuleName, TargetId }: RemediationConfiguration,
  groupId: string,
): Promise<Automation | undefined> {
  const { RemediationExecutionStatuses } = await account.config.describeRemediationExecutionStatus({
    ConfigRuleName,
    ResourceKeys: [{ resourceType: 'AWS::EC2::SecurityGroup', resourceId: groupId }],
  });
  const [status] = RemediationExecutionStatuses ?? [];
  if (!status) return undefined;
  const state = status.State ?? 'UNKNOWN';
  if (state !== 'FAILED') return { state };
  const told = failureInConfig(status.StepDetails ?? []);
  return { state, ...(told ?? (await failureInSsm(account, TargetId ?? '', groupId))) };
}

/** A group with an exception is left alone by the automatic remediation. */
export const hasException = async (account: Account, rule: string, groupId: string) =>
  (await exceptionsOf(account, rule, [groupId])).length > 0;

/** Which of these groups have one. */
export async function exceptionsOf(
  { config }: Account,
  ConfigRuleName: string,
  groups: string[],
): Promise<string[]> {
  const { RemediationExceptions = [] } = await config.describeRemediationExceptions({
    ConfigRuleName,
    ResourceKeys: groups.map(exceptionKey),
  });
  return RemediationExceptions.flatMap(({ ResourceId }) => ResourceId ?? []);
}

export const exceptionKey = (groupId: string) => ({
  ResourceType: 'AWS::EC2::SecurityGroup',
  ResourceId: groupId,
});

/** The rule's verdict on one group. */
export async function complianceOf(
  { config }: Account,
  ConfigRuleName: string,
  groupId: string,
): Promise<string> {
  const { EvaluationResults = [] } = await config.getComplianceDetailsByResource({
    ResourceType: 'AWS::EC2::SecurityGroup',
    ResourceId: groupId,
  });
  const ours = EvaluationResults.find(
    ({ EvaluationResultIdentifier }) =>
      EvaluationResultIdentifier?.EvaluationResultQualifier?.ConfigRuleName === ConfigRuleName,
  );
  return ours?.ComplianceType ?? 'not evaluated';
}

// --- internal ---

function failureInConfig(steps: RemediationExecutionStep[]) {
  const failed = steps.find(({ State }) => State === 'FAILED');
  return failed?.ErrorMessage ? { step: failed.Name ?? '', error: failed.ErrorMessage } : undefined;
}

async function failureInSsm({ ssm }: Account, document: string, groupId: string) {
  const { AutomationExecutionMetadataList = [] } = await ssm.describeAutomationExecutions({
    Filters: [
      { Key: 'DocumentNamePrefix', Values: [document] },
      { Key: 'ExecutionStatus', Values: ['Failed'] },
    ],
  });
  const ids = AutomationExecutionMetadataList.map((found) => found.AutomationExecutionId);
  const executions = await Promise.all(
    ids.map((AutomationExecutionId) => ssm.getAutomationExecution({ AutomationExecutionId })),
  );
  const ours = executions.find(({ AutomationExecution: { Parameters = {} } = {} }) =>
    Object.values(Parameters).flat().includes(groupId),
  );
  return ours?.AutomationExecution ? failureOf(ours.AutomationExecution) : {};
}

function failureOf({ StepExecutions = [], FailureMessage }: AutomationExecution) {
  const step = StepExecutions.find(({ StepStatus }) => StepStatus === 'Failed');
  const error = step?.FailureMessage ?? FailureMessage ?? 'no reason given';
  return { step: step?.StepName ?? '', error };
}
