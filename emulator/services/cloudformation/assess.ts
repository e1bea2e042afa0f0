import type { ChangeSet } from '../../cloudformation/change-set';
import { hasChanges } from '../../cloudformation/planning/has-changes';
import { planChanges, type Proposed } from '../../cloudformation/planning/plan';
import { checkImports, importsOf } from '../../cloudformation/template/imports';

type Assessment = Pick<ChangeSet, 'changes' | 'status' | 'executionStatus' | 'reason'>;

const nothing =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

/** What a change set comes to: its changes, or the reason why it cannot be executed. */
export function assess(proposed: Proposed, state: { exports: Map<string, unknown> }): Assessment {
  const changes = planChanges(proposed);
  const reason = refusal(proposed, state) ?? (hasChanges(proposed, changes) ? undefined : nothing);
  return reason === undefined
    ? { changes, status: 'CREATE_COMPLETE', executionStatus: 'AVAILABLE' }
    : { changes: [], status: 'FAILED', executionStatus: 'UNAVAILABLE', reason };
}

function refusal({ model }: Proposed, state: { exports: Map<string, unknown> }) {
  if (model.refusal !== undefined) return model.refusal;
  try {
    checkImports(state, importsOf(model));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
