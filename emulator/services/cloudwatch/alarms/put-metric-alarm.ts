import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { ensureDetector } from '../anomaly/ensure';
import { validationError } from '../errors';
import { parseMath } from '../math/parse';
import { MathError } from '../math/tokens';
import { tagRecord } from '../../../tags';
import type { CloudWatchCall, CloudWatchHandlers } from '../state';
import { type Alarm, initialState, type MetricAlarm } from './alarm';
import { checkMetricAlarm } from './check';
import { checkSameKind, configured } from './configured';
import { look } from './measure';
import { evaluateNow } from './schedule';
import { bandedQuery, subjectOf, watchedMetrics } from './subject';

export const putMetricAlarm = {
  PutMetricAlarm({ Tags, ...settings }, call) {
    checkMetricAlarm(settings);
    checkInstanceActions(settings);
    const known = call.state.alarms.get(settings.AlarmName ?? '');
    checkSameKind(known, 'MetricAlarm');
    const alarm = { ...newAlarm(settings, call), ...kept(known, tagRecord(Tags)) };
    checkExpressions(alarm, call);
    learn(alarm, call);
    configured(alarm, known, call);
    evaluateNow(alarm, call);
  },
} satisfies CloudWatchHandlers;

/** An update leaves state and tags as they are. */
const kept = (known: Alarm | undefined, tags: Record<string, string>): Partial<MetricAlarm> =>
  known ? { state: known.state, tags: known.tags } : { tags };

function newAlarm(settings: PutMetricAlarmInput, call: CloudWatchCall): MetricAlarm {
  const name = settings.AlarmName ?? '';
  const now = call.now().getTime();
  return {
    kind: 'MetricAlarm',
    name,
    arn: call.arn(`alarm:${name}`),
    settings,
    state: initialState(now),
    tags: {},
    configuredAt: now,
    metricId: call.random.uuid(),
    watched: watchedMetrics(subjectOf(settings).queries),
  };
}

/** An expression that cannot be worked out is refused now, not at each evaluation. */
function checkExpressions(alarm: MetricAlarm, call: CloudWatchCall): void {
  for (const { Id, Expression } of alarm.settings.Metrics ?? []) {
    try {
      if (Expression !== undefined) parseMath(Expression);
    } catch (error) {
      if (!(error instanceof MathError)) throw error;
      throw validationError(`Error in expression '${Id}': ${error.message}`); // text unverified
    }
  }
  look(alarm, call.state, call.now().getTime());
}

/** As on AWS, an anomaly alarm brings the detector of its metric along. */
function learn(alarm: MetricAlarm, call: CloudWatchCall): void {
  const banded = bandedQuery(subjectOf(alarm.settings));
  if (banded?.MetricStat) ensureDetector(banded.MetricStat, call);
}

function checkInstanceActions(settings: PutMetricAlarmInput): void {
  const all = [settings.OKActions, settings.AlarmActions, settings.InsufficientDataActions].flat();
  const isOnInstance = all.some((arn) => arn?.startsWith('arn:aws:automate:'));
  const names = (settings.Dimensions ?? []).map(({ Name }) => Name);
  if (isOnInstance && !names.includes('InstanceId'))
    throw validationError('EC2 actions need a metric with the dimension InstanceId.'); // text unverified
}
