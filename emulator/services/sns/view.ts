import type { Resource } from '../../changes/resource';
import { parseObject } from '../../json';
import type { SnsCall, Subscription, Topic } from './state';

export const view = (call: SnsCall): Resource[] =>
  [...call.state.topics.values()].flatMap((topic) => [
    topicView(topic),
    ...[...topic.subscriptions.values()].map(subscriptionView),
  ]);

const topicView = (topic: Topic): Resource => ({
  arn: topic.arn,
  type: 'AWS::SNS::Topic',
  id: topic.arn,
  name: topic.name,
  tags: topic.tags,
  configuration: {
    TopicName: topic.name,
    ...(topic.fifo ? { FifoTopic: true } : {}),
    ...Object.fromEntries(
      Object.entries(topic.attributes)
        .filter(([name]) => name !== 'Policy')
        .map(([name, value]) => [
          name,
          name === 'ContentBasedDeduplication' ? value === 'true' : value,
        ]),
    ),
    Subscription: [...topic.subscriptions.values()].map(({ protocol, endpoint }) => ({
      Protocol: protocol,
      Endpoint: endpoint,
    })),
  },
  createdAt: topic.createdAt,
});

const subscriptionView = ({
  arn,
  topicArn,
  protocol,
  endpoint,
  attributes,
}: Subscription): Resource => ({
  arn,
  type: 'AWS::SNS::Subscription',
  id: arn,
  tags: {},
  configuration: {
    TopicArn: topicArn,
    Protocol: protocol,
    Endpoint: endpoint,
    ...Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [
        name,
        name === 'RawMessageDelivery'
          ? value.toLowerCase() === 'true'
          : (parseObject(value) ?? value),
      ]),
    ),
  },
});
