import type { KMS } from '@aws-sdk/client-kms';
import {
  KMSAccessDeniedException,
  KMSDisabledException,
  KMSInvalidStateException,
  KMSNotFoundException,
} from '@aws-sdk/client-sns';
import { refuse } from '../../refuse';
import type { SnsCall, Topic } from './state';

/**
 * Who publishes to an encrypted topic needs kms:GenerateDataKey and kms:Decrypt. The policy of the
 * AWS managed key lets no service in: EventBridge and alarms need a customer managed key.
 */
export async function encryptAsCaller(topic: Topic, call: SnsCall): Promise<void> {
  const { KmsMasterKeyId: KeyId } = topic.attributes;
  if (!KeyId) return;
  const kms = call.client<KMS>('kms', call.onBehalf('sns.amazonaws.com'));
  const EncryptionContext = { 'aws:sns:topicArn': topic.arn };
  const { CiphertextBlob } = await kms
    .generateDataKey({ KeyId, KeySpec: 'AES_256', EncryptionContext })
    .catch(asOurs);
  await kms.decrypt({ CiphertextBlob, EncryptionContext }).catch(asOurs);
}

const ours = {
  AccessDeniedException: KMSAccessDeniedException,
  DisabledException: KMSDisabledException,
  KMSInvalidStateException,
  NotFoundException: KMSNotFoundException,
};

/** SNS repeats what KMS says under a name of its own. */
function asOurs(error: unknown): never {
  if (!(error instanceof Error)) throw error;
  const Exception = Object.entries(ours).find(([name]) => name === error.name)?.[1];
  if (!Exception) throw error;
  throw refuse(Exception as typeof KMSAccessDeniedException, error.message);
}
