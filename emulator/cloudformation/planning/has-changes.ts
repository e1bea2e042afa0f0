import type { ResourceChange } from '@aws-sdk/client-cloudformation';
import { isDeepStrictEqual } from 'node:util';
import { outputsOf } from '../deployment/outputs';
import { knowledgeAfter, planChanges, type Proposed } from './plan';

/** Whether a deployment would do anything at all. */
export function hasChanges(proposed: Proposed, changes = planChanges(proposed)): boolean {
  // What cannot be deployed is tried all the same, and taken back.
  if (proposed.model.refusal !== undefined) return true;
  return changes.length > 0 || hasOtherChanges(proposed, changes);
}

/** Outputs, tags and notifications change without any resource. */
function hasOtherChanges(proposed: Proposed, changes: ResourceChange[]): boolean {
  const { stack, model, settings } = proposed;
  const before = [stack.outputs, stack.settings.tags, stack.settings.notificationArns];
  const outputs = outputsOf(model, knowledgeAfter(stack, changes));
  return !isDeepStrictEqual(before, [outputs, settings.tags, settings.notificationArns]);
}
