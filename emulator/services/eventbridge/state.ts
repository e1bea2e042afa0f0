import type { EventBridge, Target } from '@aws-sdk/client-eventbridge';
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
  tags: Record<string, string>;
  targets: Map<string, Target>;
}

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

export interface EventBridgeState {
  buses: Map<string, Bus>;
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
}
