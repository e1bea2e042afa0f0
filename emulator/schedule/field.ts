/** What the numbers of one field of a cron expression may be. */
export interface Range {
  least: number;
  most: number;
  /** Names of the numbers from `least` on, `JAN`. */
  names?: readonly string[];
}

/**
 * The numbers that a field lists: `*`, `5`, `MON-FRI`, `22-2`, `0/15`, `1,3-5`; nothing when it is
 * no such field.
 */
export function numbersOf(field: string, range: Range): number[] | undefined {
  const found = new Set<number>();
  for (const part of field.split(',')) {
    const numbers = partOf(part, range);
    if (!numbers) return undefined;
    for (const number of numbers) found.add(number);
  }
  return [...found].toSorted((one, other) => one - other);
}

function partOf(part: string, range: Range): number[] | undefined {
  const [body = '', step, ...more] = part.split('/');
  if (more.length > 0) return undefined;
  const bounds = boundsOf(body, step !== undefined, range);
  const stride = step === undefined ? 1 : wholeNumber(step);
  if (!bounds || stride === undefined || stride < 1) return undefined;
  return walk(bounds, stride, range);
}

type Bounds = [first: number, last: number];

function boundsOf(body: string, isStart: boolean, range: Range): Bounds | undefined {
  if (body === '*') return [range.least, range.most];
  const [from = '', to, ...more] = body.split('-');
  const first = numberOf(from, range);
  const last = to === undefined ? (isStart ? range.most : first) : numberOf(to, range);
  if (first === undefined || last === undefined || more.length > 0) return undefined;
  return [first, last];
}

/** A range whose end lies before its start goes on at the field's least number. */
function walk([first, last]: Bounds, stride: number, { least, most }: Range): number[] {
  const span = most - least + 1;
  const length = last >= first ? last - first : last - first + span;
  return Array.from(
    { length: Math.floor(length / stride) + 1 },
    (_, index) => ((first + index * stride - least) % span) + least,
  );
}

/** A number or name of the field. */
export function numberOf(text: string, { least, most, names }: Range): number | undefined {
  const named = names?.indexOf(text.toUpperCase()) ?? -1;
  const number = named >= 0 ? named + least : wholeNumber(text);
  return number !== undefined && number >= least && number <= most ? number : undefined;
}

const wholeNumber = (text: string): number | undefined =>
  /^\d{1,9}$/.test(text) ? Number(text) : undefined;
