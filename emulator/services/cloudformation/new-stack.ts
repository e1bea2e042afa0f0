import type { OnStackFailure } from '@aws-sdk/client-cloudformation';
import { validationError } from '../../cloudformation/errors';
import type { Stack } from '../../cloudformation/stack';
import type { CloudFormationCall } from './state';

const pattern = /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/;

/** A stack that nothing has happened to; it is not in the account until it is registered. */
export function newStack(call: CloudFormationCall, name: string): Stack {
  if (!pattern.test(name)) {
    throw validationError(
      `1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*`,
    );
  }
  return {
    id: call.arn(`stack/${name}/${call.random.uuid()}`),
    name,
    status: 'REVIEW_IN_PROGRESS',
    settings: { template: '', parameters: [], capabilities: [], tags: [], notificationArns: [] },
    createdAt: call.now(),
    onFailure: 'ROLLBACK',
    isProtected: false,
    outputs: [],
    imports: [],
    resources: new Map(),
    changeSets: new Map(),
    leftovers: [],
    eventTime: 0,
  };
}

export function register({ state }: CloudFormationCall, stack: Stack): void {
  state.stacks.set(stack.id, stack);
  state.names.set(stack.name, stack.id);
}

interface FailureOptions {
  OnFailure?: OnStackFailure | undefined;
  OnStackFailure?: OnStackFailure | undefined;
  DisableRollback?: boolean | undefined;
  DeploymentConfig?: { DisableRollback?: boolean | undefined } | undefined;
  RetainExceptOnCreate?: boolean | undefined;
}

/** Notes what is to happen when a resource fails. */
export function prepareForFailure(stack: Stack, input: FailureOptions): void {
  stack.onFailure = onFailureOf(input);
  stack.retainsExceptOnCreate = input.RetainExceptOnCreate ?? false;
}

function onFailureOf(input: FailureOptions): OnStackFailure {
  if (input.DisableRollback ?? input.DeploymentConfig?.DisableRollback) return 'DO_NOTHING';
  return input.OnFailure ?? input.OnStackFailure ?? 'ROLLBACK';
}
