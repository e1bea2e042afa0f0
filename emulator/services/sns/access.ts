import { parseObject } from '../../json';
import { invalid } from './errors';
import { findTopic } from './find-topic';
import type { SnsHandlers, Topic } from './state';
import { policyOf } from './topic-attributes';
import { announce } from './topics';

// Actions that AddPermission may give away; the policy itself may name any.
const grantable = new Set([
  'AddPermission',
  'DeleteTopic',
  'GetDataProtectionPolicy',
  'GetTopicAttributes',
  'ListSubscriptionsByTopic',
  'ListTagsForResource',
  'Publish',
  'PutDataProtectionPolicy',
  'RemovePermission',
  'SetTopicAttributes',
  'Subscribe',
]);

export const access = {
  AddPermission({ TopicArn, Label: label = '', AWSAccountId = [], ActionName = [] }, call) {
    const topic = findTopic(TopicArn, call);
    const statements = statementsOf(topic);
    if (statements.some(({ Sid }) => Sid === label)) throw invalid('Statement already exists');
    if (ActionName.some((action) => !grantable.has(action)))
      throw invalid('Policy statement action out of service scope!');
    const added = {
      Sid: label,
      Effect: 'Allow',
      Principal: { AWS: oneOrMany(AWSAccountId.map((id) => `arn:aws:iam::${id}:root`)) },
      Action: oneOrMany(ActionName.map((action) => `SNS:${action}`)),
      Resource: topic.arn,
    };
    write(topic, [...statements, added]);
    announce('UPDATE', topic, call);
  },

  RemovePermission({ TopicArn, Label: label }, call) {
    const topic = findTopic(TopicArn, call);
    write(
      topic,
      statementsOf(topic).filter(({ Sid }) => Sid !== label),
    );
    announce('UPDATE', topic, call);
  },
} satisfies SnsHandlers;

const oneOrMany = (texts: string[]): string | string[] =>
  texts.length === 1 ? (texts[0] ?? '') : texts;

function statementsOf(topic: Topic): Record<string, unknown>[] {
  const statement = parseObject(policyOf(topic))?.['Statement'] ?? [];
  return (Array.isArray(statement) ? statement : [statement]) as Record<string, unknown>[];
}

function write(topic: Topic, statements: Record<string, unknown>[]): void {
  topic.attributes['Policy'] = JSON.stringify({
    ...parseObject(policyOf(topic)),
    Statement: statements,
  });
}
