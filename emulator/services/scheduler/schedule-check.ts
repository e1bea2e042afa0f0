import {
  ActionAfterCompletion,
  type CreateScheduleInput,
  type FlexibleTimeWindow,
  FlexibleTimeWindowMode,
  ScheduleState,
} from '@aws-sdk/client-scheduler';
import { isTimeZone, readSchedule } from '../../schedule';
import { checkOneOf, checkRange, constraint, invalid } from './errors';
import { roleOf } from './invoke';
import type { SchedulerCall } from './state';
import { checkTarget } from './target-check';

type Checked = Partial<CreateScheduleInput>;

/** Refuses what AWS refuses of a schedule; its role must let the service assume it already. */
export async function checkSchedule(input: Checked, call: SchedulerCall): Promise<void> {
  const { ScheduleExpression: expression = '', ScheduleExpressionTimezone: zone = 'UTC' } = input;
  if (input.KmsKeyArn !== undefined) throw invalid('KmsKeyArn of schedules is not emulated.');
  if (!readSchedule(expression)) throw invalid(`Invalid Schedule Expression ${expression}.`);
  // The text was not verified.
  if (!isTimeZone(zone)) throw invalid(`Invalid Schedule Expression Timezone ${zone}.`);
  checkEnums(input);
  checkWindow(input.FlexibleTimeWindow);
  checkDates(input, call);
  const { Target: target } = input;
  if (!target) throw constraint(undefined, 'target', 'not be null');
  checkTarget(target, call);
  await checkRole({ group: input.GroupName ?? 'default', target }, call);
}

async function checkRole(of: Parameters<typeof roleOf>[0], call: SchedulerCall): Promise<void> {
  await roleOf(of, call).catch(() => {
    throw invalid(
      'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.',
    );
  });
}

function checkEnums(input: Checked): void {
  checkOneOf(input.State, 'state', ScheduleState);
  checkOneOf(input.ActionAfterCompletion, 'actionAfterCompletion', ActionAfterCompletion);
  checkOneOf(input.FlexibleTimeWindow?.Mode, 'flexibleTimeWindow.mode', FlexibleTimeWindowMode);
}

function checkWindow(window: FlexibleTimeWindow | undefined): void {
  const { Mode: mode, MaximumWindowInMinutes: minutes } = window ?? {};
  if (mode === undefined) throw constraint(undefined, 'flexibleTimeWindow', 'not be null');
  if (mode === 'OFF' && minutes !== undefined)
    throw invalid(
      'MaximumWindowInMinutes must not be provided when FlexibleTimeWindowMode is set to OFF.',
    );
  if (mode === 'FLEXIBLE' && minutes === undefined)
    throw invalid(
      'MaximumWindowInMinutes must be provided when FlexibleTimeWindowMode is set to FLEXIBLE.',
    );
  checkRange(minutes, 'flexibleTimeWindow.maximumWindowInMinutes', [1, 1440]);
}

/** How far back a recurring schedule may begin. */
const furthestStart = 5 * 60_000;

function checkDates(input: Checked, call: SchedulerCall): void {
  const { ScheduleExpression: expression = '', StartDate: start, EndDate: end } = input;
  const isLate = start && start.getTime() < call.now().getTime() - furthestStart;
  // AWS ignores the dates of a one-time schedule.
  if (isLate && !expression.startsWith('at'))
    throw invalid('The StartDate you specify cannot be earlier than 5 minutes ago.');
  if (start && end && start >= end)
    throw invalid('The StartDate you specify must come before the EndDate.');
}
