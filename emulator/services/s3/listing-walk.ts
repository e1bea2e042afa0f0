import { invalidArgument } from './errors';

/** One line of a listing: a key, or all keys that share a prefix up to the delimiter. */
export type Entry = { key: string } | { prefix: string };

export interface Walk {
  prefix?: string | undefined;
  delimiter?: string | undefined;
  /** Only what sorts after this key; after a common prefix, only what does not begin with it. */
  after?: string | undefined;
}

/** S3 sorts keys by their UTF-8 bytes, JavaScript by UTF-16. */
const byBytes = (one: string, other: string) =>
  Buffer.compare(Buffer.from(one), Buffer.from(other));

const isAfter = (key: string, { after, delimiter }: Walk) => {
  if (after === undefined || after === '') return true;
  const skipsPrefix = delimiter && after.endsWith(delimiter) && key.startsWith(after);
  return byBytes(key, after) > 0 && !skipsPrefix;
};

function commonPrefix(key: string, { prefix = '', delimiter }: Walk): string | undefined {
  if (!delimiter) return undefined;
  const end = key.indexOf(delimiter, prefix.length);
  return end < 0 ? undefined : key.slice(0, end + delimiter.length);
}

/** The lines of a listing in S3's order. */
export function entriesOf(keys: Iterable<string>, walk: Walk): Entry[] {
  const wanted = [...keys].filter((key) => key.startsWith(walk.prefix ?? '') && isAfter(key, walk));
  const entries: Entry[] = [];
  let last: string | undefined;
  for (const key of wanted.toSorted(byBytes)) {
    const prefix = commonPrefix(key, walk);
    if (prefix === undefined) entries.push({ key });
    else if (prefix !== last) entries.push({ prefix });
    last = prefix;
  }
  return entries;
}

export const textOf = (entry: Entry) => ('key' in entry ? entry.key : entry.prefix);

/** `encoding-type=url`, which botocore always asks for. */
export function encoderFor(encoding: string | undefined) {
  const encode = (text: string) =>
    encodeURIComponent(text)
      .replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`)
      .replaceAll('%2F', '/');
  if (encoding !== undefined && encoding !== 'url')
    throw invalidArgument(
      'Invalid Encoding Method specified in Request',
      'encoding-type',
      encoding,
    );
  return encoding === 'url' ? encode : (text: string) => text;
}

const pageSize = 1000;

/** How many lines fit an answer: 1,000 at most. */
export const limitOf = (max: number | undefined) =>
  Math.min(Math.max(max ?? pageSize, 0), pageSize);
