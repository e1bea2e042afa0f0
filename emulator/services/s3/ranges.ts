import { errors, invalidArgument, invalidRequest } from './errors';
import type { StoredObject } from './state';

/** Which bytes of an object are wanted, both ends included. */
export interface Range {
  first: number;
  last: number;
}

const pattern = /^bytes=(?!-$)(?<first>\d*)-(?<last>\d*)$/;

/** `first-`, `first-last` or `-length`, within the object. */
function within(size: number, first: string, last: string): Range {
  if (first === '') return { first: Math.max(size - Number(last), 0), last: size - 1 };
  return { first: Number(first), last: last === '' ? size - 1 : Math.min(Number(last), size - 1) };
}

const isBackwards = (first: string, last: string) =>
  first !== '' && last !== '' && Number(last) < Number(first);

/** A Range header; `undefined` for one that is not understood, which S3 ignores. */
function parseRange(header: string | undefined, size: number): Range | undefined {
  const found = pattern.exec(header ?? '')?.groups;
  if (!found) return undefined;
  const { first = '', last = '' } = found;
  if (isBackwards(first, last)) return undefined;
  const range = within(size, first, last);
  if (range.first < size) return range;
  throw errors.InvalidRange({ ActualObjectSize: size, RangeRequested: header });
}

/** What UploadPartCopy takes of its source: unlike a reader's, this range has to be exact. */
export function copyRange(header: string | undefined, size: number): Range | undefined {
  if (header === undefined) return undefined;
  const [, first = NaN, last = NaN] = (/^bytes=(\d+)-(\d+)$/.exec(header) ?? []).map(Number);
  const refuse = (message: string) => invalidArgument(message, 'x-amz-copy-source-range', header);
  if (!(first <= last))
    throw refuse(
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
    );
  if (first >= size)
    throw invalidRequest('The specified copy range is invalid for the source object size');
  if (last >= size) throw refuse(`Range specified is not valid for source object of size: ${size}`);
  return { first, last };
}

function partRange({ partSizes, size }: StoredObject, number: number): Range {
  const sizes = partSizes ?? [size];
  const length = sizes[number - 1];
  if (length === undefined) {
    throw errors.InvalidPartNumber({ ActualPartCount: sizes.length, PartNumberRequested: number });
  }
  const first = sizes.slice(0, number - 1).reduce((sum, each) => sum + each, 0);
  return { first, last: first + length - 1 };
}

/** The range that a read asks for by Range or by PartNumber. */
export function rangeOf(
  object: StoredObject,
  { Range, PartNumber }: { Range?: string | undefined; PartNumber?: number | undefined },
): Range | undefined {
  if (Range !== undefined && PartNumber !== undefined) {
    throw invalidRequest('Cannot specify both Range header and partNumber query parameter');
  }
  return PartNumber === undefined ? parseRange(Range, object.size) : partRange(object, PartNumber);
}
