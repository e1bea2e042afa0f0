import type { TextOperator } from './matchers';

/** What a service's dialect of patterns knows. */
export interface Grammar {
  operators: readonly string[];
  /** Operators that may stand inside `anything-but`. */
  anythingBut: readonly TextOperator[];
  /** May `prefix` and `suffix` hold `{"equals-ignore-case": …}`? */
  affixesIgnoringCase: boolean;
  /** What is said when the value inside a nested `anything-but` is no string, where it differs. */
  anythingButMustBeText?: string;
}

/** Event patterns of EventBridge rules. */
export const eventBridgeGrammar: Grammar = {
  operators: [
    'prefix',
    'suffix',
    'equals-ignore-case',
    'wildcard',
    'anything-but',
    'numeric',
    'exists',
    'cidr',
  ],
  anythingBut: ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'],
  affixesIgnoringCase: true,
};

/** Filter policies of SNS subscriptions, which follow an older version of the compiler. */
export const snsGrammar: Grammar = {
  operators: [
    'prefix',
    'suffix',
    'equals-ignore-case',
    'anything-but',
    'numeric',
    'exists',
    'cidr',
  ],
  anythingBut: ['prefix'],
  affixesIgnoringCase: false,
  anythingButMustBeText: 'prefix match pattern must be a string',
};
