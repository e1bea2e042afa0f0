import { SNS, type SubscribeInput } from '@aws-sdk/client-sns';
import { defineService } from '../../service';
import { access } from './access';
import { publish } from './activity';
import { redeliver } from './delivery';
import { onPublish, onSubscription, onTopic, topicByArn } from './find-topic';
import { publishing } from './publishing';
import { createState, type SnsCall } from './state';
import { subscriptions } from './subscriptions';
import { tagging } from './tagging';
import { policyOf } from './topic-attributes';
import { topics } from './topics';
import { view } from './view';
import { visit } from './visit';

const onResource =
  (action: string) =>
  ({ ResourceArn = '' }: { ResourceArn?: string | undefined }) => ({
    action: `sns:${action}`,
    resources: [ResourceArn],
  });

export default defineService({
  client: SNS,
  createState,
  handlers: { ...topics, ...access, ...tagging, ...subscriptions, ...publishing },
  permissions: {
    AddPermission: onTopic('AddPermission'),
    ConfirmSubscription: onTopic('ConfirmSubscription'),
    CreateTopic: ({ Name = '' }, { arn }: SnsCall) => ({
      action: 'sns:CreateTopic',
      resources: [arn(Name)],
    }),
    DeleteTopic: onTopic('DeleteTopic'),
    GetSubscriptionAttributes: onSubscription('GetSubscriptionAttributes'),
    GetTopicAttributes: onTopic('GetTopicAttributes'),
    ListSubscriptionsByTopic: onTopic('ListSubscriptionsByTopic'),
    ListTagsForResource: onResource('ListTagsForResource'),
    Publish: onPublish,
    PublishBatch: onPublish,
    RemovePermission: onTopic('RemovePermission'),
    SetSubscriptionAttributes: onSubscription('SetSubscriptionAttributes'),
    SetTopicAttributes: onTopic('SetTopicAttributes'),
    Subscribe({ TopicArn, Protocol = '', Endpoint = '' }: SubscribeInput, call: SnsCall) {
      const context = { 'sns:Protocol': Protocol, 'sns:Endpoint': Endpoint };
      return onTopic('Subscribe')({ TopicArn }, call).map((one) => ({ ...one, context }));
    },
    TagResource: onResource('TagResource'),
    Unsubscribe: onSubscription('Unsubscribe'),
    UntagResource: onResource('UntagResource'),
  },
  resourcePolicy(arn, call: SnsCall) {
    const topic = topicByArn(arn, call);
    return topic && policyOf(topic);
  },
  view,
  receive: visit,
  timers: { redeliver, publish },
});
