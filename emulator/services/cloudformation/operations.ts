import { checkpointOf, createStack, updateStack } from '../../cloudformation/deployment/deploy';
import { launch } from '../../cloudformation/deployment/launch';
import { validationError } from '../../cloudformation/errors';
import type { Stack } from '../../cloudformation/stack';
import { register } from './new-stack';
import type { Proposal } from './proposal';
import type { CloudFormationCall } from './state';

interface Start {
  stack: Stack;
  proposal: Proposal;
  token: string | undefined;
  /** Stack policy of this update, when the stack's own does not hold. */
  policy?: string | undefined;
}

/** Puts the stack into the account and creates what it asks for. */
export async function startCreation(
  call: CloudFormationCall,
  { stack, proposal, token }: Start,
): Promise<void> {
  register(call, stack);
  stack.settings = proposal.settings;
  await launch(call, {
    stack,
    caller: proposal.caller,
    token,
    work: (run) => createStack(run, proposal.model),
  });
}

/** Moves a stack on, with a checkpoint to come back to. */
export async function startUpdate(
  call: CloudFormationCall,
  { stack, proposal, token, policy = stack.policy }: Start,
): Promise<void> {
  stack.checkpoint = checkpointOf(stack);
  stack.settings = proposal.settings;
  stack.updatedAt = call.now();
  if (policy === undefined) delete stack.updatePolicy;
  else stack.updatePolicy = policy;
  await launch(call, {
    stack,
    caller: proposal.caller,
    token,
    work: (run) => updateStack({ ...run, policy }, proposal.model),
  });
}

/** After a deployment the other change sets fit the stack no longer. */
export function retireChangeSets({ state }: CloudFormationCall, stack: Stack): void {
  for (const id of stack.changeSets.values()) {
    const changeSet = state.changeSets.get(id);
    if (changeSet) changeSet.executionStatus = 'OBSOLETE';
  }
}

const updatable = [
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  // A stack whose rollback was disabled goes on from where it stopped.
  'CREATE_FAILED',
  'UPDATE_FAILED',
];

/** Refuses to update a stack that something is being done to, or that never came to be. */
export function checkUpdatable(stack: Stack): void {
  if (updatable.includes(stack.status)) return;
  throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
}

/** A logical id keeps its type for life. */
export function checkTypes(stack: Stack, { model }: Proposal): void {
  const changed = [...model.resources]
    .filter(([logicalId, { Type: type }]) => {
      const current = stack.resources.get(logicalId);
      return current?.physicalId !== undefined && current.type !== type;
    })
    .map(([logicalId]) => logicalId);
  if (changed.length === 0) return;
  throw validationError(
    `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${changed.join(', ')}]`,
  );
}
