interface Place {
  source: string;
  offset: number;
  /** The text is not JSON at all; else it is JSON that is no pattern. */
  syntax?: boolean;
}

/** Why a text is no event pattern, in the words of AWS's rule compiler. */
export class PatternError extends Error {
  /** The sentence without the place. */
  readonly reason: string;
  readonly isSyntax: boolean;
  /** `line: 1, column: 2`; absent where AWS names no place. */
  readonly position: string | undefined;

  constructor(reason: string, place?: Place) {
    const position = place && positionOf(place);
    super(place ? `${reason}\n at [Source: (String)${quote(place.source)}; ${position}]` : reason);
    this.name = 'PatternError';
    this.reason = reason;
    this.isSyntax = place?.syntax ?? false;
    this.position = position;
  }
}

function positionOf({ source, offset }: Place): string {
  const before = source.slice(0, offset).split('\n');
  return `line: ${before.length}, column: ${(before.at(-1) ?? '').length + 1}`;
}

const longest = 500;

const quote = (source: string): string =>
  source.length > longest
    ? `"${source.slice(0, longest)}"[truncated ${source.length - longest} chars]`
    : `"${source}"`;
