import { LimitExceededException, type Target } from '@aws-sdk/client-eventbridge';
import { refuse } from '../../refuse';
import { findRule } from './find';
import { checkManager } from './managed';
import { pageOf } from './pages';
import { announceRule } from './rules';
import type { EventBridgeHandlers, Rule } from './state';
import { checkTarget } from './target-check';

const mostTargets = 5;

export const targets = {
  PutTargets({ Rule, EventBusName, Targets = [] }, call) {
    const rule = findRule({ name: Rule, bus: EventBusName }, call);
    checkManager(rule, call);
    Targets.forEach((target, index) => checkTarget(target, index, call));
    checkCount(rule, Targets);
    for (const target of Targets) rule.targets.set(target.Id ?? '', target);
    announceRule('UPDATE', rule, call);
    return { FailedEntryCount: 0, FailedEntries: [] };
  },

  RemoveTargets({ Rule, EventBusName, Ids = [], Force = false }, call) {
    const rule = findRule({ name: Rule, bus: EventBusName }, call);
    if (!Force) checkManager(rule, call);
    for (const id of Ids) rule.targets.delete(id);
    announceRule('UPDATE', rule, call);
    return { FailedEntryCount: 0, FailedEntries: [] };
  },

  ListTargetsByRule({ Rule, EventBusName, ...paging }, call) {
    const rule = findRule({ name: Rule, bus: EventBusName }, call);
    const { page, ...more } = pageOf([...rule.targets.values()], paging);
    return { Targets: page, ...more };
  },
} satisfies EventBridgeHandlers;

function checkCount(rule: Rule, added: readonly Target[]): void {
  const ids = new Set([...rule.targets.keys(), ...added.map(({ Id = '' }) => Id)]);
  if (ids.size > mostTargets)
    throw refuse(
      LimitExceededException,
      'The requested resource exceeds the maximum number allowed.',
    );
}
