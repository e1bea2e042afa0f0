import { paginate } from '../../paginate';
import { tagRecord } from '../../tags';
import { invalid } from './errors';
import { newFifo } from './fifo';
import { findTopic, topicHere } from './find-topic';
import { pages } from './pages';
import type { SnsCall, SnsHandlers, Topic } from './state';
import { checkTopicAttribute, settingsOf } from './topic-attributes';

export const topics = {
  CreateTopic({ Name: name = '', Attributes: { FifoTopic, ...attributes } = {}, Tags }, call) {
    checkName(name, FifoTopic === 'true');
    for (const [key, value] of Object.entries(attributes))
      checkTopicAttribute(key, value, FifoTopic === 'true');
    const tags = tagRecord(Tags);
    const known = call.state.topics.get(name);
    if (known) checkSame(known, attributes, tags);
    else {
      const topic = newTopic(name, call);
      topic.attributes = { ...attributes };
      topic.tags = tags;
      call.state.topics.set(name, topic);
      announce('CREATE', topic, call);
    }
    return { TopicArn: call.arn(name) };
  },

  DeleteTopic({ TopicArn }, call) {
    const topic = topicHere(TopicArn, call);
    if (!topic) return;
    call.stateOf(topic.accountId, topic.region).topics.delete(topic.name);
    announce('DELETE', topic, call);
  },

  ListTopics({ NextToken }, call) {
    const { page, next } = paginate([...call.state.topics.values()], NextToken, pages);
    return {
      Topics: page.map(({ arn }) => ({ TopicArn: arn })),
      ...(next === undefined ? {} : { NextToken: next }),
    };
  },

  GetTopicAttributes({ TopicArn }, call) {
    return { Attributes: settingsOf(findTopic(TopicArn, call)) };
  },

  SetTopicAttributes({ TopicArn, AttributeName: name = '', AttributeValue: value = '' }, call) {
    const topic = findTopic(TopicArn, call);
    checkTopicAttribute(name, value, topic.fifo !== undefined);
    if (value === '' && name !== 'DisplayName') delete topic.attributes[name];
    else topic.attributes[name] = value;
    announce('UPDATE', topic, call);
  },
} satisfies SnsHandlers;

export const announce = (kind: 'CREATE' | 'UPDATE' | 'DELETE', topic: Topic, call: SnsCall): void =>
  call.announce({ kind, type: 'AWS::SNS::Topic', id: topic.arn });

function newTopic(name: string, call: SnsCall): Topic {
  return {
    name,
    arn: call.arn(name),
    accountId: call.accountId,
    region: call.region,
    createdAt: call.now(),
    attributes: {},
    tags: {},
    subscriptions: new Map(),
    deleted: 0,
    ...(name.endsWith('.fifo') ? { fifo: newFifo() } : {}),
  };
}

function checkName(name: string, isFifo: boolean): void {
  if (!(isFifo ? /^[\w-]{1,251}\.fifo$/ : /^[\w-]{1,256}$/).test(name)) throw invalid('Topic Name');
}

function checkSame(
  topic: Topic,
  attributes: Record<string, string>,
  tags: Record<string, string>,
): void {
  const settings = settingsOf(topic);
  if (Object.entries(attributes).some(([name, value]) => settings[name] !== value))
    throw invalid('Attributes Reason: Topic already exists with different attributes');
  if (Object.entries(tags).some(([key, value]) => topic.tags[key] !== value))
    throw invalid('Tags Reason: Topic already exists with different tags');
}
