import { invalid } from './errors';
import { compilePattern, type Pattern, PatternError } from './filter-pattern';
import type { MetricFilter, SubscriptionFilter } from './state';

const compiled = new WeakMap<MetricFilter | SubscriptionFilter, Pattern>();

/** The pattern of a filter, compiled at its first use. */
export function patternOf(filter: MetricFilter | SubscriptionFilter): Pattern {
  const known = compiled.get(filter);
  if (known) return known;
  const pattern = compilePattern(filter.pattern);
  compiled.set(filter, pattern);
  return pattern;
}

/** A pattern that a request holds; AWS's InvalidParameterException for a text that is none. */
export function checkedPattern(text: string | undefined): Pattern {
  try {
    return compilePattern(text ?? '');
  } catch (error) {
    if (error instanceof PatternError) throw invalid(error.message);
    throw error;
  }
}
