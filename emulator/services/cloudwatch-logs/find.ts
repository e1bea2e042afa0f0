import { parseArn } from '../../arn';
import { invalid, notFound } from './errors';
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
  // The texts were not verified.
  if (logGroupName !== undefined && logGroupIdentifier !== undefined)
    throw invalid('LogGroup name and LogGroup ARN are mutually exclusive parameters.');
  const name = logGroupName ?? logGroupIdentifier;
  if (name === undefined) throw invalid('LogGroup name or LogGroup ARN must be specified.');
  return groupNameIn(name);
}

export function findGroup(name: string | undefined, { state }: LogsCall): Group {
  const group = state.groups.get(name ?? '');
  if (!group) throw notFound('The specified log group does not exist.');
  return group;
}

export function findStream(group: Group, name: string | undefined): Stream {
  const stream = group.streams.get(name ?? '');
  if (!stream) throw notFound('The specified log stream does not exist.');
  return stream;
}
