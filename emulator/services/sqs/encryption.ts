import type { KMS } from '@aws-sdk/client-kms';
import {
  KmsAccessDenied,
  KmsDisabled,
  KmsInvalidKeyUsage,
  KmsInvalidState,
  KmsNotFound,
} from '@aws-sdk/client-sqs';
import { refuse } from '../../refuse';
import { queueArn, type Queue, type SqsCall } from './state';

const kmsOf = ({ region }: Queue, call: SqsCall): KMS =>
  call.client<KMS>('kms', { ...call.onBehalf('sqs.amazonaws.com'), region });

const contextOf = (queue: Queue) => ({ 'aws:sqs:arn': queueArn(queue) });

/** Has the queue a KMS key? Without one SQS encrypts by itself. */
export const isEncrypted = ({ attributes }: Queue): boolean =>
  Boolean(attributes['KmsMasterKeyId']);

/** Who sends to an encrypted queue needs kms:GenerateDataKey and kms:Decrypt, services too. */
export async function encryptAsCaller(queue: Queue, call: SqsCall): Promise<void> {
  const { KmsMasterKeyId: KeyId } = queue.attributes;
  if (!KeyId) return;
  const EncryptionContext = contextOf(queue);
  const kms = kmsOf(queue, call);
  const { CiphertextBlob } = await kms
    .generateDataKey({ KeyId, KeySpec: 'AES_256', EncryptionContext })
    .catch(asOurs);
  await kms.decrypt({ CiphertextBlob, EncryptionContext }).catch(asOurs);
  if (CiphertextBlob) queue.dataKey = CiphertextBlob;
}

/** Who receives from an encrypted queue needs kms:Decrypt. */
export async function decryptAsCaller(queue: Queue, call: SqsCall): Promise<void> {
  if (!queue.dataKey) return;
  await kmsOf(queue, call)
    .decrypt({ CiphertextBlob: queue.dataKey, EncryptionContext: contextOf(queue) })
    .catch(asOurs);
}

const ours = {
  AccessDeniedException: KmsAccessDenied,
  DisabledException: KmsDisabled,
  InvalidKeyUsageException: KmsInvalidKeyUsage,
  KMSInvalidStateException: KmsInvalidState,
  NotFoundException: KmsNotFound,
};

/** SQS repeats what KMS says under a name of its own. */
function asOurs(error: unknown): never {
  if (!(error instanceof Error)) throw error;
  const Exception = Object.entries(ours).find(([name]) => name === error.name)?.[1];
  if (!Exception) throw error;
  throw refuse(Exception as typeof KmsAccessDenied, error.message);
}
