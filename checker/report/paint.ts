import { styleText } from 'node:util';
import type { Verdict } from './result';

export type Style = Parameters<typeof styleText>[0];
export type Paint = (style: Style, text: string) => string;

/** Colours a text, or leaves it: the caller knows the terminal and NO_COLOR. */
export const painter =
  (colours: boolean): Paint =>
  (style, text) =>
    colours ? styleText(style, text, { validateStream: false }) : text;

/** How a verdict looks; the word stands beside the mark, so that neither mark nor colour is needed. */
export const looks: Record<Verdict, { mark: string; word: string; style: Style }> = {
  pass: { mark: '✔', word: 'pass', style: 'green' },
  fail: { mark: '✘', word: 'FAIL', style: 'red' },
  pending: { mark: '…', word: 'pending', style: 'yellow' },
  blocked: { mark: '·', word: 'blocked', style: 'gray' },
  inconclusive: { mark: '?', word: 'unknown', style: 'yellow' },
  'not gradable here': { mark: '–', word: 'n/a here', style: 'gray' },
  skipped: { mark: '–', word: 'skipped', style: 'gray' },
};

/** Breaks a text into lines of at most `width` letters; a longer word stands alone. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (longer.length > width && line !== '') {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    lines.push(line);
  }
  return lines;
}

/** A bar of `width` cells, filled by the share of points; never full before all of them. */
export function bar(points: number, of: number, width: number): string {
  const share = of === 0 ? 0 : points / of;
  const cells = Math.min(Math.floor(share * width), points < of ? width - 1 : width);
  const filled = points > 0 ? Math.max(cells, 1) : 0;
  return `[${'#'.repeat(filled)}${'-'.repeat(width - filled)}]`;
}
