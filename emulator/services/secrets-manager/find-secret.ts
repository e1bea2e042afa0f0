import { invalidRequest, notFound } from './errors';
import type { Secret, SecretsCall, Version } from './state';

const arnPattern = /^arn:aws[\w-]*:secretsmanager:([^:]+):(\d{12}):secret:(.+)$/;

/** A secret by name, ARN, or ARN without its six random characters; nothing when there is none. */
export function lookUpSecret(id = '', call: SecretsCall): Secret | undefined {
  const found = arnPattern.exec(id);
  if (!found) return call.state.secrets.get(id);
  const [arn, region = '', accountId = '', name = ''] = found;
  if (region !== call.region) return undefined;
  const { secrets } = call.stateOf(accountId, region);
  return [...secrets.values()].find((secret) => secret.arn === arn) ?? secrets.get(name);
}

/** The same; AWS's refusal when there is none. */
export function findSecret(id: string | undefined, call: SecretsCall): Secret {
  const secret = lookUpSecret(id, call);
  if (!secret) throw notFound();
  return secret;
}

/** One that is not on its way out. */
export function findLiving(id: string | undefined, call: SecretsCall): Secret {
  const secret = findSecret(id, call);
  if (secret.deletedAt)
    throw invalidRequest(
      "You can't perform this operation on the secret because it was marked for deletion.",
    );
  return secret;
}

/** The version that bears a label. */
export const staged = ({ versions }: Secret, stage: string): Version | undefined =>
  [...versions.values()].find(({ stages }) => stages.has(stage));

interface Wanted {
  VersionId?: string | undefined;
  VersionStage?: string | undefined;
}

/** The version that a request asks for: AWSCURRENT when it does not say. */
export function findVersion(
  secret: Secret,
  { VersionId: id, VersionStage: stage }: Wanted,
): Version {
  if (id === undefined) return versionBy('staging label', stage ?? 'AWSCURRENT', secret);
  const version = versionBy('VersionId', id, secret);
  if (stage !== undefined && !version.stages.has(stage))
    throw invalidRequest(
      'You provided a VersionStage that is not associated to the provided VersionId.',
    );
  return version;
}

function versionBy(what: 'staging label' | 'VersionId', name: string, secret: Secret): Version {
  const version = what === 'VersionId' ? secret.versions.get(name) : staged(secret, name);
  if (!version?.value)
    throw notFound(`Secrets Manager can't find the specified secret value for ${what}: ${name}`);
  return version;
}
