import type { Resource } from '../../changes/resource';
import { parseObject } from '../../json';
import { urlOf } from './place';
import { type Queue, queueArn, type SqsCall } from './state';

export const view = (call: SqsCall): Resource[] =>
  [...call.state.queues.values()].map((queue) => ({
    arn: queueArn(queue),
    type: 'AWS::SQS::Queue',
    id: urlOf(queue, call),
    name: queue.name,
    tags: queue.tags,
    configuration: { QueueName: queue.name, ...propertiesOf(queue) },
    createdAt: new Date(queue.createdAt),
  }));

/** Attributes as CloudFormation's properties: numbers as numbers, documents as objects. */
const propertiesOf = ({ attributes }: Queue): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(attributes)
      .filter(([name]) => name !== 'Policy')
      .map(([name, value]) => [name, typed(value)]),
  );

function typed(value: string): unknown {
  if (/^\d+$/.test(value)) return Number(value);
  if (value === 'true' || value === 'false') return value === 'true';
  return parseObject(value) ?? value;
}
