import type { KMS } from '@aws-sdk/client-kms';
import { InvalidKeyId } from '@aws-sdk/client-ssm';
import type { Call } from '../../call';
import { awsError } from '../../errors';
import { refuse } from '../../refuse';
import { parameterArn } from './parameter-names';
import type { ParameterVersion, SsmState } from './state';

type SsmCall = Call<SsmState>;

const kmsOf = (call: SsmCall): KMS => call.client<KMS>('kms', call.onBehalf('ssm.amazonaws.com'));

const contextOf = (name: string, call: SsmCall) => ({ PARAMETER_ARN: parameterArn(name, call) });

/** Encrypts a secure string as the caller, who needs kms:Encrypt through Systems Manager. */
export async function sealed(
  name: string,
  version: ParameterVersion,
  call: SsmCall,
): Promise<ParameterVersion> {
  if (version.type !== 'SecureString') return version;
  const { CiphertextBlob } = await kmsOf(call)
    .encrypt({
      KeyId: version.keyId,
      Plaintext: Buffer.from(version.value),
      EncryptionContext: contextOf(name, call),
    })
    .catch(asOurs);
  return { ...version, value: '', ...(CiphertextBlob ? { sealed: CiphertextBlob } : {}) };
}

/** The value in the clear, for which the caller needs kms:Decrypt. */
export async function opened(
  name: string,
  version: ParameterVersion,
  call: SsmCall,
): Promise<string> {
  if (!version.sealed) return version.value;
  const { Plaintext } = await kmsOf(call)
    .decrypt({ CiphertextBlob: version.sealed, EncryptionContext: contextOf(name, call) })
    .catch(asOurs);
  return Buffer.from(Plaintext ?? []).toString();
}

/** Systems Manager names the key's trouble in KMS's words; a denial stays a denial. */
function asOurs(error: unknown): never {
  if (!(error instanceof Error)) throw error;
  if (error.name === 'AccessDeniedException')
    throw awsError('AccessDeniedException', error.message);
  // https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
  throw refuse(InvalidKeyId, error.message);
}
