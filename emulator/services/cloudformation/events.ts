import type {
  BeaconStackOperationStatus,
  OperationEvent,
  StackEvent,
} from '@aws-sdk/client-cloudformation';
import type { ChangeSet } from '../../cloudformation/change-set';
import { validationError } from '../../cloudformation/errors';
import type { Stack } from '../../cloudformation/stack';
import { eventsOf } from '../../cloudformation/event-log';
import { allStacks, getChangeSet, getStack } from './find';
import { pageOf } from './pages';
import type { CloudFormationCall, CloudFormationHandlers } from './state';

export const events = {
  DescribeEvents(input, call) {
    const found = wanted(call, input).filter(
      ({ EventType: type = '' }) => !input.Filters?.FailedEvents || type.endsWith('_ERROR'),
    );
    const { page, rest } = pageOf(found, input.NextToken);
    return { OperationEvents: page, ...rest };
  },
} satisfies CloudFormationHandlers;

interface Wanted {
  StackName?: string | undefined;
  ChangeSetName?: string | undefined;
  OperationId?: string | undefined;
}

/** Newest first. */
function wanted(call: CloudFormationCall, input: Wanted): OperationEvent[] {
  const { StackName: name, ChangeSetName: changeSet, OperationId: id } = input;
  if (changeSet) return changeSetEvents(getChangeSet(call, input));
  if (!name && !id) {
    // Text not verified against AWS.
    throw validationError('One of ChangeSetName, OperationId or StackName must be specified');
  }
  const stack = name ? getStack(call, name) : stackOfOperation(call, id ?? '');
  return eventsOf(call)
    .of(stack.id)
    .filter((event) => !id || event.OperationId === id)
    .map((event) => operationEvent(stack, event))
    .toReversed();
}

function stackOfOperation(call: CloudFormationCall, id: string): Stack {
  const found = allStacks(call).find(({ operations = [] }) =>
    operations.some((operation) => operation.id === id),
  );
  if (found) return found;
  // Text not verified against AWS.
  throw validationError(`Operation [${id}] does not exist`);
}

/** Of the stack itself it is the operation's own event, else one of its progress. */
function operationEvent(stack: Stack, event: StackEvent): OperationEvent {
  const { StackName: _name, HookInvocationId: _hook, ...shared } = event;
  const { ResourceStatus: status = '', Timestamp: at, OperationId: id } = event;
  const operation = stack.operations?.find((each) => each.id === id);
  if (event.PhysicalResourceId !== stack.id || !operation) {
    return {
      ...shared,
      EventType: status.endsWith('_FAILED') ? 'PROVISIONING_ERROR' : 'PROGRESS_EVENT',
    };
  }
  const isOver = !status.endsWith('_IN_PROGRESS');
  return {
    ...shared,
    OperationType: operation.type,
    OperationStatus: statusOf(status),
    EventType: 'STACK_EVENT',
    StartTime: operation.startedAt,
    ...(isOver ? { EndTime: at } : {}),
  };
}

function statusOf(status: string): BeaconStackOperationStatus {
  if (status.endsWith('_IN_PROGRESS')) return 'IN_PROGRESS';
  return status.endsWith('_FAILED') ? 'FAILED' : 'SUCCEEDED';
}

/** A change set is made at once: its operation has begun and ended when it is seen. */
function changeSetEvents({ id, stackId, status, reason, createdAt }: ChangeSet): OperationEvent[] {
  const operationId = id.split('/').at(-1) ?? '';
  const common = {
    StackId: stackId,
    OperationId: operationId,
    OperationType: 'CREATE_CHANGESET' as const,
    EventType: 'STACK_EVENT' as const,
    Timestamp: createdAt,
    StartTime: createdAt,
  };
  return [
    {
      ...common,
      EventId: `${operationId}-end`,
      OperationStatus: statusOf(status),
      EndTime: createdAt,
      ...(reason === undefined ? {} : { ResourceStatusReason: reason }),
    },
    { ...common, EventId: `${operationId}-start`, OperationStatus: 'IN_PROGRESS' },
  ];
}
