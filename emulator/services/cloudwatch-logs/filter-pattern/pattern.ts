/** A compiled filter pattern. */
export interface Pattern {
  kind: 'terms' | 'json' | 'fields';
  /** How many regular expressions it holds; AWS limits them. */
  regexes: number;
  /**
   * The values that the pattern names, by selector (`$.status`, `$status`, `$3`), of a message that
   * matches; `undefined` when it does not match.
   */
  match(message: string): Record<string, string> | undefined;
  /** One value of a message by selector, whether the pattern names it or not. */
  valueOf(message: string, selector: string): string | undefined;
}

/** A text that is no filter pattern. */
export class PatternError extends Error {
  constructor(message = 'Invalid filter pattern') {
    super(message);
    this.name = 'PatternError';
  }
}
