import { errors } from './errors';
import type { StoredObject } from './state';

interface Conditions {
  IfMatch?: string | undefined;
  IfNoneMatch?: string | undefined;
  IfModifiedSince?: Date | undefined;
  IfUnmodifiedSince?: Date | undefined;
}

const bare = (etag: string) => etag.trim().replace(/^W\//, '').replaceAll('"', '');

const names = (header: string, etag: string) =>
  header === '*' || header.split(',').some((each) => bare(each) === bare(etag));

/** HTTP dates have no fractions of a second. */
const seconds = (date: Date) => Math.floor(date.getTime() / 1000);

const failed = (Condition: string) => errors.PreconditionFailed({ Condition });

function checkMatch(object: StoredObject, { IfMatch, IfUnmodifiedSince: limit }: Conditions) {
  if (IfMatch !== undefined) {
    if (!names(IfMatch, object.etag)) throw failed('If-Match');
  } else if (limit && seconds(object.lastModified) > seconds(limit)) {
    throw failed('If-Unmodified-Since');
  }
}

function checkNoneMatch(object: StoredObject, { IfNoneMatch, IfModifiedSince: since }: Conditions) {
  if (IfNoneMatch !== undefined) {
    if (names(IfNoneMatch, object.etag)) throw errors.NotModified();
  } else if (since && seconds(object.lastModified) <= seconds(since)) {
    throw errors.NotModified();
  }
}

/** Conditional reads: an entity tag wins over a date, as in RFC 9110. */
export function checkRead(object: StoredObject, conditions: Conditions) {
  checkMatch(object, conditions);
  checkNoneMatch(object, conditions);
}

/** Conditional writes: `If-None-Match: *` creates only, `If-Match` replaces only that content. */
export function checkWrite(
  present: StoredObject | undefined,
  key: string,
  { IfMatch, IfNoneMatch }: Pick<Conditions, 'IfMatch' | 'IfNoneMatch'>,
) {
  if (IfNoneMatch !== undefined && present) throw failed('If-None-Match');
  if (IfMatch === undefined) return;
  if (!present) throw errors.NoSuchKey({ Key: key });
  if (!names(IfMatch, present.etag)) throw failed('If-Match');
}

/** `x-amz-copy-source-if-…`, which answer 412 where a read would answer 304. */
export function checkCopySource(
  source: StoredObject,
  input: {
    CopySourceIfMatch?: string | undefined;
    CopySourceIfNoneMatch?: string | undefined;
    CopySourceIfModifiedSince?: Date | undefined;
    CopySourceIfUnmodifiedSince?: Date | undefined;
  },
) {
  try {
    checkRead(source, {
      IfMatch: input.CopySourceIfMatch,
      IfNoneMatch: input.CopySourceIfNoneMatch,
      IfModifiedSince: input.CopySourceIfModifiedSince,
      IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
    });
  } catch (error) {
    if (error instanceof Error && error.name === 'NotModified') {
      throw errors.PreconditionFailed({ Condition: 'x-amz-copy-source-If-None-Match' });
    }
    throw error;
  }
}
