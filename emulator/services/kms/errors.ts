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
import { refuse } from '../../refuse';
import type { Key } from './state';

export const notFound = (message: string): NotFoundException => refuse(NotFoundException, message);

/** What is not emulated, named. */
export const unsupported = (message: string): UnsupportedOperationException =>
  refuse(UnsupportedOperationException, message);

export const invalid = (message: string) => awsError('ValidationException', message);

/** Refuses a member outside its constraint, in AWS's words, which repeat a value unless it is bytes. */
export const constraint = (member: string, wanted: string, value?: string | number) =>
  invalid(
    `1 validation error detected: Value ${value === undefined ? '' : `'${value}' `}at '${member}' failed to satisfy constraint: Member must ${wanted}`,
  );

/** Refuses a number outside its bounds. */
export function checkRange(member: string, value: number, [least, most]: [number, number]): number {
  if (value < least)
    throw constraint(member, `have value greater than or equal to ${least}`, value);
  if (value > most) throw constraint(member, `have value less than or equal to ${most}`, value);
  return value;
}

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
