import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { Permission, Requirements } from '../../service';
import { groupNameIn, type NamedGroup, streamArn } from './find';
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

/** What each operation asks of IAM; the lists ask for their action on `*`. */
export const permissions: Requirements<CloudWatchLogs, LogsState> = {
  AssociateKmsKey: onGroup,
  CreateLogGroup: onGroup,
  CreateLogStream: onStream,
  DeleteLogGroup: onGroup,
  DeleteLogStream: onStream,
  DeleteRetentionPolicy: onGroup,
  DescribeLogGroups: (_input, call) => onGroup({ logGroupName: '' }, call),
  DescribeLogStreams: onGroup,
  DisassociateKmsKey: onGroup,
  GetLogEvents: onStream,
  ListTagsForResource: onArn,
  ListTagsLogGroup: onGroup,
  PutLogEvents: onStream,
  PutLogGroupDeletionProtection: onGroup,
  PutRetentionPolicy: onGroup,
  TagLogGroup: onGroup,
  TagResource: onArn,
  UntagLogGroup: onGroup,
  UntagResource: onArn,
};
