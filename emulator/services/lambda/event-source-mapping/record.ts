import type { Message, MessageAttributeValue } from '@aws-sdk/client-sqs';
import { parseArn } from '../../../arn';
import { parseJson } from '../../../json';

/** A message as the function gets it: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export function recordOf(message: Message, sourceArn: string) {
  const { MessageId = '', ReceiptHandle = '', Body = '', MD5OfBody = '' } = message;
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: message.Attributes ?? {},
    ...attributesOf(message),
    md5OfBody: MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: sourceArn,
    awsRegion: parseArn(sourceArn)?.region ?? '',
  };
}

function attributesOf({ MessageAttributes = {}, MD5OfMessageAttributes }: Message) {
  const entries = Object.entries(MessageAttributes);
  const messageAttributes = Object.fromEntries(
    entries.map(([name, value]) => [name, shownAttribute(value)]),
  );
  return entries.length > 0
    ? { messageAttributes, md5OfMessageAttributes: MD5OfMessageAttributes }
    : { messageAttributes };
}

export type SqsRecord = ReturnType<typeof recordOf>;

const shownAttribute = ({ StringValue, BinaryValue, DataType }: MessageAttributeValue) => ({
  ...(StringValue === undefined ? {} : { stringValue: StringValue }),
  ...(BinaryValue === undefined
    ? {}
    : { binaryValue: Buffer.from(BinaryValue).toString('base64') }),
  stringListValues: [],
  binaryListValues: [],
  dataType: DataType,
});

/** A record as filters see it: a body that is JSON as what it says. */
export function filteredForm(record: SqsRecord): Record<string, unknown> {
  const parsed = parseJson(record.body);
  return { ...record, body: parsed === undefined ? record.body : parsed };
}
