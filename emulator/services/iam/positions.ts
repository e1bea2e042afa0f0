import type { Position } from '@aws-sdk/client-iam';

export interface Span {
  StartPosition: Position;
  EndPosition: Position;
}

/** Where each statement of a policy document begins and ends, lines and columns from 1. */
export function statementSpans(document: string): Span[] {
  const spans: Span[] = [];
  const open: { bracket: string; at: number }[] = [];
  for (const { 0: token, index } of document.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/g)) {
    if ('{['.includes(token)) open.push({ bracket: token, at: index });
    const opened = '}]'.includes(token) ? open.pop() : undefined;
    if (opened && token === '}' && isStatement(open.map(({ bracket }) => bracket).join('')))
      spans.push({
        StartPosition: positionAt(document, opened.at),
        EndPosition: positionAt(document, index + 1),
      });
  }
  return spans;
}

/** No other element beside Statement holds objects at this depth. */
const isStatement = (around: string): boolean => around === '{' || around === '{[';

function positionAt(document: string, offset: number): Position {
  const lines = document.slice(0, offset).split('\n');
  return { Line: lines.length, Column: (lines.at(-1)?.length ?? 0) + 1 };
}
