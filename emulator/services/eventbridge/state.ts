import type { ArchiveState, EventBridge, ReplayState, Target } from '@aws-sdk/client-eventbridge';
import type { Call } from '../../call';
import type { Handlers } from '../../service';

export interface Rule {
  name: string;
  arn: string;
  busName: string;
  /** As the caller wrote it. */
  pattern?: string;
  schedule?: string;
  state: 'ENABLED' | 'DISABLED' | 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
  description?: string;
  roleArn?: string;
  createdBy: string;
  /** The AWS service that made it, `prod.vhs.events.aws.internal` for archives. */
  managedBy?: string;
  tags: Record<string, string>;
  targets: Map<string, Target>;
}

/** What tells a rule from all others. */
export type RuleName = Pick<Rule, 'name' | 'arn' | 'busName'>;

export interface Bus {
  name: string;
  description?: string;
  /** Statements of its resource policy. */
  statements: Statement[];
  tags: Record<string, string>;
  rules: Map<string, Rule>;
  createdAt?: Date;
  modifiedAt?: Date;
}

export type Statement = Record<string, unknown> & { Sid?: string };

/** How often an event has gone from bus to bus. */
export interface Hops {
  local?: boolean;
  regional?: boolean;
}

/** An event on its way to a bus. */
export interface Parcel {
  event: Event;
  hops: Hops;
}

/** An event for the rules of a bus. */
export interface Routed {
  event: Event;
  hops?: Hops;
  /** ARNs of the rules that may get it: all without. */
  only?: string[] | undefined;
  /** ARN of the rule whose schedule made it. */
  by?: string;
}

export interface Archive {
  name: string;
  arn: string;
  busArn: string;
  description?: string;
  pattern?: string;
  /** Days; 0 for ever. */
  retention: number;
  state: ArchiveState;
  createdAt: Date;
  events: { event: Event; storedAt: number; size: number }[];
}

export interface Replay {
  name: string;
  arn: string;
  archiveArn: string;
  description?: string;
  destination: { Arn: string; FilterArns?: string[] };
  /** Simulated milliseconds; the end does not belong to it. */
  from: number;
  to: number;
  state: ReplayState;
  stateReason?: string;
  startedAt: Date;
  endedAt?: Date;
  lastEventAt?: Date;
  /** The minute that comes next. */
  cursor: number;
}

export interface EventBridgeState {
  buses: Map<string, Bus>;
  archives?: Map<string, Archive>;
  replays?: Map<string, Replay>;
  /** Events that an entry of PutEvents names by a ticket. */
  parcels?: Map<string, Parcel>;
}

export const newBus = (name: string): Bus => ({
  name,
  statements: [],
  tags: {},
  rules: new Map(),
});

export const createState = (): EventBridgeState => ({
  buses: new Map([['default', newBus('default')]]),
});

export type EventBridgeHandlers = Handlers<EventBridge, EventBridgeState>;
export type EventBridgeCall = Call<EventBridgeState>;

/** An event as rules see it and targets get it. */
export interface Event {
  version: '0';
  id: string;
  'detail-type': string;
  source: string;
  account: string;
  time: string;
  region: string;
  resources: string[];
  detail: Record<string, unknown>;
  'replay-name'?: string;
}
