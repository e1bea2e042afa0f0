import { createHold } from '../deployment/hold';
import type { Run } from '../deployment/run';
import type { Stack } from '../stack';

/** Runs a child's part of an operation, called off together with the parent. */
export async function inside(
  run: Run,
  child: Stack,
  work: (own: Run) => Promise<void>,
): Promise<void> {
  const hold = createHold();
  run.hold.inner.add(hold);
  if (run.stack.token !== undefined) child.token = run.stack.token;
  const { begun: _ofParent, ...own } = run;
  try {
    await work({ ...own, stack: child, hold, policy: child.policy });
  } finally {
    run.hold.inner.delete(hold);
  }
}

/** A nested stack by the physical id of its resource. */
export function childOf({ call }: Pick<Run, 'call'>, physicalId = ''): Stack {
  const child = call.state.stacks.get(physicalId);
  if (child && child.status !== 'DELETE_COMPLETE') return child;
  throw new Error(`Stack [${physicalId}] does not exist`);
}

/** What a parent says when its nested stack has not got where it should. */
export const notUpdated = (child: Stack): Error =>
  new Error(
    `Embedded stack ${child.id} was not successfully updated. Currently in ${child.status} with reason: ${whyOf(child)}`,
  );

export const whyOf = ({ reason = '' }: Stack): string => reason.trim();
