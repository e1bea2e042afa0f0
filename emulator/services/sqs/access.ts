import { OverLimit } from '@aws-sdk/client-sqs';
import { awsError } from '../../errors';
import { parseObject } from '../../json';
import { refuse } from '../../refuse';
import { findQueue } from './find-queue';
import { touch } from './queue-attributes';
import { type Queue, queueArn, type SqsHandlers } from './state';

interface Policy {
  Version: string;
  Id?: string;
  Statement: Record<string, unknown>[];
}

export const access = {
  AddPermission({ QueueUrl, Label: label = '', AWSAccountIds = [], Actions = [] }, call) {
    const queue = findQueue(QueueUrl, call);
    checkGrant(Actions, AWSAccountIds);
    const policy = policyOf(queue);
    if (policy.Statement.some(({ Sid }) => Sid === label))
      throw invalidLabel(label, 'Already exists.');
    policy.Statement.push({
      Sid: label,
      Effect: 'Allow',
      Principal: { AWS: oneOrMany(AWSAccountIds.map((id) => `arn:aws:iam::${id}:root`)) },
      Action: oneOrMany(Actions.map((action) => `SQS:${action}`)),
      Resource: queueArn(queue),
    });
    queue.attributes['Policy'] = JSON.stringify(policy);
    touch(queue, call);
  },

  RemovePermission({ QueueUrl, Label: label = '' }, call) {
    const queue = findQueue(QueueUrl, call);
    const policy = policyOf(queue);
    const kept = policy.Statement.filter(({ Sid }) => Sid !== label);
    if (kept.length === policy.Statement.length) throw invalidLabel(label, "can't find label.");
    if (kept.length === 0) delete queue.attributes['Policy'];
    else queue.attributes['Policy'] = JSON.stringify({ ...policy, Statement: kept });
    touch(queue, call);
  },
} satisfies SqsHandlers;

const oneOrMany = (texts: string[]): string | string[] =>
  texts.length === 1 ? (texts[0] ?? '') : texts;

function policyOf(queue: Queue): Policy {
  const known = parseObject(queue.attributes['Policy'] ?? '');
  if (!known)
    return { Version: '2008-10-17', Id: `${queueArn(queue)}/SQSDefaultPolicy`, Statement: [] };
  const statement = known['Statement'] ?? [];
  return {
    ...(known as unknown as Policy),
    Statement: (Array.isArray(statement) ? statement : [statement]) as Policy['Statement'],
  };
}

/** What another account may be allowed. */
const shareable = new Set([
  '*',
  'ChangeMessageVisibility',
  'DeleteMessage',
  'GetQueueAttributes',
  'GetQueueUrl',
  'ListDeadLetterSourceQueues',
  'PurgeQueue',
  'ReceiveMessage',
  'SendMessage',
]);

const mostActions = 7;

function checkGrant(actions: readonly string[], accounts: readonly string[]): void {
  if (actions.length === 0)
    throw awsError('MissingParameter', 'The request must contain the parameter Actions.');
  if (accounts.length === 0)
    throw awsError(
      'InvalidParameterValue',
      'Value [] for parameter PrincipalId is invalid. Reason: Unable to verify.',
    );
  if (actions.length > mostActions)
    throw refuse(
      OverLimit,
      `${actions.length} Actions were found, maximum allowed is ${mostActions}.`,
    );
  const wrong = actions.find((action) => !shareable.has(action));
  if (wrong !== undefined)
    throw awsError(
      'InvalidParameterValue',
      `Value SQS:${wrong} for parameter ActionName is invalid. Reason: Only the queue owner is allowed to invoke this action.`,
    );
}

const invalidLabel = (label: string, reason: string): Error =>
  awsError(
    'InvalidParameterValue',
    `Value ${label} for parameter Label is invalid. Reason: ${reason}`,
  );
