import type { Resource } from '../../changes/resource';
import { groupArn } from './find';
import type { LogsCall } from './state';

export const view = (call: LogsCall): Resource[] =>
  [...call.state.groups.values()].map((group) => ({
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
  }));
