import { BucketAccelerateStatus, Payer } from '@aws-sdk/client-s3';
import { checkedCors, checkedLifecycle, checkedWebsite } from './configuration-checks';
import { checkedNotification, checkLogTarget } from './destination-checks';
import { errors, invalidRequest } from './errors';
import { announce, findBucket, type BucketInput } from './lookup';
import type { Bucket, S3Call, S3Handlers } from './state';

type Stored =
  'accelerate' | 'cors' | 'lifecycle' | 'logging' | 'notification' | 'requestPayer' | 'website';

function put<K extends Stored>(
  call: S3Call,
  input: BucketInput,
  [setting, value]: [K, Bucket[K] | undefined],
) {
  const bucket = findBucket(call, input);
  if (value === undefined) delete bucket[setting];
  else bucket[setting] = value;
  announce(call, 'UPDATE', bucket);
}

function given<T>(value: T | undefined): T {
  if (value === undefined) throw errors.MalformedXML();
  return value;
}

/** A value of an enumeration; anything else does not validate. */
function oneOf<T extends string>(enumeration: Record<string, T>, value: T | undefined): T {
  const known = given(value);
  if (!Object.values(enumeration).includes(known)) throw errors.MalformedXML();
  return known;
}

function stored<K extends Stored>(
  call: S3Call,
  input: BucketInput,
  [setting, missing]: [K, (members: { BucketName: string }) => Error],
): NonNullable<Bucket[K]> {
  const bucket = findBucket(call, input);
  const value = bucket[setting];
  if (value === undefined || value === null) throw missing({ BucketName: bucket.name });
  return value;
}

/** Settings that are kept and given back, and change nothing in what the emulator does. */
export const storedSettings = {
  PutBucketLifecycleConfiguration: (input, call) =>
    put(call, input, ['lifecycle', checkedLifecycle(given(input.LifecycleConfiguration?.Rules))]),
  GetBucketLifecycleConfiguration: (input, call) => ({
    Rules: stored(call, input, ['lifecycle', errors.NoSuchLifecycleConfiguration]),
    TransitionDefaultMinimumObjectSize: 'all_storage_classes_128K',
  }),
  DeleteBucketLifecycle: (input, call) => put(call, input, ['lifecycle', undefined]),

  PutBucketCors: (input, call) =>
    put(call, input, ['cors', checkedCors(given(input.CORSConfiguration?.CORSRules))]),
  GetBucketCors: (input, call) => ({
    CORSRules: stored(call, input, ['cors', errors.NoSuchCORSConfiguration]),
  }),
  DeleteBucketCors: (input, call) => put(call, input, ['cors', undefined]),

  PutBucketWebsite: (input, call) =>
    put(call, input, ['website', checkedWebsite(given(input.WebsiteConfiguration))]),
  GetBucketWebsite: (input, call) =>
    stored(call, input, ['website', errors.NoSuchWebsiteConfiguration]),
  DeleteBucketWebsite: (input, call) => put(call, input, ['website', undefined]),

  PutBucketNotificationConfiguration: (input, call) =>
    put(call, input, ['notification', checkedNotification(given(input.NotificationConfiguration))]),
  GetBucketNotificationConfiguration: (input, call) => findBucket(call, input).notification ?? {},

  PutBucketLogging(input, call) {
    const logging = input.BucketLoggingStatus?.LoggingEnabled;
    if (logging) checkLogTarget(findBucket(call, input), logging.TargetBucket, call);
    put(call, input, ['logging', logging]);
  },
  GetBucketLogging(input, call) {
    const { logging } = findBucket(call, input);
    return logging ? { LoggingEnabled: logging } : {};
  },

  PutBucketAccelerateConfiguration(input, call) {
    if (findBucket(call, input).name.includes('.'))
      throw invalidRequest(
        'S3 Transfer Acceleration is not supported for buckets with periods (.) in their names',
      );
    const status = oneOf(BucketAccelerateStatus, input.AccelerateConfiguration?.Status);
    put(call, input, ['accelerate', status]);
  },
  GetBucketAccelerateConfiguration(input, call) {
    const { accelerate } = findBucket(call, input);
    return accelerate ? { Status: accelerate } : {};
  },

  PutBucketRequestPayment: (input, call) =>
    put(call, input, ['requestPayer', oneOf(Payer, input.RequestPaymentConfiguration?.Payer)]),
  GetBucketRequestPayment: (input, call) => ({
    Payer: findBucket(call, input).requestPayer ?? 'BucketOwner',
  }),
} satisfies S3Handlers;
