import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import { awsError } from '../../errors';

type Attributes = Record<string, MessageAttributeValue>;

const invalid = (message: string): Error => awsError('InvalidParameterValue', message);

/** The characters that SQS lets through, in bodies and in text attributes. */
export const isAllowedText = (text: string): boolean =>
  /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u.test(text);

export const invalidCharacters =
  'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF';

/** Checks user attributes as SendMessage does. */
export function checkMessageAttributes(attributes: Attributes): void {
  const entries = Object.entries(attributes);
  if (entries.length > 10)
    throw invalid(
      `Number of message attributes [${entries.length}] exceeds the allowed maximum [10].`,
    );
  for (const [name, value] of entries) {
    checkName(name);
    checkValue(name, value);
  }
}

function checkName(name: string): void {
  if (name.length >= 256)
    throw invalid('Message (user) attribute names must be shorter than 256 Bytes');
  if (!/^[\w.-]+$/.test(name))
    throw invalid(
      'Message (user) attributes name can only contain upper and lower score characters, digits, periods, hyphens and underscores. ',
    );
  if (/^(aws\.|amazon\.|\.)|\.$/i.test(name))
    throw invalid(
      "You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. These strings are reserved for internal use. Additionally, they cannot start or end with '.'.",
    );
}

function checkValue(name: string, value: MessageAttributeValue): void {
  const kind = kindOf(name, value.DataType ?? '');
  const given = kind === 'Binary' ? value.BinaryValue : value.StringValue;
  if (!given?.length)
    throw invalid(
      `Message (user) attribute '${name}' must contain a non-empty value of type '${kind === 'Binary' ? 'Binary' : 'String'}'.`,
    );
  if (typeof given === 'string') checkText(name, { kind, text: given });
}

function kindOf(name: string, type: string): string {
  const [, kind] = /^(String|Number|Binary)(\..+)?$/.exec(type) ?? [];
  if (kind) return kind;
  throw invalid(
    `The type of message (user) attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`,
  );
}

function checkText(name: string, { kind, text }: { kind: string; text: string }): void {
  if (kind === 'Number' && !Number.isFinite(Number(text)))
    throw invalid(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  if (!isAllowedText(text)) throw invalid(invalidCharacters);
}

/** Bytes that attributes count towards the size of a message: names, types and values. */
export const sizeOfAttributes = (attributes: Attributes): number =>
  Object.entries(attributes).reduce(
    (sum, [name, { DataType = '', StringValue = '', BinaryValue }]) =>
      sum + Buffer.byteLength(name + DataType + StringValue) + (BinaryValue?.length ?? 0),
    0,
  );

/** What ReceiveMessage answers of them: by name, by `prefix.*`, or `All`. */
export function chooseAttributes(attributes: Attributes, names: readonly string[]): Attributes {
  const isWanted = (name: string): boolean =>
    names.some(
      (wanted) =>
        wanted === 'All' ||
        wanted === '.*' ||
        wanted === name ||
        (wanted.endsWith('.*') && name.startsWith(wanted.slice(0, -1))),
    );
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => isWanted(name)));
}
