import type { PutCompositeAlarmInput } from '@aws-sdk/client-cloudwatch';
import { checkActions } from '../actions/check';
import { type CompositeAlarm, initialState, nameIn } from '../alarms/alarm';
import { checkName } from '../alarms/check';
import { checkSameKind, configured } from '../alarms/configured';
import { notEmulated, validationError } from '../errors';
import { tagRecord } from '../../../tags';
import type { CloudWatchCall, CloudWatchHandlers } from '../state';
import { childrenOf, evaluateComposite, evaluateParents } from './propagate';
import { alarmsIn, parseRule, type Rule, RuleError } from './rule';
import { forgetSuppression } from './suppression';

export const putCompositeAlarm = {
  PutCompositeAlarm({ Tags, ...settings }, call) {
    if (settings.ActionConfiguration) throw notEmulated('ActionConfiguration of alarms is');
    checkName(settings.AlarmName);
    checkRule(settings.AlarmRule, call);
    checkSuppressor(settings, call);
    checkActions(settings, 'CompositeAlarm');
    const known = call.state.alarms.get(settings.AlarmName ?? '');
    checkSameKind(known, 'CompositeAlarm');
    const alarm = newAlarm(settings, tagRecord(Tags), call);
    configured(alarm, known, call);
    const children = childrenOf(alarm).flatMap((name) => call.state.alarms.get(name) ?? []);
    if (evaluateComposite(alarm, children, call)) evaluateParents([alarm], call);
  },
} satisfies CloudWatchHandlers;

/** An update leaves state and tags as they are, but for a suppression, which begins anew. */
function newAlarm(
  settings: PutCompositeAlarmInput,
  tags: Record<string, string>,
  call: CloudWatchCall,
): CompositeAlarm {
  const name = settings.AlarmName ?? '';
  const now = call.now().getTime();
  const known = call.state.alarms.get(name);
  if (known?.kind === 'CompositeAlarm') forgetSuppression(known, call);
  const { suppression: _over, ...state } = known?.state ?? initialState(now);
  return {
    kind: 'CompositeAlarm',
    name,
    arn: call.arn(`alarm:${name}`),
    settings,
    state,
    tags: known?.tags ?? tags,
    configuredAt: now,
    actedOn: state.value,
  };
}

function checkRule(text: string | undefined, call: CloudWatchCall): void {
  if (!text || text.trim() !== text)
    throw validationError('AlarmRule must not contain leading or trailing whitespace or be null');
  if (text.length > 10_240)
    throw validationError(
      `1 validation error detected: Value '${text.slice(0, 40)}…' at 'alarmRule' failed to satisfy constraint: Member must have length less than or equal to 10240`,
    );
  const names = alarmsIn(parsed(text));
  const absent = names.filter((name) => !call.state.alarms.has(name));
  if (absent.length > 0)
    throw validationError(
      `Could not save the composite alarm as alarms [${absent.join(', ')}] in the alarm rule do not exist`,
    );
  if (names.length > 100) throw validationError('AlarmRule must not contain more than 100 alarms'); // text unverified
}

function parsed(text: string): Rule {
  try {
    return parseRule(text);
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    throw validationError(`Error in AlarmRule: ${error.message}`); // text unverified
  }
}

/** A suppressor comes with both periods, and they with it (FACTS C4.3). */
function checkSuppressor(settings: PutCompositeAlarmInput, { state }: CloudWatchCall): void {
  const { ActionsSuppressor: suppressor } = settings;
  const periods = ['ActionsSuppressorWaitPeriod', 'ActionsSuppressorExtensionPeriod'] as const;
  for (const period of periods) {
    const isThere = settings[period] !== undefined;
    if (suppressor !== undefined && !isThere) throw validationError(`${period} must not be null`);
    if (suppressor === undefined && isThere)
      throw validationError('ActionsSuppressor must not be null'); // text unverified
  }
  if (suppressor !== undefined && !state.alarms.has(nameIn(suppressor)))
    throw validationError(
      `Could not save the composite alarm as the actions suppressor alarm [${suppressor}] does not exist`, // text unverified
    );
}
