import { setTimeout as sleep } from 'node:timers/promises';
import type { CloudFormation, Stack } from '@aws-sdk/client-cloudformation';
import { LearnerError } from '../errors';

/** A stack as it is, or undefined when there is none. */
export async function findStack(
  cloudformation: CloudFormation,
  name: string,
): Promise<Stack | undefined> {
  try {
    const { Stacks = [] } = await cloudformation.describeStacks({ StackName: name });
    return Stacks.find((stack) => stack.StackStatus !== 'DELETE_COMPLETE');
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}

/**
 * Makes way for the next deployment: an interrupted one is waited for, and a stack that
 * CloudFormation would not update any more is deleted. Answers what it did, if anything.
 */
export async function recoverStack(
  cloudformation: CloudFormation,
  name: string,
): Promise<string | undefined> {
  const stack = await finishedStack(cloudformation, name);
  if (!stack?.StackStatus || !isStuck(stack.StackStatus)) return undefined;
  await deleteStack(cloudformation, name);
  return `${name} was left in ${stack.StackStatus} and has been deleted`;
}

/** Deletes a stack and waits for it; a stack that is not there counts as deleted. */
export async function deleteStack(cloudformation: CloudFormation, name: string): Promise<boolean> {
  const stack = await finishedStack(cloudformation, name);
  if (!stack) return false;
  await cloudformation.deleteStack({ StackName: stack.StackId ?? name });
  const after = await finishedStack(cloudformation, name);
  if (!after) return true;
  throw new LearnerError('STACK_NOT_DELETED', [
    name,
    after.StackStatusReason ?? String(after.StackStatus),
  ]);
}

/** Physical ids of everything that a stack made. */
export async function resourceIds(cloudformation: CloudFormation, name: string): Promise<string[]> {
  const ids: string[] = [];
  let token: string | undefined;
  do {
    const page = await cloudformation.listStackResources({ StackName: name, NextToken: token });
    for (const { PhysicalResourceId: id } of page.StackResourceSummaries ?? [])
      if (id) ids.push(id);
    token = page.NextToken;
  } while (token);
  return ids;
}

const isStuck = (status: string): boolean =>
  ['REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE', 'CREATE_FAILED', 'DELETE_FAILED'].includes(status) ||
  (status.endsWith('ROLLBACK_FAILED') && status !== 'IMPORT_ROLLBACK_FAILED');

const isMoving = ({ StackStatus: status }: Stack): boolean =>
  status?.endsWith('_IN_PROGRESS') === true && status !== 'REVIEW_IN_PROGRESS';

/** Waits, on AWS up to half an hour, until nothing moves the stack any more; undefined when it is gone. */
export async function finishedStack(
  cloudformation: CloudFormation,
  name: string,
): Promise<Stack | undefined> {
  for (let tries = 0; tries < 600; tries += 1) {
    const stack = await findStack(cloudformation, name);
    if (!stack || !isMoving(stack)) return stack;
    await sleep(Math.min(100 * (tries + 1), 5000));
  }
  throw new LearnerError('STACK_NOT_DELETED', [name, 'it has been changing for too long']);
}
