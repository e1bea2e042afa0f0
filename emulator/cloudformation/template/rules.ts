import { validationError } from '../errors';
import { holds } from './condition-functions';
import { evaluate } from './evaluate';
import type { Scope } from './scope';
import type { Template } from './template';

/** Evaluates the Rules section: every assertion that does not hold is named. */
export function checkRules({ Rules: rules }: Template, scope: Scope): void {
  const inner = { ...scope, evaluate: (node: unknown) => evaluate(node, scope) };
  for (const [name, rule] of Object.entries(rules)) {
    if (rule.RuleCondition !== undefined && !holds(rule.RuleCondition, inner)) continue;
    const broken = (rule.Assertions ?? []).filter(({ Assert: assert }) => !holds(assert, inner));
    if (broken.length === 0) continue;
    const texts = broken.map(({ AssertDescription: text }) => text ?? 'Assertion failed');
    // Text not verified against AWS in its punctuation.
    throw validationError(`Template validation error: Rule ${name} failed: ${texts.join('; ')}`);
  }
}
