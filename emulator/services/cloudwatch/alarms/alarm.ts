import type {
  PutCompositeAlarmInput,
  PutMetricAlarmInput,
  StateValue,
} from '@aws-sdk/client-cloudwatch';

/** All values that a state has. */
export const stateValues: string[] = ['INSUFFICIENT_DATA', 'ALARM', 'OK'];

/** The state of an alarm, and since when; times are simulated milliseconds. */
export interface AlarmState {
  value: StateValue;
  reason: string;
  /** JSON. */
  reasonData?: string;
  updatedAt: number;
  /** When the value last became another one. */
  transitionedAt: number;
  suppression?: Suppression;
}

/** Why the actions of a composite alarm are held back. */
export interface Suppression {
  by: 'Alarm' | 'WaitPeriod' | 'ExtensionPeriod';
  reason: string;
}

interface AnyAlarm {
  name: string;
  arn: string;
  state: AlarmState;
  tags: Record<string, string>;
  configuredAt: number;
}

export interface MetricAlarm extends AnyAlarm {
  kind: 'MetricAlarm';
  settings: PutMetricAlarmInput;
  /** The id that AWS gives the one metric of an alarm in its events. */
  metricId: string;
  /** Keys of the metrics that it looks at. */
  watched: string[];
}

export interface CompositeAlarm extends AnyAlarm {
  kind: 'CompositeAlarm';
  settings: PutCompositeAlarmInput;
  /** The state whose actions were last taken, which tells whether any are owed after a suppression. */
  actedOn: StateValue;
  /** Until when actions are held back because the suppressor has just left ALARM; milliseconds. */
  extendedUntil?: number;
}

export type Alarm = MetricAlarm | CompositeAlarm;

export const areActionsEnabled = ({ settings }: Alarm): boolean => settings.ActionsEnabled ?? true;

/** The actions that an alarm takes when it goes into a state. */
export function actionsFor({ settings }: Alarm, value: StateValue): string[] {
  const actions = {
    OK: settings.OKActions,
    ALARM: settings.AlarmActions,
    INSUFFICIENT_DATA: settings.InsufficientDataActions,
  };
  return actions[value] ?? [];
}

/** What every alarm starts with. */
export const initialState = (now: number): AlarmState => ({
  value: 'INSUFFICIENT_DATA',
  reason: 'Unchecked: Initial alarm creation',
  updatedAt: now,
  transitionedAt: now,
});

/** CloudFormation's type of an alarm. */
export const typeOf = ({ kind }: Alarm): string =>
  kind === 'MetricAlarm' ? 'AWS::CloudWatch::Alarm' : 'AWS::CloudWatch::CompositeAlarm';

/** The name in a name or ARN of an alarm. */
export const nameIn = (nameOrArn: string): string => nameOrArn.replace(/^arn:.*?:alarm:/, '');
