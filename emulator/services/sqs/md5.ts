import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import { createHash } from 'node:crypto';

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/**
 * The digest that SQS gives for attributes, and SDKs check:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export function md5OfAttributes(attributes: Record<string, MessageAttributeValue>): string {
  const hash = createHash('md5');
  for (const [name, value] of Object.entries(attributes).toSorted(byName)) {
    hash.update(sized(Buffer.from(name)));
    hash.update(sized(Buffer.from(value.DataType ?? '')));
    const text = value.StringValue;
    hash.update(Buffer.from([text === undefined ? 2 : 1]));
    hash.update(
      sized(text === undefined ? Buffer.from(value.BinaryValue ?? []) : Buffer.from(text)),
    );
  }
  return hash.digest('hex');
}

const byName = ([one]: [string, unknown], [other]: [string, unknown]): number =>
  one < other ? -1 : 1;

function sized(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
