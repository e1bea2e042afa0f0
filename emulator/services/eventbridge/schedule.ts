import { deliverToTargets } from './deliver';
import { invalid } from './errors';
import { newEvent } from './event';
import type { Bus, EventBridgeCall, Rule } from './state';

const units: Record<string, number> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/** Only rates run here. */
export function checkSchedule(expression: string, bus: Bus): void {
  if (bus.name !== 'default')
    throw invalid('ScheduleExpression is supported only on the default event bus.');
  if (/^cron\((\S+ ){5}\S+\)$/.test(expression) && /\d|\*/.test(expression))
    throw invalid(`ScheduleExpression ${expression} is not emulated; use rate(…).`);
  if (periodOf(expression) === undefined)
    throw invalid('Parameter ScheduleExpression is not valid.');
}

/** `rate(1 minute)`, `rate(5 minutes)`: one is spelled in the singular, more in the plural. */
function periodOf(expression: string): number | undefined {
  const [, count, unit = '', plural] =
    /^rate\(([1-9]\d*) (minute|hour|day)(s?)\)$/.exec(expression) ?? [];
  if (count === undefined || (count === '1') === (plural === 's')) return undefined;
  return Number(count) * (units[unit] ?? 0);
}

interface Due {
  rule: string;
}

const timerOf = (rule: Rule): string => `schedule:${rule.name}`;

/** Starts, moves or stops the timer when the schedule or the state has changed. */
export function reschedule(rule: Rule, call: EventBridgeCall, before?: Rule): void {
  if (before && before.schedule === rule.schedule && before.state === rule.state) return;
  call.timers.cancel(timerOf(rule));
  const period = rule.schedule === undefined ? undefined : periodOf(rule.schedule);
  if (period === undefined || rule.state === 'DISABLED') return;
  call.timers.set({
    id: timerOf(rule),
    name: 'schedule',
    at: new Date(call.now().getTime() + period),
    payload: { rule: rule.name } satisfies Due,
  });
}

/** A schedule is due: its rule's targets get AWS's Scheduled Event. */
export function fire({ rule: name }: Due, call: EventBridgeCall): void {
  const rule = call.state.buses.get('default')?.rules.get(name);
  if (!rule) return;
  reschedule(rule, call);
  const event = newEvent(
    { source: 'aws.events', detailType: 'Scheduled Event', detail: {}, resources: [rule.arn] },
    call,
  );
  deliverToTargets(rule, event, call);
}
