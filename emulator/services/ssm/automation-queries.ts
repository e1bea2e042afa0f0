import {
  InvalidFilterKey,
  type AutomationExecutionFilter,
  type AutomationExecutionMetadata,
  type StepExecution,
  type StepExecutionFilter,
} from '@aws-sdk/client-ssm';
import { paginate } from '../../paginate';
import { refuse } from '../../refuse';
import { shownOutput } from './automation/engine';
import { starterArn } from './automation/role';
import { isCritical, isTrue, readRunbook, type RunbookStep } from './automation/runbook';
import { requireExecution } from './automations';
import type { Execution, SsmHandlers, StepRecord } from './state';
import { table } from '../../table';

function shownStep(record: StepRecord, step: RunbookStep): StepExecution {
  const outputs = Object.entries(record.outputs);
  return {
    StepName: record.name,
    Action: record.action,
    TimeoutSeconds: step.timeoutSeconds === undefined ? undefined : Number(step.timeoutSeconds),
    OnFailure: step.onFailure ?? 'Abort',
    MaxAttempts: Number(step.maxAttempts ?? 1),
    ExecutionStartTime: record.startedAt,
    ExecutionEndTime: record.endedAt,
    StepStatus: record.status,
    Inputs: record.inputs,
    Outputs: Object.fromEntries(outputs.map(([name, value]) => [name, shownOutput(value)])),
    FailureMessage: record.failureMessage,
    StepExecutionId: record.id,
    OverriddenParameters: {},
    IsEnd: isTrue(step.isEnd),
    IsCritical: isCritical(step),
    NextStep: step.nextStep,
  };
}

function shownSteps({ content, format, steps }: Execution): StepExecution[] {
  const { mainSteps } = readRunbook(content, format);
  return mainSteps.flatMap((step, index) => {
    const record = steps[index];
    return record ? [shownStep(record, step)] : [];
  });
}

function shown(execution: Execution) {
  const current = execution.steps.find(({ name }) => name === execution.next);
  return {
    AutomationExecutionId: execution.id,
    DocumentName: execution.document,
    DocumentVersion: execution.version,
    AutomationExecutionStatus: execution.status,
    ExecutionStartTime: execution.startedAt,
    ExecutionEndTime: execution.endedAt,
    ExecutedBy: starterArn(execution),
    Outputs: execution.outputs,
    Mode: execution.mode,
    FailureMessage: execution.failureMessage,
    CurrentStepName: current?.name,
    CurrentAction: current?.action,
    Targets: [],
    ResolvedTargets: { ParameterValues: [], Truncated: false },
  } satisfies AutomationExecutionMetadata;
}

const unknownKey = (key: string | undefined) =>
  // The text is not verified.
  refuse(InvalidFilterKey, `The specified filter key is not valid: ${key}`);

const executionTests: Record<string, (execution: Execution, value: string) => boolean> = table({
  DocumentNamePrefix: ({ document }, value) => document.startsWith(value),
  ExecutionStatus: ({ status }, value) => status === value,
  ExecutionId: ({ id }, value) => id === value,
  CurrentAction: (execution, value) => shown(execution).CurrentAction === value,
  AutomationType: (_execution, value) => value === 'Local',
  StartTimeBefore: ({ startedAt }, value) => startedAt <= new Date(value),
  StartTimeAfter: ({ startedAt }, value) => startedAt >= new Date(value),
});

const stepTests: Record<string, (step: StepExecution, value: string) => boolean> = table({
  StepExecutionStatus: ({ StepStatus }, value) => StepStatus === value,
  StepExecutionId: ({ StepExecutionId }, value) => StepExecutionId === value,
  StepName: ({ StepName }, value) => StepName === value,
  Action: ({ Action }, value) => Action === value,
});

type Filter = AutomationExecutionFilter | StepExecutionFilter;

function passes<T>(
  item: T,
  filters: Filter[],
  tests: Record<string, (item: T, value: string) => boolean>,
): boolean {
  return filters.every(({ Key = '', Values = [] }) => {
    const test = tests[Key];
    if (!test) throw unknownKey(Key);
    return Values.some((value) => test(item, value));
  });
}

export const automationQueries = {
  GetAutomationExecution({ AutomationExecutionId = '' }, call) {
    const execution = requireExecution(AutomationExecutionId, call);
    return {
      AutomationExecution: {
        ...shown(execution),
        StepExecutions: shownSteps(execution),
        StepExecutionsTruncated: false,
        Parameters: execution.parameters,
      },
    };
  },

  DescribeAutomationExecutions({ Filters = [], NextToken, MaxResults }, { state }) {
    const found = [...state.executions.values()]
      .toReversed()
      .filter((execution) => passes(execution, Filters, executionTests));
    const { page, next } = paginate(found, NextToken, MaxResults ?? 50);
    return {
      AutomationExecutionMetadataList: page.map((execution) => ({
        ...shown(execution),
        AutomationType: 'Local' as const,
      })),
      NextToken: next,
    };
  },

  DescribeAutomationStepExecutions(input, call) {
    const { AutomationExecutionId = '', Filters = [], ReverseOrder = false } = input;
    const steps = shownSteps(requireExecution(AutomationExecutionId, call)).filter((step) =>
      passes(step, Filters, stepTests),
    );
    const ordered = ReverseOrder ? steps.toReversed() : steps;
    const { page, next } = paginate(ordered, input.NextToken, input.MaxResults ?? 50);
    return { StepExecutions: page, NextToken: next };
  },
} satisfies SsmHandlers;
