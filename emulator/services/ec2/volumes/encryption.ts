import type { KMS } from '@aws-sdk/client-kms';
import { awsError } from '../../../errors';
import type { Ec2Call } from '../state';

interface Wanted {
  Encrypted?: boolean | undefined;
  KmsKeyId?: string | undefined;
}

interface Encryption {
  encrypted: boolean;
  keyArn?: string;
}

async function keyFor(call: Ec2Call, KeyId = 'alias/aws/ebs'): Promise<string> {
  const kms = call.client<KMS>('kms', call.onBehalf('ec2.amazonaws.com'));
  const { KeyMetadata } = await kms.describeKey({ KeyId });
  return String(KeyMetadata?.Arn);
}

const inherited = ({ encrypted, keyArn }: Encryption): Encryption =>
  keyArn === undefined ? { encrypted } : { encrypted, keyArn };

/** Key of a new volume: the one that is named, its snapshot's, or AWS's own for EBS. */
export async function keyArnOf(
  call: Ec2Call,
  { Encrypted = false, KmsKeyId }: Wanted,
  source: Encryption = { encrypted: false },
): Promise<Encryption> {
  if (KmsKeyId && !Encrypted)
    throw awsError(
      'InvalidParameterDependency',
      'The parameter KmsKeyId requires the parameter Encrypted to be set.',
    );
  if (source.encrypted && !KmsKeyId) return inherited(source);
  return Encrypted
    ? { encrypted: true, keyArn: await keyFor(call, KmsKeyId) }
    : { encrypted: false };
}
