import { takeActions } from '../actions/run';
import { type Alarm, type CompositeAlarm, nameIn, type Suppression } from '../alarms/alarm';
import { emitStateChange } from '../alarms/events';
import type { CloudWatchCall } from '../state';

const timerOf = ({ name }: CompositeAlarm): string => `suppression:${name}`;

const because = (by: Suppression['by']): Suppression => ({
  by,
  reason: `Actions suppressed by ${by}`,
});

const isInAlarm = (alarm: Alarm | undefined): boolean => alarm?.state.value === 'ALARM';

/**
 * Whether and why the actions of a composite alarm that goes into another state now are held
 * back: while its suppressor is in ALARM, for a time after that (ExtensionPeriod), and else for a
 * time in which the suppressor may still go there (WaitPeriod).
 */
export function suppressionOnChange(
  alarm: CompositeAlarm,
  call: CloudWatchCall,
): Suppression | undefined {
  const { ActionsSuppressor: suppressor, ActionsSuppressorWaitPeriod: wait = 0 } = alarm.settings;
  call.timers.cancel(timerOf(alarm));
  if (suppressor === undefined) return undefined;
  if (isInAlarm(call.state.alarms.get(nameIn(suppressor)))) return because('Alarm');
  const now = call.now().getTime();
  const { extendedUntil = 0 } = alarm;
  if (extendedUntil > now)
    return holdUntil(alarm, { by: 'ExtensionPeriod', until: extendedUntil }, call);
  return wait > 0
    ? holdUntil(alarm, { by: 'WaitPeriod', until: now + wait * 1000 }, call)
    : undefined;
}

function holdUntil(
  alarm: CompositeAlarm,
  { by, until }: { by: Suppression['by']; until: number },
  call: CloudWatchCall,
): Suppression {
  resumeAt(alarm, until, call);
  return because(by);
}

function resumeAt(alarm: CompositeAlarm, until: number, call: CloudWatchCall): void {
  const payload: Due = { name: alarm.name };
  call.timers.set({ id: timerOf(alarm), name: 'suppression', at: new Date(until), payload });
}

/** Payload of the timer that ends a suppression. */
export interface Due {
  name: string;
}

/** An alarm has changed its state: those that it suppresses are held back, or soon no longer. */
export function suppressorChanged(changed: Alarm, call: CloudWatchCall): void {
  for (const alarm of call.state.alarms.values()) {
    if (alarm.kind !== 'CompositeAlarm') continue;
    const { ActionsSuppressor: suppressor } = alarm.settings;
    if (suppressor === undefined || nameIn(suppressor) !== changed.name) continue;
    if (isInAlarm(changed)) hold(alarm, call);
    else extend(alarm, call);
  }
}

function hold(alarm: CompositeAlarm, call: CloudWatchCall): void {
  delete alarm.extendedUntil;
  if (!alarm.state.suppression) return;
  call.timers.cancel(timerOf(alarm));
  alarm.state = { ...alarm.state, suppression: because('Alarm') };
}

function extend(alarm: CompositeAlarm, call: CloudWatchCall): void {
  const { ActionsSuppressorExtensionPeriod: extension = 0 } = alarm.settings;
  alarm.extendedUntil = call.now().getTime() + extension * 1000;
  if (alarm.state.suppression?.by !== 'Alarm') return;
  alarm.state = { ...alarm.state, suppression: because('ExtensionPeriod') };
  resumeAt(alarm, alarm.extendedUntil, call);
}

/**
 * A suppression is over. What the alarm owes by now is done: the actions of the state that it is
 * in, unless it is back in the one whose actions were taken last.
 */
export function endSuppression({ name }: Due, call: CloudWatchCall): void {
  const alarm = call.state.alarms.get(name);
  if (alarm?.kind !== 'CompositeAlarm' || !alarm.state.suppression) return;
  const before = alarm.state;
  const { suppression: _over, ...state } = before;
  alarm.state = { ...state, updatedAt: call.now().getTime() };
  emitStateChange(alarm, before, call);
  if (alarm.actedOn === state.value) return;
  alarm.actedOn = state.value;
  takeActions(alarm, before, call);
}

export const forgetSuppression = (alarm: CompositeAlarm, call: CloudWatchCall): void =>
  call.timers.cancel(timerOf(alarm));
