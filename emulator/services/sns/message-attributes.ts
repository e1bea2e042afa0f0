import { InvalidParameterValueException, type MessageAttributeValue } from '@aws-sdk/client-sns';
import { awsError } from '../../errors';
import { refuse } from '../../refuse';

/** Checks the attributes of a message to publish; `where` leads to them in the request. */
export function checkMessageAttributes(
  attributes: Record<string, MessageAttributeValue>,
  where = '',
): void {
  for (const [name, value] of Object.entries(attributes)) {
    checkName(name);
    checkValue(name, value, where);
    checkNumber(name, value);
  }
}

const invalid = (message: string): Error => refuse(InvalidParameterValueException, message);

function checkName(name: string): void {
  if (Buffer.byteLength(name) > 256)
    throw invalid('Length of message attribute name must be less than 256 bytes.');
  const [odd] = /[^\w.-]/.exec(name) ?? [];
  if (odd !== undefined)
    throw invalid(
      `Invalid non-alphanumeric character '#x${odd.charCodeAt(0).toString(16).toUpperCase()}' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.`,
    );
  if (name.startsWith('.'))
    throw invalid("Invalid message attribute name starting with character '.' was found.");
  if (name.endsWith('.'))
    throw invalid("Invalid message attribute name ending with character '.' was found.");
  if (name.includes('..'))
    throw invalid("Message attribute name can not have successive '.' character.");
}

function checkValue(name: string, value: MessageAttributeValue, where: string): void {
  const { DataType: type = '', StringValue: text, BinaryValue: bytes } = value;
  const prefix = prefixOf(name, type, where);
  const [field, given, other] =
    prefix === 'Binary' ? ['Binary', bytes, text] : ['String', text, bytes];
  if (given === undefined && other !== undefined)
    throw invalid(`The message attribute '${name}' with type '${type}' must use field '${field}'.`);
  if (!given?.length)
    throw invalid(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${type}'.`,
    );
}

function checkNumber(
  name: string,
  { DataType: type, StringValue: text = '' }: MessageAttributeValue,
): void {
  if (type?.startsWith('Number') && !isNumber(text))
    throw invalid(`Could not cast message attribute '${name}' value to number.`);
}

const isNumber = (text: string): boolean => text.trim() === text && Number.isFinite(Number(text));

function prefixOf(name: string, type: string, where: string): string {
  if (!type)
    throw awsError(
      'ValidationError',
      `1 validation error detected: Value null at '${where}messageAttributes.${name}.member.dataType' failed to satisfy constraint: Member must not be null`,
    );
  const [prefix] = /^(String|Number|Binary)/.exec(type) ?? [];
  if (prefix) return prefix;
  throw invalid(
    `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
  );
}

/** Bytes that attributes count towards the size of a message: names, types and values. */
export const sizeOfAttributes = (attributes: Record<string, MessageAttributeValue>): number =>
  Object.entries(attributes).reduce(
    (sum, [name, { DataType = '', StringValue = '', BinaryValue }]) =>
      sum + Buffer.byteLength(name + DataType + StringValue) + (BinaryValue?.length ?? 0),
    0,
  );
