/**
 * A table that is looked up by names that callers choose: without `constructor`, `toString` and the
 * other members that every object has.
 */
export const table = <T>(entries: Record<string, T>): Record<string, T> =>
  Object.assign(Object.create(null) as Record<string, T>, entries);
