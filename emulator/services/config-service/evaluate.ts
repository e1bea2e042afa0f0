import type { Scope } from '@aws-sdk/client-config-service';
import { isDeleted, latestItems } from './items';
import { managedRules } from './managed-rules';
import type { ManagedRule, Verdict } from './managed-rules/managed-rule';
import { notifyCompliance } from './notify';
import { forgetAttempts, remediateAutomatically } from './remediation/automatic';
import { type ConfigCall, type Evaluation, type Item, resourceKey, type Rule } from './state';

const frequencyHours = {
  One_Hour: 1,
  Three_Hours: 3,
  Six_Hours: 6,
  Twelve_Hours: 12,
  TwentyFour_Hours: 24,
};

const managedRuleOf = (rule: Rule): ManagedRule | undefined =>
  managedRules[rule.configuration.Source?.SourceIdentifier ?? ''];

/** The rule's parameters: those given, over the managed rule's own defaults. */
function parametersOf(rule: Rule, { parameters = {} }: ManagedRule): Record<string, string> {
  const given = JSON.parse(rule.configuration.InputParameters ?? '{}') as Record<string, unknown>;
  const defaults = Object.entries(parameters).flatMap(([name, parameter]) =>
    parameter.default === undefined ? [] : [[name, parameter.default] as const],
  );
  const values = Object.entries(given).map(([name, value]) => [name, String(value)] as const);
  return Object.fromEntries([...defaults, ...values]);
}

const hasTag = ({ tags }: Item, { TagKey: key, TagValue: value }: Scope): boolean =>
  key === undefined || (key in tags && (value === undefined || tags[key] === value));

function isInScope(item: Item, scope: Scope = {}): boolean {
  const { ComplianceResourceTypes: types = [], ComplianceResourceId: id } = scope;
  if (types.length > 0 && !types.includes(item.type)) return false;
  return (id === undefined || id === item.id) && hasTag(item, scope);
}

function judge(rule: Rule, managed: ManagedRule, item: Item): Verdict {
  const applies = managed.types.includes(item.type) && isInScope(item, rule.configuration.Scope);
  if (isDeleted(item) || !applies) return { compliance: 'NOT_APPLICABLE' };
  return managed.judge(item, parametersOf(rule, managed));
}

function keep(rule: Rule, evaluation: Evaluation, call: ConfigCall): void {
  const key = resourceKey(evaluation);
  const before = rule.results.get(key);
  if (evaluation.compliance === 'NOT_APPLICABLE') {
    if (!before) return;
    rule.results.delete(key);
  } else {
    rule.results.set(key, evaluation);
  }
  if (before?.compliance !== evaluation.compliance) {
    notifyCompliance(rule, { now: evaluation, before }, call);
  }
  const of = { rule: rule.configuration.ConfigRuleName, type: evaluation.type, id: evaluation.id };
  if (evaluation.compliance === 'NON_COMPLIANT') remediateAutomatically(of, call);
  else forgetAttempts(of, call);
}

function evaluate(rule: Rule, items: Item[], call: ConfigCall): void {
  const managed = managedRuleOf(rule);
  if (!managed || !call.state.recorder?.recording) return;
  const now = call.now();
  rule.invokedAt = now;
  call.touch();
  for (const item of items) {
    const verdict = judge(rule, managed, item);
    const { type, id, capturedAt } = item;
    const annotation = 'annotation' in verdict ? verdict.annotation : undefined;
    const { compliance } = verdict;
    const times = { orderingTimestamp: capturedAt, recordedAt: now, invokedAt: now };
    keep(rule, { type, id, compliance, annotation, ...times }, call);
  }
}

/** Has every rule judge what was just recorded of a resource. */
export function evaluateChange(item: Item, call: ConfigCall): void {
  for (const rule of call.state.rules.values()) {
    if (managedRuleOf(rule)?.types.includes(item.type)) evaluate(rule, [item], call);
  }
}

/** Has a rule judge the last recorded state of all its resources; live state plays no part. */
export function evaluateRule(rule: Rule, call: ConfigCall): void {
  evaluate(rule, latestItems(call), call);
}

/** Sets the next evaluation on the clock, for rules that have one. */
export function schedule(rule: Rule, call: ConfigCall): void {
  if (rule.timer !== undefined) call.timers.cancel(rule.timer);
  rule.timer = undefined;
  if (!managedRuleOf(rule)?.periodic) return;
  const hours = frequencyHours[rule.configuration.MaximumExecutionFrequency ?? 'TwentyFour_Hours'];
  rule.timer = call.timers.set({
    name: 'evaluate',
    at: new Date(call.now().getTime() + hours * 3_600_000),
    payload: { rule: rule.configuration.ConfigRuleName },
  });
}

/** The periodic evaluation of a rule, when its time has come. */
export function evaluateOnClock({ rule: name }: { rule: string }, call: ConfigCall): void {
  const rule = call.state.rules.get(name);
  if (!rule) return;
  rule.timer = undefined;
  evaluateRule(rule, call);
  schedule(rule, call);
}
