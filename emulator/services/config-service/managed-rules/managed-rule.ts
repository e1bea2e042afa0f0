import type { Item } from '../state';

export type Verdict =
  | { compliance: 'COMPLIANT' | 'NOT_APPLICABLE' }
  | { compliance: 'NON_COMPLIANT'; annotation?: string };

interface RuleParameter {
  required?: boolean;
  default?: string;
  /** What a given value must look like. */
  pattern?: RegExp;
}

/** One managed rule: which resources it judges, what it can be told, and its judgement. */
export interface ManagedRule {
  types: readonly string[];
  /** Also judged on the clock, at `MaximumExecutionFrequency`. */
  periodic?: boolean;
  parameters?: Record<string, RuleParameter>;
  judge(item: Item, parameters: Record<string, string>): Verdict;
}

export const compliantWhen = (holds: boolean): Verdict => ({
  compliance: holds ? 'COMPLIANT' : 'NON_COMPLIANT',
});
