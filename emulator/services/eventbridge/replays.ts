import {
  IllegalStatusException,
  LimitExceededException,
  ResourceAlreadyExistsException,
  type StartReplayRequest,
} from '@aws-sdk/client-eventbridge';
import { parseArn } from '../../arn';
import { refuse } from '../../refuse';
import { archivesOf } from './archive-store';
import { checkName, invalid, notFound } from './errors';
import { findBus } from './find';
import { checkOneFilter } from './one-filter';
import { pageOf } from './pages';
import { replaysOf, soon } from './replaying';
import type { Archive, EventBridgeCall, EventBridgeHandlers, Replay } from './state';

export const replays = {
  StartReplay(input, call) {
    const { ReplayName: name = '', Description } = input;
    checkName(name, 'replayName');
    const archive = checkPlaces(input, call);
    const { from, to } = windowOf(input);
    if (replaysOf(call.state).has(name))
      throw refuse(ResourceAlreadyExistsException, `Replay ${name} already exists.`);
    checkCount(call);
    const replay: Replay = {
      name,
      arn: call.arn(`replay/${name}`),
      archiveArn: archive.arn,
      ...(Description === undefined ? {} : { description: Description }),
      destination: {
        Arn: archive.busArn,
        ...(input.Destination?.FilterArns ? { FilterArns: input.Destination.FilterArns } : {}),
      },
      from,
      to,
      cursor: from,
      state: 'STARTING',
      startedAt: call.now(),
    };
    replaysOf(call.state).set(name, replay);
    soon(replay, call);
    return { ReplayArn: replay.arn, State: replay.state, ReplayStartTime: replay.startedAt };
  },

  CancelReplay({ ReplayName = '' }, call) {
    const replay = find(ReplayName, call);
    if (!isActive(replay))
      throw refuse(
        IllegalStatusException,
        `Replay ${replay.name} is not in a valid state for this operation.`,
      );
    replay.state = 'CANCELLING';
    return { ReplayArn: replay.arn, State: replay.state };
  },

  DescribeReplay({ ReplayName = '' }, call) {
    const replay = find(ReplayName, call);
    return {
      ...show(replay),
      ReplayArn: replay.arn,
      Destination: replay.destination,
      ...(replay.description === undefined ? {} : { Description: replay.description }),
    };
  },

  ListReplays({ NamePrefix, State, EventSourceArn, ...paging }, call) {
    checkOneFilter('ListReplays', { State, EventSourceArn, NamePrefix });
    const found = [...replaysOf(call.state).values()].filter(
      ({ name, archiveArn, state }) =>
        name.startsWith(NamePrefix ?? '') &&
        (EventSourceArn === undefined || archiveArn === EventSourceArn) &&
        (State === undefined || state === State),
    );
    const { page, ...more } = pageOf(found, paging);
    return { Replays: page.map(show), ...more };
  },
} satisfies EventBridgeHandlers;

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const mostActive = 10;

const isActive = ({ state }: Replay): boolean => state === 'STARTING' || state === 'RUNNING';

function checkCount({ state }: EventBridgeCall): void {
  if ([...replaysOf(state).values()].filter(isActive).length >= mostActive)
    throw refuse(
      LimitExceededException,
      'The requested resource exceeds the maximum number allowed.',
    );
}

function find(name: string, call: EventBridgeCall): Replay {
  const replay = replaysOf(call.state).get(name);
  if (!replay) throw notFound(`Replay ${name} does not exist.`);
  return replay;
}

function checkPlaces(
  { EventSourceArn = '', Destination }: Partial<StartReplayRequest>,
  call: EventBridgeCall,
): Archive {
  const { Arn: busArn = '' } = Destination ?? {};
  if (!parseArn(busArn)?.resource.startsWith('event-bus/'))
    throw invalid('Parameter Destination.Arn is not valid. Reason: Must contain an event bus ARN.');
  findBus(busArn, call);
  const name = EventSourceArn.replace(/^.*\//, '');
  const archive = archivesOf(call.state).get(name);
  if (!archive)
    throw invalid(`Parameter EventSourceArn is not valid. Reason: Archive ${name} does not exist.`);
  if (archive.busArn !== busArn)
    throw invalid(
      'Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.',
    );
  return archive;
}

function windowOf({ EventStartTime, EventEndTime }: Partial<StartReplayRequest>) {
  const from = EventStartTime?.getTime() ?? 0;
  const to = EventEndTime?.getTime() ?? 0;
  if (from >= to)
    throw invalid(
      'Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.',
    );
  return { from, to };
}

const show = (replay: Replay) => ({
  ReplayName: replay.name,
  EventSourceArn: replay.archiveArn,
  State: replay.state,
  EventStartTime: new Date(replay.from),
  EventEndTime: new Date(replay.to),
  ReplayStartTime: replay.startedAt,
  ...(replay.stateReason === undefined ? {} : { StateReason: replay.stateReason }),
  ...(replay.lastEventAt ? { EventLastReplayedTime: replay.lastEventAt } : {}),
  ...(replay.endedAt ? { ReplayEndTime: replay.endedAt } : {}),
});
