import type {
  RemediationExecutionStatus,
  RemediationExecutionStep,
  ResourceKey,
} from '@aws-sdk/client-config-service';
import type { StepExecution } from '@aws-sdk/client-ssm';
import {
  type ConfigCall,
  type ConfigHandlers,
  type RemediationExecution,
  remediationKey,
  resourceKey,
} from '../state';
import { pageOf } from '../pages';
import { isRunning, remediate, ssmFor } from './automatic';
import { requireRemediation } from './configurations';
import { table } from '../../../table';

const states: Record<string, RemediationExecutionStep['State']> = table({
  Pending: 'PENDING',
  InProgress: 'IN_PROGRESS',
  Waiting: 'IN_PROGRESS',
  Success: 'SUCCEEDED',
  Exited: 'EXITED',
});

const shownStep = (step: StepExecution): RemediationExecutionStep => ({
  Name: step.StepName,
  State: states[step.StepStatus ?? ''] ?? 'FAILED',
  ErrorMessage: step.FailureMessage,
  StartTime: step.ExecutionStartTime,
  StopTime: step.ExecutionEndTime,
});

async function stepsOf(
  execution: RemediationExecution,
  call: ConfigCall,
): Promise<RemediationExecutionStep[]> {
  if (execution.failure !== undefined) {
    // How AWS shows an automation that could not be started is not verified.
    const ErrorMessage = execution.failure;
    return [{ Name: 'StartAutomationExecution', State: 'FAILED', ErrorMessage }];
  }
  if (execution.automationId === undefined) return [];
  const { AutomationExecution } = await ssmFor(execution.rule, call).getAutomationExecution({
    AutomationExecutionId: execution.automationId,
  });
  return (AutomationExecution?.StepExecutions ?? []).map(shownStep);
}

async function shown(
  execution: RemediationExecution,
  call: ConfigCall,
): Promise<RemediationExecutionStatus> {
  const resourceType = execution.type as NonNullable<ResourceKey['resourceType']>;
  return {
    ResourceKey: { resourceType, resourceId: execution.id },
    State: execution.state,
    StepDetails: await stepsOf(execution, call),
    InvocationTime: execution.invokedAt,
    LastUpdatedTime: execution.updatedAt,
  };
}

const targetOf = (rule: string, { resourceType, resourceId }: ResourceKey) => ({
  rule,
  type: resourceType ?? '',
  id: resourceId ?? '',
});

export const remediationExecutions = {
  StartRemediationExecution({ ConfigRuleName: rule = '', ResourceKeys: keys = [] }, call) {
    requireRemediation(rule, call.state);
    const results = call.state.rules.get(rule)?.results;
    const busy = (key: ResourceKey): boolean => {
      const known = call.state.executions.get(remediationKey(targetOf(rule, key)));
      return known !== undefined && isRunning(known);
    };
    const unknown = (key: ResourceKey) => !results?.has(resourceKey(targetOf(rule, key)));
    const FailedItems = keys.filter((key) => busy(key) || unknown(key));
    for (const key of keys) {
      if (!FailedItems.includes(key)) remediate(targetOf(rule, key), false, call);
    }
    // The text is not verified.
    return FailedItems.length > 0
      ? { FailureMessage: 'Remediation could not be started for some resources.', FailedItems }
      : {};
  },

  async DescribeRemediationExecutionStatus(input, call) {
    const { ConfigRuleName: rule = '', ResourceKeys: keys, NextToken, Limit } = input;
    requireRemediation(rule, call.state);
    const wanted = keys?.map((key) => remediationKey(targetOf(rule, key)));
    const found = [...call.state.executions]
      .filter(([key, execution]) => execution.rule === rule && (wanted?.includes(key) ?? true))
      .map(([, execution]) => execution);
    const { page, next } = pageOf(found, { token: NextToken, limit: Limit, usual: 50 });
    return {
      RemediationExecutionStatuses: await Promise.all(page.map((one) => shown(one, call))),
      NextToken: next,
    };
  },
} satisfies ConfigHandlers;
