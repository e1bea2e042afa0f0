import type { Change } from '../../changes/change';
import { reconcile } from './reconcile';
import { type AutoScalingCall, type Group, groupType } from './state';

function groupOf({ state }: AutoScalingCall, { type, id }: Change): Group | undefined {
  if (type === groupType) return state.groups.get(id);
  if (type !== 'AWS::EC2::Instance') return undefined;
  return [...state.groups.values()].find(({ members }) => members.has(id));
}

/** Groups act when they or their instances change, and never look otherwise. */
export async function onChange(change: Change, call: AutoScalingCall): Promise<void> {
  const group = groupOf(call, change);
  if (group) await reconcile(call, group);
}
