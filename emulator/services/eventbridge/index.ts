import {
  type CreateArchiveRequest,
  EventBridge,
  type PutEventsRequest,
  type PutRuleRequest,
  type PutTargetsRequest,
  type StartReplayRequest,
} from '@aws-sdk/client-eventbridge';
import { defineService, type Permission } from '../../service';
import { archives } from './archives';
import { busPolicy, policyByArn } from './bus-policy';
import { buses } from './buses';
import { attempt } from './deliver';
import { events } from './events';
import { busArn, busNameOf, onBus, onRule } from './find';
import { parcelOf } from './parcels';
import { proceed } from './replaying';
import { replays } from './replays';
import { rules } from './rules';
import { fire } from './schedule';
import { createState, type EventBridgeCall } from './state';
import { tagging } from './tagging';
import { targets } from './target-handlers';
import { view } from './view';

/** An AWS service needs no permission to send its own events to the default bus. */
function toPutEvents({ Entries = [] }: PutEventsRequest, call: EventBridgeCall): Permission[] {
  if (call.principal.type === 'service') return [];
  return Entries.map((entry) => {
    const { EventBusName: bus = 'default', Source = '', DetailType = '' } = entry;
    return {
      action: 'events:PutEvents',
      resources: [bus.startsWith('arn:') ? bus : busArn(busNameOf(bus), call)],
      context: {
        'events:source': Source,
        'events:detail-type': DetailType,
        'events:eventBusInvocation': String(parcelOf(entry, call) !== undefined),
      },
    };
  });
}

const onArchive =
  (action: string) =>
  ({ ArchiveName: name = '' }: { ArchiveName?: string | undefined }, call: EventBridgeCall) => ({
    action: `events:${action}`,
    resources: [call.arn(`archive/${name}`)],
  });

const onReplay =
  (action: string) =>
  ({ ReplayName: name = '' }: { ReplayName?: string | undefined }, call: EventBridgeCall) => ({
    action: `events:${action}`,
    resources: [call.arn(`replay/${name}`)],
  });

/** A replay reads an archive and puts events on its bus. */
const toStartReplay = (input: StartReplayRequest, call: EventBridgeCall): Permission => ({
  action: 'events:StartReplay',
  resources: [
    call.arn(`replay/${input.ReplayName}`),
    input.EventSourceArn ?? '*',
    input.Destination?.Arn ?? '*',
  ],
});

const passing = (role: string): Permission => ({
  action: 'iam:PassRole',
  resources: [role],
  context: { 'iam:PassedToService': 'events.amazonaws.com' },
});

const toPutRule = (input: PutRuleRequest, call: EventBridgeCall): Permission[] => [
  onRule('PutRule')(input, call),
  ...(input.RoleArn ? [passing(input.RoleArn)] : []),
];

function toPutTargets(input: PutTargetsRequest, call: EventBridgeCall): Permission[] {
  const roles = (input.Targets ?? []).flatMap(({ RoleArn }) => (RoleArn ? [RoleArn] : []));
  return [onRule('PutTargets')(input, call), ...roles.map(passing)];
}

export default defineService({
  client: EventBridge,
  createState,
  handlers: {
    ...buses,
    ...busPolicy,
    ...rules,
    ...targets,
    ...events,
    ...archives,
    ...replays,
    ...tagging,
  },
  permissions: {
    CancelReplay: onReplay('CancelReplay'),
    CreateArchive: (input: CreateArchiveRequest, call: EventBridgeCall) => [
      onArchive('CreateArchive')(input, call),
      { action: 'events:CreateArchive', resources: [input.EventSourceArn ?? '*'] },
    ],
    CreateEventBus: onBus('CreateEventBus'),
    DeleteArchive: onArchive('DeleteArchive'),
    DeleteEventBus: onBus('DeleteEventBus'),
    DeleteRule: onRule('DeleteRule'),
    DescribeArchive: onArchive('DescribeArchive'),
    DescribeReplay: onReplay('DescribeReplay'),
    DescribeEventBus: onBus('DescribeEventBus'),
    DescribeRule: onRule('DescribeRule'),
    DisableRule: onRule('DisableRule'),
    EnableRule: onRule('EnableRule'),
    ListTargetsByRule: onRule('ListTargetsByRule'),
    PutEvents: toPutEvents,
    PutPermission: onBus('PutPermission'),
    PutRule: toPutRule,
    PutTargets: toPutTargets,
    RemovePermission: onBus('RemovePermission'),
    RemoveTargets: onRule('RemoveTargets'),
    StartReplay: toStartReplay,
    UpdateArchive: onArchive('UpdateArchive'),
    UpdateEventBus: onBus('UpdateEventBus'),
  },
  bindsRoot: true,
  resourcePolicy: policyByArn,
  timers: { schedule: fire, retry: attempt, replay: proceed },
  view,
});
