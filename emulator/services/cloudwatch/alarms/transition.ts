import { evaluateParents } from '../composite/propagate';
import { suppressorChanged } from '../composite/suppression';
import type { CloudWatchCall } from '../state';
import type { Alarm } from './alarm';
import { changeAlone, type NewState } from './change';

/**
 * Brings an alarm into another state, with all that follows, up to the composite alarms above it.
 * A state that it is in already changes nothing.
 */
export function changeState(alarm: Alarm, next: NewState, call: CloudWatchCall): void {
  if (alarm.state.value === next.value) return;
  changeAlone(alarm, next, call);
  suppressorChanged(alarm, call);
  evaluateParents([alarm], call);
}
