import type { Call } from '../../../call';
import type { Execution, SsmState, StepRecord } from '../state';
import { starterArn } from './role';

type SsmCall = Call<SsmState>;

/** `Nov 29, 2024 7:43:25 PM`, as these events write time. */
function eventTime(date: Date): string {
  const [day, time] = [
    date.toLocaleDateString('en-US', { dateStyle: 'medium', timeZone: 'UTC' }),
    date.toLocaleTimeString('en-US', { timeStyle: 'medium', timeZone: 'UTC' }),
  ];
  return `${day} ${time}`.replace(/\s/g, ' ');
}

function times({ startedAt, endedAt }: { startedAt?: Date; endedAt?: Date }) {
  if (!startedAt) return {};
  const start = { StartTime: eventTime(startedAt) };
  if (!endedAt) return start;
  return {
    ...start,
    EndTime: eventTime(endedAt),
    Time: endedAt.getTime() - startedAt.getTime(),
  };
}

/** `…automation-definition/Name:1`, without account for what AWS owns. */
const definitionArn = (
  { document, version }: { document: string; version: string },
  call: Pick<SsmCall, 'arn' | 'region'>,
): string =>
  document.startsWith('AWS')
    ? `arn:aws:ssm:${call.region}::automation-definition/${document}:${version}`
    : call.arn(`automation-definition/${document}:${version}`);

const headOf = (execution: Execution, what: 'Execution' | 'Step', call: SsmCall) => ({
  source: 'aws.ssm',
  detailType: `EC2 Automation ${what} Status-change Notification`,
  resources: [call.arn(`automation-execution/${execution.id}`), definitionArn(execution, call)],
});

const commonDetail = (execution: Execution) => ({
  ExecutionId: execution.id,
  Definition: execution.document,
  DefinitionVersion: Number(execution.version),
});

/** Tells the event bus of an execution's new status, and the internal feed too. */
export function notifyExecution(execution: Execution, call: SsmCall): void {
  call.touch();
  call.emit({
    ...headOf(execution, 'Execution', call),
    detail: {
      ...commonDetail(execution),
      Status: execution.status,
      ...times(execution),
      ExecutedBy: starterArn(execution),
    },
  });
  const kind = execution.status === 'InProgress' ? 'CREATE' : 'UPDATE';
  call.announce({ kind, type: 'AWS::SSM::AutomationExecution', id: execution.id });
}

export function notifyStep(execution: Execution, record: StepRecord, call: SsmCall): void {
  call.touch();
  call.emit({
    ...headOf(execution, 'Step', call),
    detail: {
      ...commonDetail(execution),
      Status: record.status,
      ...times(record),
      StepName: record.name,
      Action: record.action,
    },
  });
}
