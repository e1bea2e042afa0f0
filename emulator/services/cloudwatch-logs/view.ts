import type { Resource } from '../../changes/resource';
import { destinationArn } from './destinations';
import { groupArn } from './find';
import type { Destination, Group, LogsCall } from './state';

const viewGroup = (group: Group, call: LogsCall): Resource => ({
  arn: groupArn(group.name, call),
  type: 'AWS::Logs::LogGroup',
  id: group.name,
  name: group.name,
  tags: group.tags,
  configuration: {
    LogGroupName: group.name,
    LogGroupClass: group.class,
    DeletionProtectionEnabled: group.isProtected,
    ...(group.retentionInDays === undefined ? {} : { RetentionInDays: group.retentionInDays }),
    ...(group.kmsKeyId === undefined ? {} : { KmsKeyId: group.kmsKeyId }),
  },
  createdAt: new Date(group.createdAt),
});

const viewDestination = (destination: Destination, call: LogsCall): Resource => ({
  arn: destinationArn(destination.name, call),
  type: 'AWS::Logs::Destination',
  id: destination.name,
  name: destination.name,
  tags: destination.tags,
  configuration: {
    DestinationName: destination.name,
    TargetArn: destination.targetArn,
    RoleArn: destination.roleArn,
    ...(destination.accessPolicy === undefined
      ? {}
      : { DestinationPolicy: destination.accessPolicy }),
  },
  createdAt: new Date(destination.createdAt),
});

export const view = (call: LogsCall): Resource[] => [
  ...[...call.state.groups.values()].map((group) => viewGroup(group, call)),
  ...[...call.state.destinations.values()].map((destination) => viewDestination(destination, call)),
];
