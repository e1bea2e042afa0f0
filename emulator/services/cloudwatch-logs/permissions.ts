import type {
  CloudWatchLogs,
  PutSubscriptionFilterRequest,
  StartQueryRequest,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Permission, Requirements } from '../../service';
import { groupNameIn, type NamedGroup, streamArn } from './find';
import { recordAt } from './query-sources';
import type { LogsCall, LogsState } from './state';

interface NamedStream extends NamedGroup {
  logStreamName?: string | undefined;
}

/**
 * AWS asks about `log-group:<name>:log-stream:` even of what concerns the whole group; that is why
 * the ARN in a policy needs `:*` at its end.
 */
const onGroup = (input: NamedGroup, call: LogsCall): Permission =>
  onStream({ ...input, logStreamName: '' }, call);

function onStream(input: NamedStream, call: LogsCall): Permission {
  const { logGroupName, logGroupIdentifier = '', logStreamName = '' } = input;
  const name = logGroupName ?? groupNameIn(logGroupIdentifier);
  const tags = Object.entries(call.state.groups.get(name)?.tags ?? {});
  return {
    action: `logs:${call.operation}`,
    resources: [streamArn(name, logStreamName, call)],
    context: Object.fromEntries(tags.map(([key, value]) => [`aws:ResourceTag/${key}`, value])),
  };
}

const onArn = (
  { resourceArn = '' }: { resourceArn?: string | undefined },
  { operation }: LogsCall,
): Permission => ({ action: `logs:${operation}`, resources: [resourceArn.replace(/:\*$/, '')] });

const onDestination = (
  { destinationName = '' }: { destinationName?: string | undefined },
  call: LogsCall,
): Permission => ({
  action: `logs:${call.operation}`,
  resources: [call.arn(`destination:${destinationName}`)],
});

const toPass = (roleArn: string | undefined): Permission[] =>
  roleArn === undefined
    ? []
    : [
        {
          action: 'iam:PassRole',
          resources: [roleArn],
          context: { 'iam:PassedToService': 'logs.amazonaws.com' },
        },
      ];

/** A destination of another account has a policy that says who may subscribe to it. */
function toSubscribe(input: PutSubscriptionFilterRequest, call: LogsCall): Permission[] {
  const { destinationArn = '', roleArn } = input;
  const isDestination = destinationArn.startsWith('arn:aws:logs:');
  const toUse = { action: 'logs:PutSubscriptionFilter', resources: [destinationArn] };
  return [onGroup(input, call), ...(isDestination ? [toUse] : []), ...toPass(roleArn)];
}

function toQuery(input: StartQueryRequest, call: LogsCall): Permission[] {
  const { logGroupName, logGroupNames, logGroupIdentifiers } = input;
  const names = logGroupNames ?? logGroupIdentifiers ?? [logGroupName ?? ''];
  return names.map((logGroupIdentifier) => onGroup({ logGroupIdentifier }, call));
}

/** What a query answers is about the groups that it read. */
const ofQuery = ({ queryId = '' }: { queryId?: string | undefined }, call: LogsCall) =>
  (call.state.queries.get(queryId)?.groups ?? []).map((logGroupName) =>
    onGroup({ logGroupName }, call),
  );

const ofRecord = (
  { logRecordPointer = '' }: { logRecordPointer?: string | undefined },
  call: LogsCall,
) => {
  const found = recordAt(logRecordPointer, call);
  return found ? [onGroup({ logGroupName: found.group.name }, call)] : [];
};

/** What each operation asks of IAM; the lists ask for their action on `*`. */
export const permissions: Requirements<CloudWatchLogs, LogsState> = {
  AssociateKmsKey: onGroup,
  CreateLogGroup: onGroup,
  CreateLogStream: onStream,
  DeleteDestination: onDestination,
  DeleteLogGroup: onGroup,
  DeleteLogStream: onStream,
  DeleteMetricFilter: onGroup,
  DeleteRetentionPolicy: onGroup,
  DeleteSubscriptionFilter: onGroup,
  DescribeLogGroups: (_input, call) => onGroup({ logGroupName: '' }, call),
  DescribeLogStreams: onGroup,
  DescribeMetricFilters: onGroup,
  DescribeSubscriptionFilters: onGroup,
  DisassociateKmsKey: onGroup,
  FilterLogEvents: onGroup,
  GetLogEvents: onStream,
  GetLogRecord: ofRecord,
  GetQueryResults: ofQuery,
  ListTagsForResource: onArn,
  ListTagsLogGroup: onGroup,
  PutDestination: (input, call) => [onDestination(input, call), ...toPass(input.roleArn)],
  PutDestinationPolicy: onDestination,
  PutLogEvents: onStream,
  PutLogGroupDeletionProtection: onGroup,
  PutMetricFilter: onGroup,
  PutRetentionPolicy: onGroup,
  PutSubscriptionFilter: toSubscribe,
  StartQuery: toQuery,
  TagLogGroup: onGroup,
  TagResource: onArn,
  UntagLogGroup: onGroup,
  UntagResource: onArn,
};
