import { ResourceExistsException } from '@aws-sdk/client-secrets-manager';
import { refuse } from '../../refuse';
import { announce } from './announce';
import { checkToken, invalidParameter, invalidRequest, notFound } from './errors';
import { findLiving, findSecret, findVersion, staged } from './find-secret';
import { paged } from './listing';
import { digestOf, openValue, sealValue, type Value } from './sealing';
import type { Secret, SecretsCall, SecretsHandlers, Version } from './state';

/** Values of secrets and the labels that say which one is in use. */
export const versions = {
  async GetSecretValue(input, call) {
    const secret = findLiving(input.SecretId, call);
    return valueOf(secret, findVersion(secret, input), call);
  },

  async PutSecretValue(input, call) {
    checkToken(input.ClientRequestToken);
    const secret = findLiving(input.SecretId, call);
    checkOneValue(input);
    const stages = input.VersionStages ?? ['AWSCURRENT'];
    const id = input.ClientRequestToken ?? call.random.uuid();
    const version = await addVersion(secret, { id, value: input, stages }, call);
    announce('UPDATE', secret, call);
    return {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: version.id,
      VersionStages: [...version.stages],
    };
  },

  UpdateSecretVersionStage(input, call) {
    const secret = findLiving(input.SecretId, call);
    const { VersionStage: stage = '', MoveToVersionId: to, RemoveFromVersionId: from } = input;
    const holder = staged(secret, stage);
    if (to === undefined) {
      removeStage(holder, stage, from);
    } else {
      const target = secret.versions.get(to);
      if (!target) throw notFound();
      checkHolder(holder, { stage, from, to });
      moveStage(secret, target, stage);
    }
    secret.changedAt = call.now();
    announce('UPDATE', secret, call);
    return { ARN: secret.arn, Name: secret.name };
  },

  ListSecretVersionIds({ SecretId: id, IncludeDeprecated: all = false, ...paging }, call) {
    const secret = findSecret(id, call);
    const wanted = [...secret.versions.values()].filter(({ stages }) => all || stages.size > 0);
    const { page, end } = paged(wanted, paging);
    return {
      ARN: secret.arn,
      Name: secret.name,
      Versions: page.map((version) => ({
        VersionId: version.id,
        VersionStages: [...version.stages],
        CreatedDate: version.createdAt,
        LastAccessedDate: version.accessedAt,
        KmsKeyIds: [secret.kmsKeyId ?? 'DefaultEncryptionKey'],
      })),
      ...end,
    };
  },
} satisfies SecretsHandlers;

/** A version as GetSecretValue answers it; looking is remembered by the day. */
export async function valueOf(secret: Secret, version: Version, call: SecretsCall) {
  const value = await openValue(secret, version, call);
  const day = new Date(call.now());
  day.setUTCHours(0, 0, 0, 0);
  if (version.accessedAt?.getTime() !== day.getTime()) {
    version.accessedAt = day;
    secret.accessedAt = day;
    call.touch();
  }
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: version.id,
    ...value,
    VersionStages: [...version.stages],
    CreatedDate: version.createdAt,
  };
}

interface NewVersion {
  id: string;
  value: Value;
  stages: string[];
}

/** Adds a version, or fills the one that a rotation is waiting for; the same again changes nothing. */
export async function addVersion(
  secret: Secret,
  { id, value, stages }: NewVersion,
  call: SecretsCall,
): Promise<Version> {
  const known = secret.versions.get(id);
  if (known?.value) {
    if (known.value.digest !== digestOf(value))
      throw refuse(
        ResourceExistsException,
        `You can't use ClientRequestToken ${id} because that value is already in use for a version of secret ${secret.arn}.`,
      );
    return known;
  }
  const sealed = await sealValue(secret, { versionId: id, value }, call);
  const version = known ?? { id, createdAt: call.now(), stages: new Set<string>() };
  version.value = sealed;
  secret.versions.set(id, version);
  // The first value is in use whatever labels it was given.
  const labels = staged(secret, 'AWSCURRENT') ? stages : [...new Set([...stages, 'AWSCURRENT'])];
  for (const stage of labels) moveStage(secret, version, stage);
  secret.changedAt = call.now();
  forgetOld(secret);
  return version;
}

const kept = 100;

/** AWS keeps a hundred versions; those without a label go first. */
function forgetOld({ versions: all }: Secret): void {
  for (const { id, stages } of all.values()) {
    if (all.size <= kept) return;
    if (stages.size === 0) all.delete(id);
  }
}

/** Only one version bears a label; whoever loses AWSCURRENT becomes AWSPREVIOUS. */
function moveStage(secret: Secret, target: Version, stage: string): void {
  const holder = staged(secret, stage);
  if (holder === target) return;
  holder?.stages.delete(stage);
  target.stages.add(stage);
  if (stage !== 'AWSCURRENT') return;
  target.stages.delete('AWSPREVIOUS');
  if (holder) moveStage(secret, holder, 'AWSPREVIOUS');
}

export function checkOneValue({ SecretString: text, SecretBinary: bytes }: Value): void {
  if (text !== undefined && bytes !== undefined)
    throw invalidParameter(
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    );
  if (text === undefined && bytes === undefined)
    throw invalidRequest('You must provide either SecretString or SecretBinary.');
}

function removeStage(holder: Version | undefined, stage: string, from: string | undefined): void {
  if (from === undefined)
    throw invalidParameter('You must specify a MoveToVersionId or a RemoveFromVersionId.'); // text unverified
  if (stage === 'AWSCURRENT')
    throw invalidParameter(
      "You can't remove the staging label AWSCURRENT, only move it to another version.",
    ); // text unverified
  if (holder?.id !== from)
    throw invalidParameter(`Staging label ${stage} is not attached to version ${from}.`); // text unverified
  holder.stages.delete(stage);
}

function checkHolder(
  holder: Version | undefined,
  { stage, from, to }: { stage: string; from: string | undefined; to: string },
): void {
  if (!holder || holder.id === to || holder.id === from) return;
  throw invalidParameter(
    from === undefined
      ? `The parameter RemoveFromVersionId can't be empty. Staging label ${stage} is currently attached to version ${holder.id}, so you must explicitly reference that version in RemoveFromVersionId.`
      : `Staging label ${stage} is currently attached to version ${holder.id}, so you must explicitly reference that version in RemoveFromVersionId.`,
  );
}
