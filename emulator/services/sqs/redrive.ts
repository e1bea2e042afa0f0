import { InvalidAttributeValue } from '@aws-sdk/client-sqs';
import { parseArn } from '../../arn';
import { awsError } from '../../errors';
import { parseObject } from '../../json';
import { refuse } from '../../refuse';
import { add } from './appearing';
import { nextSequence } from './deduplication';
import { queueByArn } from './find-queue';
import { type Message, type Queue, queueArn, type SqsCall } from './state';
import { remove } from './waiting-line';

interface Redrive {
  deadLetterTargetArn: string;
  maxReceiveCount: number;
}

interface Checked {
  text: string;
  source: string;
  call: SqsCall;
}

/** Checks a RedrivePolicy before it is set on a queue of this place. */
export function checkRedrivePolicy(text: string | undefined, source: string, call: SqsCall): void {
  if (text === undefined || text === '') return;
  const policy = parseObject(text);
  if (!policy)
    throw refuse(
      InvalidAttributeValue,
      'Invalid value for the parameter RedrivePolicy. Reason: Redrive policy is not a valid JSON map.',
    );
  for (const name of ['maxReceiveCount', 'deadLetterTargetArn'])
    if (policy[name] === undefined)
      throw invalid(text, `Redrive policy does not contain mandatory attribute: ${name}.`);
  const { deadLetterTargetArn: arn, maxReceiveCount: count } = policy;
  checkCount(count, text);
  checkTarget(arn, { text, source, call });
}

function checkCount(given: unknown, text: string): void {
  const count = Number(given);
  if (!Number.isInteger(count) || count < 1 || count > 1000)
    throw invalid(
      text,
      `Invalid value for maxReceiveCount: ${String(given)}, valid values are from 1 to 1000 both inclusive.`,
    );
}

function checkTarget(arn: unknown, { text, source, call }: Checked): void {
  if (typeof arn !== 'string' || parseArn(arn)?.service !== 'sqs')
    throw invalid(text, 'Invalid value for deadLetterTargetArn.');
  if (!isSamePlace(arn, source))
    throw invalid(text, 'Dead-letter target owner should be same as the source.');
  const target = queueByArn(arn, call);
  if (!target) throw invalid(text, 'Dead letter target does not exist.');
  checkPair(target, { text, source });
}

function checkPair(target: Queue, { text, source }: Omit<Checked, 'call'>): void {
  // Text unverified.
  if (queueArn(target) === source)
    throw invalid(text, 'Dead letter target must be another queue than the source.');
  if (target.name.endsWith('.fifo') !== source.endsWith('.fifo'))
    throw invalid(text, 'Dead-letter queue must be same type of queue as the source.');
  // Text unverified.
  if (!allows(target, source))
    throw invalid(text, 'Dead letter target does not allow this source queue.');
}

function isSamePlace(arn: string, other: string): boolean {
  const [one, two] = [parseArn(arn), parseArn(other)];
  return one?.accountId === two?.accountId && one?.region === two?.region;
}

function allows(target: Queue, source: string): boolean {
  const policy = parseObject(target.attributes['RedriveAllowPolicy'] ?? '{}') ?? {};
  if (policy['redrivePermission'] === 'denyAll') return false;
  const sources = policy['sourceQueueArns'];
  return policy['redrivePermission'] !== 'byQueue'
    ? true
    : Array.isArray(sources) && sources.includes(source);
}

const invalid = (text: string, reason: string): Error =>
  awsError(
    'InvalidParameterValue',
    `Value ${text} for parameter RedrivePolicy is invalid. Reason: ${reason}`,
  );

/** The redrive policy in force. */
export function redriveOf(queue: Queue): Redrive | undefined {
  const policy = parseObject(queue.attributes['RedrivePolicy'] ?? '');
  if (!policy) return undefined;
  return {
    deadLetterTargetArn: String(policy['deadLetterTargetArn']),
    // State that was written before it was required may lack it.
    maxReceiveCount: Number(policy['maxReceiveCount'] ?? 10),
  };
}

/**
 * Moves a message that has been received too often, instead of handing it out once more. AWS does
 * it at this moment only: in an idle queue the message stays.
 */
export function moveIfSpent(queue: Queue, message: Message, call: SqsCall): boolean {
  const redrive = redriveOf(queue);
  if (!redrive || message.receiveCount < redrive.maxReceiveCount) return false;
  const target = queueByArn(redrive.deadLetterTargetArn, call);
  if (!target) return false;
  remove(queue, message);
  add(target, deadLetter(message, { queue, target }, call), call);
  return true;
}

/** FACTS C3.1: the same message; a standard queue counts its age on, a FIFO queue begins anew. */
function deadLetter(
  message: Message,
  { queue, target }: { queue: Queue; target: Queue },
  call: SqsCall,
): Message {
  const { receipt: _old, firstReceivedAt: _first, stands: _stood, ...kept } = message;
  const now = call.now().getTime();
  const system = { ...message.system, DeadLetterQueueSourceArn: queueArn(queue) };
  return {
    ...kept,
    turn: 0,
    visibleAt: now,
    sentAt: target.fifo ? now : message.sentAt,
    system: target.fifo ? { ...system, SequenceNumber: nextSequence(target.fifo) } : system,
  };
}
