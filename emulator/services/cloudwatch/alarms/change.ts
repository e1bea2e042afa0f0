import { takeActions } from '../actions/run';
import { suppressionOnChange } from '../composite/suppression';
import type { CloudWatchCall } from '../state';
import { type Alarm, type AlarmState, typeOf } from './alarm';
import { emitStateChange } from './events';
import { historyState, remember } from './history';

export type NewState = Pick<AlarmState, 'value' | 'reason'> & { reasonData?: string | undefined };

/** Brings one alarm into another state: history, event and actions; not the alarms above it. */
export function changeAlone(alarm: Alarm, next: NewState, call: CloudWatchCall): void {
  const before = alarm.state;
  const suppression =
    alarm.kind === 'CompositeAlarm' ? suppressionOnChange(alarm, call) : undefined;
  alarm.state = { ...stateOf(next, call.now().getTime()), ...(suppression ? { suppression } : {}) };
  call.touch();
  remember(
    alarm,
    {
      type: 'StateUpdate',
      summary: `Alarm updated from ${before.value} to ${next.value}`,
      data: { oldState: historyState(before), newState: historyState(alarm.state) },
    },
    call,
  );
  emitStateChange(alarm, before, call);
  announceState(alarm, call);
  if (suppression) return;
  if (alarm.kind === 'CompositeAlarm') alarm.actedOn = next.value;
  takeActions(alarm, before, call);
}

/** Whoever watches alarms (CodeDeploy) hears of composite ones under the same type too. */
function announceState(alarm: Alarm, call: CloudWatchCall): void {
  for (const type of new Set(['AWS::CloudWatch::Alarm', typeOf(alarm)]))
    call.announce({ kind: 'UPDATE', type, id: alarm.name });
}

const stateOf = ({ value, reason, reasonData }: NewState, now: number): AlarmState => ({
  value,
  reason,
  ...(reasonData === undefined ? {} : { reasonData }),
  updatedAt: now,
  transitionedAt: now,
});
