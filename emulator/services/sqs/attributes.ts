import {
  InvalidAttributeName,
  InvalidAttributeValue,
  UnsupportedOperation,
} from '@aws-sdk/client-sqs';
import { parseObject } from '../../json';
import { refuse } from '../../refuse';
import type { Queue } from './state';

/** Attributes with a number for a value: default and allowed range, in AWS's units. */
const numbers: Record<string, { default?: number; from: number; to: number }> = {
  VisibilityTimeout: { default: 30, from: 0, to: 43_200 },
  MaximumMessageSize: { default: 1_048_576, from: 1_024, to: 1_048_576 },
  MessageRetentionPeriod: { default: 345_600, from: 60, to: 1_209_600 },
  DelaySeconds: { default: 0, from: 0, to: 900 },
  ReceiveMessageWaitTimeSeconds: { default: 0, from: 0, to: 20 },
  KmsDataKeyReusePeriodSeconds: { from: 60, to: 86_400 },
};

const onlyForFifo = ['DeduplicationScope', 'FifoThroughputLimit'];
/** Removed by setting them to nothing. */
const removable = new Set(['Policy', 'RedrivePolicy', 'RedriveAllowPolicy', 'KmsMasterKeyId']);

const defaults: Record<string, string> = {
  SqsManagedSseEnabled: 'true',
  ...Object.fromEntries(
    Object.entries(numbers).flatMap(([name, { default: value }]) =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  ),
};

/** Every attribute that may be set, with its default where it was not. */
export const settingsOf = (queue: Queue): Record<string, string> => ({
  ...defaults,
  ...queue.attributes,
});

/** An attribute that has a number for a value, in force now. */
export const numberOf = (queue: Queue, name: string): number =>
  Number(queue.attributes[name] ?? defaults[name]);

/** Checks what a caller wants to set; `RedrivePolicy` is looked at elsewhere. */
export function checkAttributes(attributes: Record<string, string>): void {
  for (const [name, value] of Object.entries(attributes)) checkAttribute(name, value);
}

function checkAttribute(name: string, value: string): void {
  const isFine = checks[name];
  if (!isFine) throw unknown(name);
  if (!isFine(value)) throw invalidValue(name);
}

const isAnything = (): boolean => true;

const checks: Record<string, (value: string) => boolean> = {
  Policy: (value) => value === '' || parseObject(value) !== undefined,
  RedrivePolicy: isAnything,
  RedriveAllowPolicy: isAnything,
  KmsMasterKeyId: isAnything,
  SqsManagedSseEnabled: (value) => value === 'true' || value === 'false',
  ...Object.fromEntries(
    Object.entries(numbers).map(([name, { from, to }]) => [
      name,
      (value: string) => /^\d+$/.test(value) && Number(value) >= from && Number(value) <= to,
    ]),
  ),
};

function unknown(name: string): Error {
  if (name === 'FifoQueue')
    return refuse(UnsupportedOperation, 'FIFO queues are not emulated; leave out FifoQueue.');
  return refuse(
    InvalidAttributeName,
    onlyForFifo.includes(name)
      ? `You can specify the ${name} only when FifoQueue is set to true.`
      : `Unknown Attribute ${name}.`,
  );
}

const invalidValue = (name: string): Error =>
  refuse(InvalidAttributeValue, `Invalid value for the parameter ${name}.`);

/** Writes checked attributes into the queue. */
export function setAttributes(queue: Queue, attributes: Record<string, string>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === '' && removable.has(name)) delete queue.attributes[name];
    else queue.attributes[name] = value;
  }
}
