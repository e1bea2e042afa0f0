import { nextOccurrence, readSchedule, type Schedule } from '../../schedule';
import { invalid } from './errors';
import { newEvent } from './event';
import { route } from './route';
import type { Bus, EventBridgeCall, Rule } from './state';

/** Rules know rates and cron, in UTC; a rate of one is spelled in the singular, more in the plural. */
function scheduleOf(expression: string): Schedule | undefined {
  const schedule = readSchedule(expression);
  if (!schedule || schedule.kind === 'at') return undefined;
  if (schedule.kind === 'cron') return schedule;
  return (schedule.count === 1) === schedule.unit.endsWith('s') ? undefined : schedule;
}

/** Refuses what EventBridge takes for no schedule. */
export function checkSchedule(expression: string, bus: Bus): void {
  if (bus.name !== 'default')
    throw invalid('ScheduleExpression is supported only on the default event bus.');
  if (!scheduleOf(expression)) throw invalid('Parameter ScheduleExpression is not valid.');
}

interface Due {
  rule: string;
  /** Simulated milliseconds. */
  at: number;
}

const timerOf = (rule: Rule): string => `schedule:${rule.name}`;

/** Starts, moves or stops the timer when the schedule or the state has changed. */
export function reschedule(rule: Rule, call: EventBridgeCall, before?: Rule): void {
  if (before && before.schedule === rule.schedule && before.state === rule.state) return;
  call.timers.cancel(timerOf(rule));
  setNext(rule, call.now(), call);
}

/** A rule has one timer: for the time that comes next. A rate counts from the anchor. */
function setNext(rule: Rule, anchor: Date, call: EventBridgeCall): void {
  const schedule = rule.schedule === undefined ? undefined : scheduleOf(rule.schedule);
  if (!schedule || rule.state === 'DISABLED') return;
  const at = nextOccurrence(schedule, { after: call.now(), anchor });
  if (!at) return;
  call.timers.set({
    id: timerOf(rule),
    name: 'schedule',
    at,
    payload: { rule: rule.name, at: at.getTime() } satisfies Due,
  });
}

/**
 * A schedule is due: AWS's Scheduled Event comes on the bus, to the rule itself and to any other
 * whose pattern it fits.
 */
export function fire({ rule: name, at }: Due, call: EventBridgeCall): void {
  const bus = call.state.buses.get('default');
  const rule = bus?.rules.get(name);
  if (!bus || !rule) return;
  setNext(rule, new Date(at), call);
  const event = newEvent(
    {
      source: 'aws.events',
      detailType: 'Scheduled Event',
      detail: {},
      resources: [rule.arn],
      time: new Date(at),
    },
    call,
  );
  route(bus, { event, by: rule.arn }, call);
}
