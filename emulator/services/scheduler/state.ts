import type {
  ActionAfterCompletion,
  FlexibleTimeWindow,
  Scheduler,
  ScheduleState,
  Target,
} from '@aws-sdk/client-scheduler';
import type { Call } from '../../call';
import type { Handlers } from '../../service';

export interface Schedule {
  name: string;
  group: string;
  arn: string;
  expression: string;
  zone: string;
  start?: Date;
  end?: Date;
  description?: string;
  state: ScheduleState;
  target: Target;
  window: FlexibleTimeWindow;
  afterwards: ActionAfterCompletion;
  createdAt: Date;
  modifiedAt: Date;
  /** The occurrence that came last, in simulated milliseconds. */
  last?: number;
}

export interface Group {
  name: string;
  arn: string;
  tags: Record<string, string>;
  schedules: Map<string, Schedule>;
  createdAt?: Date;
  modifiedAt?: Date;
}

export interface SchedulerState {
  groups: Map<string, Group>;
}

export const createState = (): SchedulerState => ({ groups: new Map() });

export type SchedulerHandlers = Handlers<Scheduler, SchedulerState>;
export type SchedulerCall = Call<SchedulerState>;
