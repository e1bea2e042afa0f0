import type { OperationType, StackStatus } from '@aws-sdk/client-cloudformation';
import type { Call } from '../../call';
import type { Stack } from '../stack';

/** Statuses that begin an operation; a rollback by itself is one of its own. */
const types: Partial<Record<StackStatus, OperationType>> = {
  CREATE_IN_PROGRESS: 'CREATE_STACK',
  DELETE_IN_PROGRESS: 'DELETE_STACK',
  ROLLBACK_IN_PROGRESS: 'ROLLBACK',
  UPDATE_IN_PROGRESS: 'UPDATE_STACK',
  UPDATE_ROLLBACK_IN_PROGRESS: 'ROLLBACK',
};

/** Files the events that follow under a new operation when a status begins one. */
export function noteOperation(
  call: Pick<Call, 'random' | 'now'>,
  stack: Stack,
  status: StackStatus,
): void {
  const type = types[status];
  if (type === undefined) return;
  const isContinued = stack.status === 'UPDATE_ROLLBACK_FAILED' && type === 'ROLLBACK';
  const operations = (stack.operations ??= []);
  operations.push({
    id: call.random.uuid(),
    type: isContinued ? 'CONTINUE_ROLLBACK' : type,
    startedAt: call.now(),
  });
}
