import { ResourceNotFoundException } from '@aws-sdk/client-sqs';
import { awsError } from '../../errors';
import { parseObject } from '../../json';
import { refuse } from '../../refuse';
import { queueByArn } from './find-queue';
import { moveMessages } from './moving';
import { redriveOf } from './redrive';
import type { MoveTask, Queue, SqsCall, SqsHandlers } from './state';
import { countsAt } from './waiting-line';

/** Messages a second when the caller sets no limit; also the highest limit. */
const fastest = 500;
const second = 1000;

export const moveTasks = {
  StartMessageMoveTask({ SourceArn = '', DestinationArn, MaxNumberOfMessagesPerSecond }, call) {
    const queue = existing(SourceArn, 'SourceArn', call);
    if (DestinationArn !== undefined) existing(DestinationArn, 'DestinationArn', call);
    checkRate(MaxNumberOfMessagesPerSecond);
    checkSource(SourceArn, call);
    const task: MoveTask = {
      id: call.random.uuid(),
      sourceArn: SourceArn,
      ...(DestinationArn === undefined ? {} : { destinationArn: DestinationArn }),
      ...(MaxNumberOfMessagesPerSecond ? { rate: MaxNumberOfMessagesPerSecond } : {}),
      startedAt: call.now().getTime(),
      status: 'RUNNING',
      moved: 0,
      toMove: countsAt(queue, call.now().getTime()).visible,
    };
    (call.state.moveTasks ??= []).push(task);
    continueLater(task, call);
    return { TaskHandle: handleOf(task) };
  },

  CancelMessageMoveTask({ TaskHandle = '' }, call) {
    const handle = parseObject(Buffer.from(TaskHandle, 'base64').toString());
    if (!handle) throw invalid('Value for parameter TaskHandle is invalid.');
    existing(String(handle['sourceArn']), 'SourceArn', call);
    const task = call.state.moveTasks?.find(({ id }) => id === handle['taskId']);
    if (task?.status !== 'RUNNING') throw refuse(ResourceNotFoundException, 'Task does not exist.');
    task.status = 'CANCELLED';
    call.timers.cancel(timerOf(task));
    return { ApproximateNumberOfMessagesMoved: task.moved };
  },

  ListMessageMoveTasks({ SourceArn = '', MaxResults = 1 }, call) {
    existing(SourceArn, 'SourceArn', call);
    // Text unverified.
    if (!(MaxResults >= 1 && MaxResults <= 10))
      throw invalid(
        `Value ${MaxResults} for parameter MaxResults is invalid. Reason: Must be between 1 and 10, if provided.`,
      );
    const tasks = (call.state.moveTasks ?? []).filter(({ sourceArn }) => sourceArn === SourceArn);
    return { Results: tasks.slice(-MaxResults).toReversed().map(show) };
  },
} satisfies SqsHandlers;

/** A second's worth of messages is moved each second until none is left. */
export function moveOn(id: string, call: SqsCall): void {
  const task = call.state.moveTasks?.find((candidate) => candidate.id === id);
  if (task?.status !== 'RUNNING') return;
  const outcome = moveMessages(task, task.rate ?? fastest, call);
  if ('failure' in outcome) Object.assign(task, { status: 'FAILED', ...outcome });
  else if (outcome.hasMore) continueLater(task, call);
  else task.status = 'COMPLETED';
}

const timerOf = (task: MoveTask): string => `move/${task.id}`;

function continueLater(task: MoveTask, { timers, now }: SqsCall): void {
  const at = new Date(now().getTime() + second);
  timers.set({ id: timerOf(task), name: 'move', at, payload: task.id });
}

const handleOf = ({ id, sourceArn }: MoveTask): string =>
  Buffer.from(JSON.stringify({ taskId: id, sourceArn })).toString('base64');

const show = (task: MoveTask) => ({
  ...(task.status === 'RUNNING' ? { TaskHandle: handleOf(task) } : {}),
  Status: task.status,
  SourceArn: task.sourceArn,
  ...(task.destinationArn === undefined ? {} : { DestinationArn: task.destinationArn }),
  ...(task.rate === undefined ? {} : { MaxNumberOfMessagesPerSecond: task.rate }),
  ApproximateNumberOfMessagesMoved: task.moved,
  ApproximateNumberOfMessagesToMove: task.toMove,
  ...(task.failure === undefined ? {} : { FailureReason: task.failure }),
  StartedTimestamp: task.startedAt,
});

function existing(arn: string, parameter: string, call: SqsCall): Queue {
  const queue = queueByArn(arn, call);
  if (queue) return queue;
  throw refuse(
    ResourceNotFoundException,
    `The resource that you specified for the ${parameter} parameter doesn't exist.`,
  );
}

function checkRate(rate = fastest): void {
  // Text unverified.
  if (!(rate >= 1 && rate <= fastest))
    throw invalid(
      `Value ${rate} for parameter MaxNumberOfMessagesPerSecond is invalid. Reason: Must be between 1 and 500, if provided.`,
    );
}

function checkSource(arn: string, { state }: SqsCall): void {
  if (![...state.queues.values()].some((queue) => redriveOf(queue)?.deadLetterTargetArn === arn))
    throw invalid('Source queue must be configured as a Dead Letter Queue.');
  if (state.moveTasks?.some((task) => task.sourceArn === arn && task.status === 'RUNNING'))
    throw invalid(
      'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
    );
}

const invalid = (message: string): Error => awsError('InvalidParameterValue', message);
