import type { Resource } from '../../changes/resource';
import type { NotificationsCall } from './state';

export const view = ({ state }: NotificationsCall): Resource[] =>
  [...state.rules.values()].map((rule) => ({
    arn: rule.arn,
    type: 'AWS::CodeStarNotifications::NotificationRule',
    id: rule.arn,
    name: rule.name,
    tags: rule.tags,
    createdAt: rule.createdAt,
    configuration: {
      Name: rule.name,
      EventTypeIds: rule.eventTypeIds,
      Resource: rule.resource,
      Targets: rule.targets.map((address) => ({ TargetType: 'SNS', TargetAddress: address })),
      DetailType: rule.detailType,
      Status: rule.status,
      // A map here, not the usual list.
      Tags: rule.tags,
    },
  }));
