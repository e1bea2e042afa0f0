import type { SecretsManager } from '@aws-sdk/client-secrets-manager';
import type { SSM } from '@aws-sdk/client-ssm';
import { parseObject } from '../../json';
import { validationError } from '../errors';
import type { DynamicReference } from '../template/dynamic-references';
import type { Run } from './run';

/** What a dynamic reference means, read with the rights of the stack's role or caller. */
export const readReference = (run: Run, reference: DynamicReference): Promise<string> =>
  reference.service === 'secretsmanager'
    ? readSecret(run, reference)
    : readParameter(run, reference);

async function readParameter(
  { call, caller }: Run,
  { key, service }: DynamicReference,
): Promise<string> {
  const found = await call
    .client<SSM>('ssm', caller)
    .getParameter({ Name: key, WithDecryption: service === 'ssm-secure' });
  return found.Parameter?.Value ?? '';
}

/** `secret-id:SecretString:json-key:version-stage:version-id`, where an ARN has colons of its own. */
const secretPattern =
  /^(?<id>arn(?::[^:]*){6}|[^:]*)(?::(?:SecretString)?)?(?::(?<member>[^:]*))?(?::(?<stage>[^:]*))?(?::(?<version>[^:]*))?$/;

async function readSecret(
  { call, caller }: Run,
  { key, whole }: DynamicReference,
): Promise<string> {
  const { groups } = secretPattern.exec(key) ?? {};
  if (!groups)
    // Text unverified.
    throw validationError(
      `Incorrect format is used in the following Secrets Manager reference: [${whole}]`,
    );
  const { SecretString: text = '' } = await call
    .client<SecretsManager>('secrets-manager', caller)
    .getSecretValue({
      SecretId: groups['id'],
      VersionStage: groups['stage'] || undefined,
      VersionId: groups['version'] || undefined,
    });
  return groups['member'] ? memberOf(text, groups['member']) : text;
}

function memberOf(text: string, member: string): string {
  const value = parseObject(text);
  if (!value) throw validationError('Could not parse SecretString JSON');
  const found = value[member];
  if (found === undefined)
    throw validationError('Could not find a value associated with JSONKey in SecretString');
  return typeof found === 'string' ? found : JSON.stringify(found);
}
