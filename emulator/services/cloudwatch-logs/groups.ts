import {
  type CreateLogGroupRequest,
  type DescribeLogGroupsRequest,
  LogGroupClass,
  InvalidOperationException,
  ResourceAlreadyExistsException,
} from '@aws-sdk/client-cloudwatch-logs';
import { refuse } from '../../refuse';
import { announce } from './announce';
import { checkOneOf, checkText, invalid } from './errors';
import { storedBytes } from './event-store';
import { findGroup, groupArn, groupNameIn, identified } from './find';
import { pageOf } from './pages';
import { cutoffOf } from './expiry';
import type { Group, LogsCall, LogsHandlers } from './state';

const groupNamePattern = '[\\.\\-_/#A-Za-z0-9]+';

export const groups = {
  CreateLogGroup(input, call) {
    const { logGroupName: name } = input;
    checkText(name, 'logGroupName', { pattern: groupNamePattern });
    // The text was not verified.
    if (name.startsWith('aws/')) throw invalid('Log groups starting with aws/ are reserved.');
    if (call.state.groups.has(name))
      throw refuse(ResourceAlreadyExistsException, 'The specified log group already exists');
    call.state.groups.set(name, newGroup(name, input, call));
    announce('CREATE', name, call);
  },

  DeleteLogGroup({ logGroupName }, call) {
    const group = findGroup(logGroupName, call);
    if (group.isProtected)
      // The text was not verified.
      throw refuse(
        InvalidOperationException,
        'The specified log group has deletion protection enabled.',
      );
    call.state.groups.delete(group.name);
    announce('DELETE', group.name, call);
  },

  DescribeLogGroups(input, call) {
    checkAsked(input);
    const found = inOrder(call).filter((group) => isWanted(group, input));
    const { page, more } = pageOf(found, input);
    return { logGroups: page.map((group) => show(group, call)), ...more };
  },

  ListLogGroups({ logGroupNamePattern = '', logGroupClass, nextToken, limit }, call) {
    checkClass(logGroupClass);
    const isNamed = matcherOf(logGroupNamePattern);
    const found = inOrder(call).filter(
      (group) => isNamed(group.name) && group.class === (logGroupClass ?? group.class),
    );
    const { page, more } = pageOf(found, { nextToken, limit: limit ?? 50 }, 1000);
    return {
      logGroups: page.map((group) => ({
        logGroupName: group.name,
        logGroupArn: groupArn(group.name, call),
        logGroupClass: group.class,
      })),
      ...more,
    };
  },

  PutLogGroupDeletionProtection({ logGroupIdentifier = '', deletionProtectionEnabled }, call) {
    const group = findGroup(identified(logGroupIdentifier), call);
    group.isProtected = deletionProtectionEnabled === true;
    announce('UPDATE', group.name, call);
  },

  AssociateKmsKey({ logGroupName, resourceIdentifier, kmsKeyId }, call) {
    const group = findGroup(logGroupName ?? groupNameIn(resourceIdentifier ?? ''), call);
    checkText(kmsKeyId, 'kmsKeyId', { longest: 256 });
    group.kmsKeyId = kmsKeyId;
    announce('UPDATE', group.name, call);
  },

  DisassociateKmsKey({ logGroupName, resourceIdentifier }, call) {
    const group = findGroup(logGroupName ?? groupNameIn(resourceIdentifier ?? ''), call);
    delete group.kmsKeyId;
    announce('UPDATE', group.name, call);
  },
} satisfies LogsHandlers;

const checkClass = (given: string | undefined): void =>
  checkOneOf(given, 'logGroupClass', LogGroupClass);

function newGroup(name: string, input: CreateLogGroupRequest, call: LogsCall): Group {
  const { kmsKeyId, tags = {}, logGroupClass = 'STANDARD', deletionProtectionEnabled } = input;
  checkClass(logGroupClass);
  if (logGroupClass !== 'STANDARD' && logGroupClass !== 'INFREQUENT_ACCESS')
    throw invalid(`log groups of class ${logGroupClass} are not emulated; use STANDARD`);
  return {
    name,
    class: logGroupClass,
    createdAt: call.now().getTime(),
    expiredBefore: 0,
    isProtected: deletionProtectionEnabled === true,
    tags: { ...tags },
    streams: new Map(),
    metricFilters: new Map(),
    subscriptionFilters: new Map(),
    ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
  };
}

const inOrder = ({ state }: LogsCall): Group[] =>
  [...state.groups.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));

function isWanted(group: Group, input: DescribeLogGroupsRequest): boolean {
  const { logGroupClass = group.class, logGroupIdentifiers } = input;
  return (
    isNamed(group, input) &&
    group.class === logGroupClass &&
    isIdentified(group, logGroupIdentifiers)
  );
}

function isNamed({ name }: Group, input: DescribeLogGroupsRequest): boolean {
  const { logGroupNamePrefix: prefix = '', logGroupNamePattern: part = '' } = input;
  return name.startsWith(prefix) && name.includes(part);
}

function checkAsked(input: DescribeLogGroupsRequest): void {
  checkClass(input.logGroupClass);
  if (input.includeLinkedAccounts || input.accountIdentifiers?.length)
    throw invalid('log groups of linked accounts are not emulated');
  if (input.logGroupNamePrefix && input.logGroupNamePattern)
    throw invalid(
      'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
    );
}

const isIdentified = ({ name }: Group, identifiers: string[] | undefined): boolean =>
  !identifiers || identifiers.map(groupNameIn).includes(name);

/** ListLogGroups takes `^prefix` and alternatives with `|`, or a part of the name. */
function matcherOf(pattern: string): (name: string) => boolean {
  const parts = pattern.split('|');
  return (name) =>
    parts.some((part) =>
      part.startsWith('^') ? name.startsWith(part.slice(1)) : name.includes(part),
    );
}

const show = (group: Group, call: LogsCall) => ({
  logGroupName: group.name,
  creationTime: group.createdAt,
  metricFilterCount: group.metricFilters.size,
  arn: `${groupArn(group.name, call)}:*`,
  storedBytes: storedBytes(group, cutoffOf(group, call)),
  logGroupClass: group.class,
  logGroupArn: groupArn(group.name, call),
  deletionProtectionEnabled: group.isProtected,
  ...(group.retentionInDays === undefined ? {} : { retentionInDays: group.retentionInDays }),
  ...(group.kmsKeyId === undefined ? {} : { kmsKeyId: group.kmsKeyId }),
});
