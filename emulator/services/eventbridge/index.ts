import {
  EventBridge,
  type PutEventsRequest,
  type PutTargetsRequest,
} from '@aws-sdk/client-eventbridge';
import { defineService, type Permission } from '../../service';
import { busPolicy, policyByArn } from './bus-policy';
import { buses } from './buses';
import { events } from './events';
import { busArn, busNameOf, onBus, onRule } from './find';
import { rules } from './rules';
import { fire } from './schedule';
import { createState, type EventBridgeCall } from './state';
import { tagging } from './tagging';
import { targets } from './target-handlers';
import { view } from './view';

/** An AWS service needs no permission to send its own events to the default bus. */
function toPutEvents({ Entries = [] }: PutEventsRequest, call: EventBridgeCall): Permission[] {
  if (call.principal.type === 'service') return [];
  return Entries.map(({ EventBusName: bus = 'default', Source = '', DetailType = '' }) => ({
    action: 'events:PutEvents',
    resources: [bus.startsWith('arn:') ? bus : busArn(busNameOf(bus), call)],
    context: { 'events:source': Source, 'events:detail-type': DetailType },
  }));
}

function toPutTargets(input: PutTargetsRequest, call: EventBridgeCall): Permission[] {
  const roles = (input.Targets ?? []).flatMap(({ RoleArn }) => (RoleArn ? [RoleArn] : []));
  return [
    onRule('PutTargets')(input, call),
    ...roles.map((role) => ({
      action: 'iam:PassRole',
      resources: [role],
      context: { 'iam:PassedToService': 'events.amazonaws.com' },
    })),
  ];
}

export default defineService({
  client: EventBridge,
  createState,
  handlers: { ...buses, ...busPolicy, ...rules, ...targets, ...events, ...tagging },
  permissions: {
    CreateEventBus: onBus('CreateEventBus'),
    DeleteEventBus: onBus('DeleteEventBus'),
    DeleteRule: onRule('DeleteRule'),
    DescribeEventBus: onBus('DescribeEventBus'),
    DescribeRule: onRule('DescribeRule'),
    DisableRule: onRule('DisableRule'),
    EnableRule: onRule('EnableRule'),
    ListTargetsByRule: onRule('ListTargetsByRule'),
    PutEvents: toPutEvents,
    PutPermission: onBus('PutPermission'),
    PutRule: onRule('PutRule'),
    PutTargets: toPutTargets,
    RemovePermission: onBus('RemovePermission'),
    RemoveTargets: onRule('RemoveTargets'),
    UpdateEventBus: onBus('UpdateEventBus'),
  },
  resourcePolicy: policyByArn,
  timers: { schedule: fire },
  view,
});
