import { ValidationException } from '@aws-sdk/client-cloudwatch-logs';
import { parseArn } from '../../arn';
import { refuse } from '../../refuse';
import { invalid, longestName, nameTooLong, notFound } from './errors';
import type { Group, LogsCall, Stream } from './state';

/** The ARN that tags and newer operations take: without the `:*` at its end. */
export const groupArn = (name: string, call: LogsCall): string => call.arn(`log-group:${name}`);

export const streamArn = (group: string, stream: string, call: LogsCall): string =>
  call.arn(`log-group:${group}:log-stream:${stream}`);

/** The name in what is a group's name or its ARN, with or without `:*`. */
export function groupNameIn(identifier: string): string {
  const { service, resource = '' } = parseArn(identifier) ?? {};
  if (service !== 'logs') return identifier;
  return /^log-group:([^:]*)(?::\*)?$/.exec(resource)?.[1] ?? identifier;
}

export interface NamedGroup {
  logGroupName?: string | undefined;
  logGroupIdentifier?: string | undefined;
}

/** The one name in an input that takes a name or an identifier. */
export function nameOf({ logGroupName, logGroupIdentifier }: NamedGroup): string {
  if (logGroupName !== undefined && logGroupIdentifier !== undefined)
    throw refuse(
      ValidationException,
      'LogGroup name and LogGroup ARN are mutually exclusive parameters.',
    );
  if (logGroupIdentifier !== undefined) return identified(logGroupIdentifier);
  if (logGroupName !== undefined) return logGroupName;
  // The text was not verified.
  throw invalid('LogGroup name or LogGroup ARN must be specified.');
}

const identifiers = String.raw`[\w#+=/:,.@-]*`;

/** The group of an identifier, which may be an ARN but not the one with `:*` at its end. */
export function identified(identifier: string): string {
  if (new RegExp(`^${identifiers}$`).test(identifier)) return groupNameIn(identifier);
  // AWS does not repeat the value here.
  throw invalid(
    `1 validation error detected: Value at 'logGroupIdentifier' failed to satisfy constraint: Member must satisfy regular expression pattern: ${identifiers}`,
  );
}

export function findGroup(name = '', { state }: LogsCall): Group {
  if (name.length > longestName) throw nameTooLong();
  const group = state.groups.get(name);
  if (!group) throw notFound('The specified log group does not exist.');
  return group;
}

export function findStream(group: Group, name: string | undefined): Stream {
  const stream = group.streams.get(name ?? '');
  if (!stream) throw notFound('The specified log stream does not exist.');
  return stream;
}
