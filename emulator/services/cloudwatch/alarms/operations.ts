import { ResourceNotFound, type SetAlarmStateInput } from '@aws-sdk/client-cloudwatch';
import { parentsOf } from '../composite/propagate';
import { forgetSuppression } from '../composite/suppression';
import { checkOneOf, missingParameter, validationError } from '../errors';
import { parseJson } from '../../../json';
import { refuse } from '../../../refuse';
import type { CloudWatchCall, CloudWatchHandlers } from '../state';
import { type Alarm, nameIn, stateValues, typeOf } from './alarm';
import { forgotten } from './configured';
import { schedule, unschedule } from './schedule';
import { changeState } from './transition';

export const alarmOperations = {
  SetAlarmState(input, call) {
    checkState(input);
    const { AlarmName = '', StateValue: value = 'OK', StateReason: reason = '' } = input;
    const alarm = call.state.alarms.get(AlarmName);
    if (!alarm) throw refuse(ResourceNotFound, '');
    changeState(alarm, { value, reason, reasonData: input.StateReasonData }, call);
    // What the data says holds again from the next evaluation on.
    if (alarm.kind === 'MetricAlarm') schedule(alarm, call);
  },

  EnableAlarmActions({ AlarmNames = [] }, call) {
    setActions(AlarmNames, true, call);
  },

  DisableAlarmActions({ AlarmNames = [] }, call) {
    setActions(AlarmNames, false, call);
  },

  DeleteAlarms({ AlarmNames = [] }, call) {
    const alarms = AlarmNames.flatMap((name) => call.state.alarms.get(name) ?? []);
    checkDeletion(alarms, call);
    for (const alarm of alarms) {
      if (alarm.kind === 'MetricAlarm') unschedule(alarm, call);
      else forgetSuppression(alarm, call);
      forgotten(alarm, call);
    }
  },
} satisfies CloudWatchHandlers;

function checkState({ AlarmName, StateValue: value, ...input }: SetAlarmStateInput): void {
  if (!AlarmName) throw missingParameter('AlarmName');
  checkOneOf(value ?? '', 'stateValue', stateValues);
  if (input.StateReason === undefined) throw missingParameter('StateReason');
  const data = input.StateReasonData;
  if (data !== undefined && parseJson(data) === undefined)
    throw validationError('StateReasonData is not valid JSON'); // text unverified
}

/** Names that are none are passed over, as AWS does. */
function setActions(names: readonly string[], isOn: boolean, call: CloudWatchCall): void {
  for (const name of names) {
    const alarm = call.state.alarms.get(name);
    if (!alarm) continue;
    alarm.settings.ActionsEnabled = isOn;
    call.announce({ kind: 'UPDATE', type: typeOf(alarm), id: name });
  }
}

/** At most one composite alarm at once, and none that another alarm's rule or suppression needs. */
function checkDeletion(alarms: readonly Alarm[], { state }: CloudWatchCall): void {
  if (alarms.length > 1 && alarms.filter(({ kind }) => kind === 'CompositeAlarm').length > 1)
    throw validationError('Only one composite alarm can be deleted at a time'); // text unverified
  const names = new Set(alarms.map(({ name }) => name));
  const isNeeded = ({ name }: Alarm) =>
    [...parentsOf(name, state), ...suppressedBy(name, state.alarms)].some(
      (user) => !names.has(user.name) || user.name === name,
    );
  const needed = alarms.filter(isNeeded).map(({ name }) => name);
  if (needed.length > 0)
    throw validationError(
      `Cannot delete ${needed.join(',')} as there are composite alarm(s) depending on ${needed.length === 1 ? 'it' : 'them'}.`,
    );
}

const suppressedBy = (name: string, alarms: ReadonlyMap<string, Alarm>): Alarm[] =>
  [...alarms.values()].filter(
    (alarm) =>
      alarm.kind === 'CompositeAlarm' && nameIn(alarm.settings.ActionsSuppressor ?? '') === name,
  );
