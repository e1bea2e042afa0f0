import type { RotationRulesType } from '@aws-sdk/client-secrets-manager';
import { nextOccurrence, readSchedule, type Schedule } from '../../schedule';
import { invalidParameter } from './errors';

const hour = 3_600_000;
const day = 24 * hour;

/** Refuses rules that contradict themselves or ask for more than every four hours. */
export function checkRules(rules: RotationRulesType = {}): void {
  const complaint = complaints(rules).find(([isWrong]) => isWrong)?.[1];
  if (complaint !== undefined) throw invalidParameter(complaint);
}

// Texts unverified.
const complaints = ({
  AutomaticallyAfterDays: days,
  ScheduleExpression: expression,
  Duration: duration = '1h',
}: RotationRulesType): [isWrong: boolean, complaint: string][] => [
  [
    days !== undefined && expression !== undefined,
    "You can't specify both AutomaticallyAfterDays and ScheduleExpression.",
  ],
  [!isWithin(days ?? 1, 1, 1000), 'RotationRules.AutomaticallyAfterDays must be within 1-1000.'],
  [
    expression !== undefined && !scheduleOf(expression),
    `The ScheduleExpression ${expression} is not valid.`,
  ],
  [!/^[1-9]\d?h$/.test(duration), `The Duration ${duration} is not valid.`],
];

const isWithin = (value: number, least: number, most: number): boolean =>
  value >= least && value <= most;

function scheduleOf(expression: string): Schedule | undefined {
  const schedule = readSchedule(expression);
  if (schedule?.kind === 'rate') return schedule.period >= 4 * hour ? schedule : undefined;
  // Cron of Secrets Manager has no minutes: windows begin on the hour.
  return schedule?.kind === 'cron' && expression.startsWith('cron(0 ') ? schedule : undefined;
}

/** When the next window opens; rates and days count from now. */
export function nextRotation(rules: RotationRulesType, now: Date): Date | undefined {
  const { AutomaticallyAfterDays: days, ScheduleExpression: expression } = rules;
  if (days !== undefined) return new Date(now.getTime() + days * day);
  const schedule = expression === undefined ? undefined : scheduleOf(expression);
  return schedule && nextOccurrence(schedule, { after: now, anchor: now });
}
