import type { Alarm, CompositeAlarm } from '../alarms/alarm';
import { changeAlone } from '../alarms/change';
import { awsDate, longDate } from '../alarms/text';
import type { CloudWatchCall, CloudWatchState } from '../state';
import { alarmsIn, holds, parseRule } from './rule';
import { suppressorChanged } from './suppression';

/** The names of the alarms in a composite alarm's rule. */
export const childrenOf = ({ settings }: CompositeAlarm): string[] =>
  alarmsIn(parseRule(settings.AlarmRule ?? 'FALSE'));

/** The composite alarms in whose rules an alarm stands. */
export const parentsOf = (name: string, { alarms }: CloudWatchState): CompositeAlarm[] =>
  [...alarms.values()].filter(
    (alarm): alarm is CompositeAlarm =>
      alarm.kind === 'CompositeAlarm' && childrenOf(alarm).includes(name),
  );

/**
 * Evaluates what stands above alarms that have changed, each once and after all that stands below
 * it. What has a cycle below it is not evaluated, as on AWS.
 */
export function evaluateParents(changed: readonly Alarm[], call: CloudWatchCall): void {
  const moved = new Map(changed.map((alarm) => [alarm.name, alarm]));
  for (const alarm of aboveOf([...moved.keys()], call.state)) {
    const triggers = childrenOf(alarm).flatMap((name) => moved.get(name) ?? []);
    if (triggers.length > 0 && evaluateComposite(alarm, triggers, call))
      moved.set(alarm.name, alarm);
  }
}

/** Evaluates one composite alarm because of some of its children: whether its state has changed. */
export function evaluateComposite(
  alarm: CompositeAlarm,
  triggers: readonly Alarm[],
  call: CloudWatchCall,
): boolean {
  const { alarms } = call.state;
  if (depthOf(alarm.name, call.state) === Infinity) return false;
  const rule = parseRule(alarm.settings.AlarmRule ?? 'FALSE');
  const value = holds(rule, (name) => alarms.get(name)?.state.value) ? 'ALARM' : 'OK';
  if (alarm.state.value === value) return false;
  changeAlone(alarm, { value, ...because(alarm, triggers) }, call);
  suppressorChanged(alarm, call);
  return true;
}

function because({ settings }: CompositeAlarm, triggers: readonly Alarm[]) {
  const told = triggers.map(
    ({ arn, state }) =>
      `${arn} transitioned to ${state.value} at ${longDate(state.transitionedAt)}`,
  );
  return {
    // Text of a rule without alarms unverified.
    reason: told.length > 0 ? told.join(', ') : `The alarm rule is ${settings.AlarmRule}`,
    reasonData: JSON.stringify({
      triggeringAlarms: triggers.map(({ arn, state }) => ({
        arn,
        state: { value: state.value, timestamp: awsDate(state.transitionedAt) },
      })),
    }),
  };
}

/** All composite alarms above some alarms, from the bottom up. */
function aboveOf(names: readonly string[], state: CloudWatchState): CompositeAlarm[] {
  const found = new Map<string, CompositeAlarm>();
  const climb = (name: string): void => {
    for (const parent of parentsOf(name, state)) {
      if (found.has(parent.name)) continue;
      found.set(parent.name, parent);
      climb(parent.name);
    }
  };
  names.forEach(climb);
  const depths = new Map([...found.keys()].map((name) => [name, depthOf(name, state)]));
  return [...found.values()].toSorted(
    (one, other) => (depths.get(one.name) ?? 0) - (depths.get(other.name) ?? 0),
  );
}

/** How many composite alarms stand upon each other under an alarm; endlessly many in a cycle. */
function depthOf(name: string, state: CloudWatchState, path: readonly string[] = []): number {
  const alarm = state.alarms.get(name);
  if (alarm?.kind !== 'CompositeAlarm') return 0;
  if (path.includes(name)) return Infinity;
  const below = childrenOf(alarm).map((child) => depthOf(child, state, [...path, name]));
  return 1 + Math.max(0, ...below);
}
