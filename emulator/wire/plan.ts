import type { Member } from './shape';
import { rootOf } from './shape';
import type { Operation } from './types';

/** The two ends of an operation, ready to read and write. */
export interface Plan {
  input: Member;
  output: Member;
}

const plans = new WeakMap<Operation, Plan>();

export function planOf(operation: Operation): Plan {
  let plan = plans.get(operation);
  if (!plan) {
    plan = { input: rootOf(operation.input), output: rootOf(operation.output) };
    plans.set(operation, plan);
  }
  return plan;
}
