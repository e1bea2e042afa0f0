import {
  type AlarmHistoryItem,
  AlarmType,
  type DescribeAlarmHistoryInput,
  HistoryItemType,
  ScanBy,
} from '@aws-sdk/client-cloudwatch';
import { paginate } from '../../../paginate';
import { checkEachOf, checkOneOf, checkRange } from '../errors';
import type { CloudWatchCall, CloudWatchHandlers } from '../state';
import { invalidToken } from '../tokens';
import type { Alarm, AlarmState } from './alarm';

/** One thing that happened to an alarm. */
export interface HistoryItem {
  name: string;
  alarmType: Alarm['kind'];
  /** Milliseconds. */
  at: number;
  type: 'ConfigurationUpdate' | 'StateUpdate' | 'Action';
  summary: string;
  /** JSON. */
  data: string;
}

const keptFor = 30 * 24 * 3600_000;
const mostKept = 10_000;

type Happened = Pick<HistoryItem, 'type' | 'summary'> & { data: Record<string, unknown> };

/** Writes into an alarm's history, which AWS keeps for 30 days. */
export function remember(alarm: Alarm, { data, ...item }: Happened, call: CloudWatchCall): void {
  const { history } = call.state;
  const at = call.now().getTime();
  history.push({
    ...item,
    name: alarm.name,
    alarmType: alarm.kind,
    at,
    data: JSON.stringify({ version: '1.0', ...data }),
  });
  const old = history.findIndex((known) => at - known.at <= keptFor);
  const gone = Math.max(old, history.length - mostKept, 0);
  if (gone > 0) history.splice(0, gone);
}

/** A state as history data has it. */
export const historyState = ({ value, reason, reasonData }: AlarmState) => ({
  stateValue: value,
  stateReason: reason,
  ...(reasonData === undefined ? {} : { stateReasonData: JSON.parse(reasonData) as unknown }),
});

export const alarmHistory = {
  DescribeAlarmHistory({ NextToken, MaxRecords: max = 50, ...input }, { state }) {
    checkRange(max, 'maxRecords', [1, 100]);
    checkOneOf(input.HistoryItemType, 'historyItemType', HistoryItemType);
    checkOneOf(input.ScanBy, 'scanBy', ScanBy);
    checkEachOf(input.AlarmTypes, 'alarmTypes', AlarmType);
    const found = state.history.filter((item) => matches(item, input));
    if (input.ScanBy !== 'TimestampAscending') found.reverse();
    const { page, next } = paginate(found, NextToken, { max, invalid: invalidToken });
    return {
      AlarmHistoryItems: page.map(shown),
      ...(next === undefined ? {} : { NextToken: next }),
    };
  },
} satisfies CloudWatchHandlers;

function matches(item: HistoryItem, filter: DescribeAlarmHistoryInput): boolean {
  // Without AlarmTypes AWS answers those of metric alarms only, but for an alarm that is named.
  const { AlarmName, HistoryItemType: type, StartDate, EndDate } = filter;
  const { AlarmTypes: types = AlarmName === undefined ? ['MetricAlarm'] : undefined } = filter;
  return [
    AlarmName === undefined || item.name === AlarmName,
    types === undefined || types.includes(item.alarmType),
    type === undefined || item.type === type,
    StartDate === undefined || item.at >= StartDate.getTime(),
    EndDate === undefined || item.at <= EndDate.getTime(),
  ].every(Boolean);
}

const shown = (item: HistoryItem): AlarmHistoryItem => ({
  AlarmName: item.name,
  AlarmType: item.alarmType,
  Timestamp: new Date(item.at),
  HistoryItemType: item.type,
  HistorySummary: item.summary,
  HistoryData: item.data,
});
