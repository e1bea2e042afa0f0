import {
  type DescribeLogStreamsRequest,
  OrderBy,
  ResourceAlreadyExistsException,
} from '@aws-sdk/client-cloudwatch-logs';
import { refuse } from '../../refuse';
import { checkOneOf, checkText, invalid } from './errors';
import { findGroup, findStream, nameOf, streamArn } from './find';
import { pageOf } from './pages';
import type { Group, LogsCall, LogsHandlers, Stream } from './state';

export const streams = {
  CreateLogStream({ logGroupName, logStreamName: name }, call) {
    checkText(name, 'logStreamName', { pattern: '[^:*]*' });
    const group = findGroup(logGroupName, call);
    if (group.streams.has(name))
      throw refuse(ResourceAlreadyExistsException, 'The specified log stream already exists');
    group.streams.set(name, {
      name,
      createdAt: call.now().getTime(),
      chunks: [],
      open: [],
      openBytes: 0,
    });
    announce('CREATE', name, call);
  },

  DeleteLogStream({ logGroupName, logStreamName }, call) {
    const group = findGroup(logGroupName, call);
    const { name } = findStream(group, logStreamName);
    group.streams.delete(name);
    announce('DELETE', name, call);
  },

  DescribeLogStreams(input, call) {
    checkOneOf(input.orderBy, 'orderBy', orders);
    const group = findGroup(nameOf(input), call);
    const { page, more } = pageOf(inOrder(group, input), input);
    return { logStreams: page.map((stream) => show(group, stream, call)), ...more };
  },
} satisfies LogsHandlers;

/** In the order in which AWS prints them. */
const orders = [OrderBy.LogStreamName, OrderBy.LastEventTime];

const announce = (kind: 'CREATE' | 'DELETE', name: string, call: LogsCall): void =>
  call.announce({ kind, type: 'AWS::Logs::LogStream', id: name });

function inOrder(group: Group, input: DescribeLogStreamsRequest): Stream[] {
  const { orderBy = 'LogStreamName', descending, logStreamNamePrefix: prefix = '' } = input;
  if (orderBy === 'LastEventTime' && prefix !== '')
    throw invalid('Cannot order by LastEventTime with a logStreamNamePrefix.');
  const found = [...group.streams.values()]
    .filter(({ name }) => name.startsWith(prefix))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
  if (orderBy === 'LastEventTime')
    found.sort(({ lastEventAt: one = 0 }, { lastEventAt: other = 0 }) => one - other);
  return descending ? found.toReversed() : found;
}

const show = (group: Group, stream: Stream, call: LogsCall) => ({
  logStreamName: stream.name,
  creationTime: stream.createdAt,
  arn: streamArn(group.name, stream.name, call),
  // AWS has answered 0 for every stream since June 2019.
  storedBytes: 0,
  ...(stream.firstEventAt === undefined
    ? {}
    : {
        firstEventTimestamp: stream.firstEventAt,
        lastEventTimestamp: stream.lastEventAt,
        lastIngestionTime: stream.lastIngestedAt,
        uploadSequenceToken: sequenceToken(stream),
      }),
});

/** AWS ignores the token, and still hands one out. */
export const sequenceToken = ({ createdAt, lastIngestedAt = 0 }: Stream): string =>
  `49${String(createdAt).padStart(27, '0')}${String(lastIngestedAt).padStart(27, '0')}`;
