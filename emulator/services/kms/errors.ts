import {
  DisabledException,
  DryRunOperationException,
  InvalidCiphertextException,
  InvalidKeyUsageException,
  KMSInvalidStateException,
  NotFoundException,
  UnsupportedOperationException,
} from '@aws-sdk/client-kms';
import { awsError } from '../../errors';
import { constraintsOf } from '../../constraints';
import { refuse } from '../../refuse';
import type { Key } from './state';

export const notFound = (message: string): NotFoundException => refuse(NotFoundException, message);

/** What is not emulated, named. */
export const unsupported = (message: string): UnsupportedOperationException =>
  refuse(UnsupportedOperationException, message);

export const invalid = (message: string) => awsError('ValidationException', message);

/** Refusals of values that break a constraint of the model. */
export const { constraint, checkRange } = constraintsOf(invalid);

/** Refuses bytes of a wrong length; AWS does not repeat them. */
export const wrongLength = (member: string, bound: string) =>
  invalid(
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must have length ${bound}`,
  );

/** Refuses work with a key that is disabled or on its way out. */
export function checkEnabled(key: Key): Key {
  checkPresent(key);
  if (key.state === 'Disabled') throw refuse(DisabledException, `${key.arn} is disabled.`);
  return key;
}

/** Refuses changes of a key that is on its way out. */
export function checkPresent(key: Key): Key {
  if (key.state === 'PendingDeletion')
    throw refuse(KMSInvalidStateException, `${key.arn} is pending deletion.`);
  return key;
}

/** Refuses a use that the key was not made for. */
export function checkUsage(key: Key, usage: Key['usage'], operation: string): Key {
  if (key.usage !== usage)
    throw refuse(
      InvalidKeyUsageException,
      `${key.arn} key usage is ${key.usage} which is not valid for ${operation}.`,
    );
  return key;
}

/** An algorithm that is not for keys of this kind. */
export const incompatible = (algorithm: string | undefined, { spec }: Key) =>
  refuse(InvalidKeyUsageException, `Algorithm ${algorithm} is incompatible with key spec ${spec}.`);

/** A dry run ends here, after everything was found well. */
export function endDryRun({ DryRun: isDry }: { DryRun?: boolean | undefined }): void {
  if (isDry)
    throw refuse(
      DryRunOperationException,
      'The request would have succeeded, but the DryRun option is set.',
    );
}

/** Attestation of enclaves is not emulated. */
export function refuseRecipient({ Recipient: recipient }: { Recipient?: unknown }): void {
  if (recipient !== undefined) throw unsupported('Recipient is not emulated.');
}

/** KMS says no more than the name. */
export const invalidCiphertext = () => refuse(InvalidCiphertextException, '');
