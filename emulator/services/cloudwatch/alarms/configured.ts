import { type Alarm, typeOf } from './alarm';
import type { CloudWatchCall } from '../state';
import { validationError } from '../errors';
import { emitConfigurationChange, wholeConfiguration } from './events';
import { remember } from './history';

/** Keeps an alarm that is new or has new settings, and tells of it. */
export function configured(alarm: Alarm, before: Alarm | undefined, call: CloudWatchCall): void {
  call.state.alarms.set(alarm.name, alarm);
  const operation = before ? 'update' : 'create';
  remember(
    alarm,
    {
      type: 'ConfigurationUpdate',
      summary: `Alarm "${alarm.name}" ${operation}d`,
      data: before
        ? { type: 'Update', updatedAlarm: wholeConfiguration(alarm) }
        : { type: 'Create', createdAlarm: wholeConfiguration(alarm) },
    },
    call,
  );
  emitConfigurationChange(alarm, { operation, before }, call);
  call.announce({ kind: before ? 'UPDATE' : 'CREATE', type: typeOf(alarm), id: alarm.name });
}

/** Metric and composite alarms share their names, and one does not turn into the other. */
export function checkSameKind(before: Alarm | undefined, kind: Alarm['kind']): void {
  if (before && before.kind !== kind)
    throw validationError(`The alarm ${before.name} exists already and is of another type.`); // text unverified
}

/** Forgets an alarm, and tells of it. */
export function forgotten(alarm: Alarm, call: CloudWatchCall): void {
  call.state.alarms.delete(alarm.name);
  remember(
    alarm,
    {
      type: 'ConfigurationUpdate',
      summary: `Alarm "${alarm.name}" deleted`,
      data: { type: 'Delete', deletedAlarm: wholeConfiguration(alarm) },
    },
    call,
  );
  emitConfigurationChange(alarm, { operation: 'delete' }, call);
  call.announce({ kind: 'DELETE', type: typeOf(alarm), id: alarm.name });
}
