import { InvalidAttributeName } from '@aws-sdk/client-sqs';
import { refuse } from '../../refuse';
import type { Queue } from './state';

type Attributes = Record<string, string>;

/** A queue is encrypted by a KMS key or by SQS, never by both. */
export function checkEncryption(attributes: Attributes): void {
  if (attributes['KmsMasterKeyId'] && attributes['SqsManagedSseEnabled'] === 'true')
    throw refuse(
      InvalidAttributeName,
      'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
    );
}

/** One kind of encryption ends the other; without its key, SQS does not encrypt again by itself. */
export function settleEncryption(queue: Queue, set: Attributes): void {
  if (set['KmsMasterKeyId']) queue.attributes['SqsManagedSseEnabled'] = 'false';
  else if (set['SqsManagedSseEnabled'] === 'true') delete queue.attributes['KmsMasterKeyId'];
}

/** How long a data key is used again is shown only where there is a KMS key. */
export const shownEncryption = ({ attributes }: Queue): Attributes => {
  const { KmsDataKeyReusePeriodSeconds: period = '300', ...others } = attributes;
  return others['KmsMasterKeyId'] ? { ...others, KmsDataKeyReusePeriodSeconds: period } : others;
};
