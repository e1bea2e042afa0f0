import {
  type CreateSecretRequest,
  type DeleteSecretRequest,
  ResourceExistsException,
} from '@aws-sdk/client-secrets-manager';
import { awsError } from '../../errors';
import { refuse } from '../../refuse';
import { tagRecord } from '../../tags';
import { announce } from './announce';
import { checkToken, invalidParameter, invalidRequest } from './errors';
import { findLiving, findSecret, lookUpSecret } from './find-secret';
import type { Secret, SecretsCall, SecretsHandlers } from './state';
import { addVersion, checkOneValue } from './versions';
import { digestOf, type Value } from './sealing';

const day = 86_400_000;

/** Secrets as a whole. */
export const secrets = {
  async CreateSecret(input, call) {
    const { Name: name = '', ClientRequestToken: id = call.random.uuid() } = input;
    refuseReplicas(input);
    checkToken(input.ClientRequestToken);
    checkName(name);
    const known = call.state.secrets.get(name);
    if (known) return sameAgain(known, { id, value: input });
    const secret = newSecret(input, call);
    const made = { ARN: secret.arn, Name: name };
    if (hasValue(input)) {
      checkOneValue(input);
      await addVersion(secret, { id, value: input, stages: ['AWSCURRENT'] }, call);
    }
    call.state.secrets.set(name, secret);
    announce('CREATE', secret, call);
    return hasValue(input) ? { ...made, VersionId: id } : made;
  },

  async UpdateSecret(input, call) {
    checkToken(input.ClientRequestToken);
    const secret = findLiving(input.SecretId, call);
    const { ClientRequestToken: id = call.random.uuid() } = input;
    if (input.Description !== undefined) secret.description = input.Description;
    if (input.KmsKeyId !== undefined) secret.kmsKeyId = input.KmsKeyId || undefined;
    secret.changedAt = call.now();
    const changed = { ARN: secret.arn, Name: secret.name };
    announce('UPDATE', secret, call);
    if (!hasValue(input)) return changed;
    checkOneValue(input);
    await addVersion(secret, { id, value: input, stages: ['AWSCURRENT'] }, call);
    return { ...changed, VersionId: id };
  },

  DeleteSecret(input, call) {
    checkDeletion(input);
    if (input.ForceDeleteWithoutRecovery) return deleteNow(input.SecretId, call);
    const secret = findLiving(input.SecretId, call);
    secret.deletedAt = scheduleRemoval(secret, input.RecoveryWindowInDays ?? 30, call);
    announce('UPDATE', secret, call);
    return { ARN: secret.arn, Name: secret.name, DeletionDate: secret.deletedAt };
  },

  RestoreSecret({ SecretId: id }, call) {
    const secret = findSecret(id, call);
    secret.deletedAt = undefined;
    call.timers.cancel(timerOf(secret));
    announce('UPDATE', secret, call);
    return { ARN: secret.arn, Name: secret.name };
  },
} satisfies SecretsHandlers;

function checkDeletion({
  RecoveryWindowInDays: days,
  ForceDeleteWithoutRecovery: isForced,
}: DeleteSecretRequest): void {
  if (days === undefined) return;
  if (isForced)
    throw invalidParameter(
      "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
    );
  if (days < 7 || days > 30)
    throw invalidParameter(
      'The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).',
    );
}

/** Asking twice for a final deletion is no error. */
function deleteNow(id: string | undefined, call: SecretsCall) {
  const secret = lookUpSecret(id, call);
  const DeletionDate = call.now();
  if (!secret) return { Name: id, DeletionDate };
  removeSecret(secret, call);
  announce('DELETE', secret, call);
  return { ARN: secret.arn, Name: secret.name, DeletionDate };
}

const timerOf = ({ arn }: Secret): string => `delete:${arn}`;

/** The recovery window is over. */
export function removeWhenDue({ name }: { name: string }, call: SecretsCall): void {
  const secret = call.state.secrets.get(name);
  if (!secret?.deletedAt) return;
  removeSecret(secret, call);
  announce('DELETE', secret, call);
}

function removeSecret(secret: Secret, call: SecretsCall): void {
  call.state.secrets.delete(secret.name);
  call.timers.cancel(timerOf(secret));
  call.timers.cancel(`rotate:${secret.arn}`);
}

function scheduleRemoval(secret: Secret, days: number, call: SecretsCall): Date {
  const at = new Date(call.now().getTime() + days * day);
  call.timers.set({ name: 'delete', at, payload: { name: secret.name }, id: timerOf(secret) });
  return at;
}

const hasValue = ({ SecretString: text, SecretBinary: bytes }: Value): boolean =>
  text !== undefined || bytes !== undefined;

function refuseReplicas({ AddReplicaRegions: replicas = [] }: CreateSecretRequest): void {
  if (replicas.length > 0) throw invalidParameter('Replication of secrets is not emulated.');
}

function checkName(name: string): void {
  if (!/^[\w/+=.@!-]{1,512}$/.test(name))
    throw awsError(
      'ValidationException',
      'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
    );
}

/** The same token with the same value is the same request. */
function sameAgain(known: Secret, { id, value }: { id: string; value: Value }) {
  if (known.deletedAt)
    throw invalidRequest(
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
  const version = known.versions.get(id);
  if (version?.value?.digest !== digestOf(value))
    throw refuse(
      ResourceExistsException,
      `The operation failed because the secret ${known.name} already exists.`,
    );
  return { ARN: known.arn, Name: known.name, VersionId: id };
}

function newSecret(input: CreateSecretRequest, call: SecretsCall): Secret {
  const { Name: name = '' } = input;
  const now = call.now();
  return {
    name,
    arn: call.arn(`secret:${name}-${suffix(call)}`),
    description: input.Description,
    kmsKeyId: input.KmsKeyId,
    createdAt: now,
    changedAt: now,
    tags: tagRecord(input.Tags),
    versions: new Map(),
  };
}

/** Six letters that tell a secret from an earlier one of its name. */
const suffix = ({ random }: SecretsCall): string => random.upper(6);
