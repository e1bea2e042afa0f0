import { InvalidAttributeName, InvalidAttributeValue } from '@aws-sdk/client-sqs';
import { parseObject } from '../../json';
import { refuse } from '../../refuse';
import { checkEncryption, settleEncryption, shownEncryption } from './encryption-attributes';
import type { Queue } from './state';
import { table } from '../../table';

type Attributes = Record<string, string>;

/** Attributes with a number for a value: default and allowed range, in AWS's units. */
const numbers: Record<string, { default?: number; from: number; to: number }> = table({
  VisibilityTimeout: { default: 30, from: 0, to: 43_200 },
  MaximumMessageSize: { default: 1_048_576, from: 1_024, to: 1_048_576 },
  MessageRetentionPeriod: { default: 345_600, from: 60, to: 1_209_600 },
  DelaySeconds: { default: 0, from: 0, to: 900 },
  ReceiveMessageWaitTimeSeconds: { default: 0, from: 0, to: 20 },
  KmsDataKeyReusePeriodSeconds: { from: 60, to: 86_400 },
});

/** Attributes that only FIFO queues have, with their defaults. */
const fifoDefaults: Attributes = {
  FifoQueue: 'true',
  ContentBasedDeduplication: 'false',
  DeduplicationScope: 'queue',
  FifoThroughputLimit: 'perQueue',
};

const highThroughput = ['DeduplicationScope', 'FifoThroughputLimit'];
/** Removed by setting them to nothing. */
const removable = new Set(['Policy', 'RedrivePolicy', 'RedriveAllowPolicy', 'KmsMasterKeyId']);

const defaults: Attributes = {
  SqsManagedSseEnabled: 'true',
  ...Object.fromEntries(
    Object.entries(numbers).flatMap(([name, { default: value }]) =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  ),
};

/** Every attribute that may be set, with its default where it was not. */
export const settingsOf = (queue: Queue): Attributes => ({
  ...defaults,
  ...(queue.fifo ? fifoDefaults : {}),
  ...shownEncryption(queue),
});

/** An attribute that has a number for a value, in force now. */
export const numberOf = (queue: Queue, name: string): number =>
  Number(queue.attributes[name] ?? defaults[name]);

/** Checks what a caller wants to set on a queue of this kind; `RedrivePolicy` is looked at elsewhere. */
export function checkAttributes(attributes: Attributes, isFifo: boolean): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (!isFifo && name in fifoDefaults) throw onlyForFifo(name);
    checkAttribute(name, value);
  }
  checkEncryption(attributes);
}

/** High throughput for each group needs deduplication for each group. */
export function checkThroughput(attributes: Attributes, known: Attributes = {}): void {
  const { FifoThroughputLimit: limit, DeduplicationScope: scope } = { ...known, ...attributes };
  // Text unverified.
  if (limit === 'perMessageGroupId' && scope !== 'messageGroup')
    throw refuse(
      InvalidAttributeValue,
      'Invalid value for the parameter FifoThroughputLimit. Reason: The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup.',
    );
}

function checkAttribute(name: string, value: string): void {
  const isFine = checks[name];
  if (!isFine) throw refuse(InvalidAttributeName, `Unknown Attribute ${name}.`);
  if (!isFine(value)) throw invalidValue(name);
}

const isAnything = (): boolean => true;
const isBoolean = (value: string): boolean => value === 'true' || value === 'false';
const isObject = (value: string): boolean => value === '' || parseObject(value) !== undefined;

const isPolicy = (value: string): boolean =>
  value === '' || parseObject(value)?.['Statement'] !== undefined;

const checks: Record<string, (value: string) => boolean> = table({
  Policy: isPolicy,
  RedrivePolicy: isAnything,
  RedriveAllowPolicy: (value) => isObject(value) && isAllowPolicy(parseObject(value) ?? {}),
  KmsMasterKeyId: isAnything,
  SqsManagedSseEnabled: isBoolean,
  FifoQueue: (value) => value === 'true',
  ContentBasedDeduplication: isBoolean,
  DeduplicationScope: (value) => value === 'queue' || value === 'messageGroup',
  FifoThroughputLimit: (value) => value === 'perQueue' || value === 'perMessageGroupId',
  ...Object.fromEntries(
    Object.entries(numbers).map(([name, { from, to }]) => [
      name,
      (value: string) => /^\d+$/.test(value) && Number(value) >= from && Number(value) <= to,
    ]),
  ),
});

/** FACTS C3.1: `byQueue` names one to ten queues, the others none. */
function isAllowPolicy(policy: Record<string, unknown>): boolean {
  const { redrivePermission: permission = 'allowAll', sourceQueueArns: sources } = policy;
  if (permission === 'byQueue')
    return Array.isArray(sources) && sources.length > 0 && sources.length <= 10;
  return (permission === 'allowAll' || permission === 'denyAll') && sources === undefined;
}

const onlyForFifo = (name: string): Error =>
  refuse(
    InvalidAttributeName,
    highThroughput.includes(name)
      ? `You can specify the ${name} only when FifoQueue is set to true.`
      : `Unknown Attribute ${name}.`,
  );

const invalidValue = (name: string): Error =>
  refuse(
    InvalidAttributeValue,
    name === 'FifoQueue'
      ? 'Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.'
      : `Invalid value for the parameter ${name}.`,
  );

/** Writes checked attributes into the queue. */
export function setAttributes(queue: Queue, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === '' && removable.has(name)) delete queue.attributes[name];
    else queue.attributes[name] = value;
  }
  settleEncryption(queue, attributes);
}
