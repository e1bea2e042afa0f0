import type { LifecycleRule, TransitionStorageClass } from '@aws-sdk/client-s3';
import { boolean, number, object, objects, required, text } from '../../cloudformation/properties';
import type { Properties } from '../../cloudformation/provider';

/** A lifecycle rule of a template in the API's words. */
export function toLifecycleRule(rule: Properties): LifecycleRule {
  const upload = object(rule, 'AbortIncompleteMultipartUpload');
  const noncurrent = object(rule, 'NoncurrentVersionExpiration');
  const Days = number(rule, 'ExpirationInDays');
  const ExpiredObjectDeleteMarker = boolean(rule, 'ExpiredObjectDeleteMarker');
  return {
    ID: text(rule, 'Id'),
    Filter: { Prefix: text(rule, 'Prefix') ?? '' },
    Status: required(rule, 'Status') === 'Enabled' ? 'Enabled' : 'Disabled',
    ...((Days ?? ExpiredObjectDeleteMarker) === undefined
      ? {}
      : { Expiration: { Days, ExpiredObjectDeleteMarker } }),
    ...(upload && {
      AbortIncompleteMultipartUpload: {
        DaysAfterInitiation: number(upload, 'DaysAfterInitiation'),
      },
    }),
    ...(noncurrent && {
      NoncurrentVersionExpiration: {
        NoncurrentDays: number(noncurrent, 'NoncurrentDays'),
        NewerNoncurrentVersions: number(noncurrent, 'NewerNoncurrentVersions'),
      },
    }),
    ...('Transitions' in rule && {
      Transitions: objects(rule, 'Transitions').map((transition) => ({
        StorageClass: required(transition, 'StorageClass') as TransitionStorageClass,
        Days: number(transition, 'TransitionInDays'),
      })),
    }),
  };
}

/** The way back: a rule of the API in a template's words. */
export const fromLifecycleRule = (rule: LifecycleRule): Properties => ({
  Id: rule.ID,
  Prefix: rule.Filter?.Prefix ?? rule.Prefix,
  Status: rule.Status,
  ExpirationInDays: rule.Expiration?.Days,
  ExpiredObjectDeleteMarker: rule.Expiration?.ExpiredObjectDeleteMarker,
  AbortIncompleteMultipartUpload: rule.AbortIncompleteMultipartUpload,
  NoncurrentVersionExpiration: rule.NoncurrentVersionExpiration,
  ...(rule.Transitions && {
    Transitions: rule.Transitions.map(({ StorageClass, Days }) => ({
      StorageClass,
      TransitionInDays: Days,
    })),
  }),
});
