import type { SecretsManager } from '@aws-sdk/client-secrets-manager';
import type { Permission, Requirements } from '../../service';
import { tagRecord } from '../../tags';
import { lookUpSecret } from './find-secret';
import type { SecretsCall, SecretsState } from './state';

interface Input {
  SecretId?: string | undefined;
  Name?: string | undefined;
  Tags?: { Key?: string | undefined; Value?: string | undefined }[] | undefined;
  TagKeys?: string[] | undefined;
}

/** Members of requests that are condition keys of their own. */
const members = [
  'BlockPublicPolicy',
  'Description',
  'ForceDeleteWithoutRecovery',
  'KmsKeyId',
  'Name',
  'RecoveryWindowInDays',
  'RotateImmediately',
  'RotationLambdaARN',
  'SecretId',
  'VersionId',
  'VersionStage',
];

const onSecret = (input: Input, call: SecretsCall): Permission => {
  const { SecretId: id, Name: name = '' } = input;
  const secret = lookUpSecret(id, call);
  const unknown = id?.startsWith('arn:') ? id : call.arn(`secret:${id ?? name}-??????`);
  return {
    action: `secretsmanager:${call.operation}`,
    resources: [secret?.arn ?? unknown],
    // Refusals repeat what the caller wrote.
    named: id ?? name,
    context: { ...requestKeys(input), ...tagKeys(input), ...secretKeys(secret) },
  };
};

const requestKeys = (input: object): Record<string, string> => {
  const given = input as Record<string, string | number | boolean | undefined>;
  return Object.fromEntries(
    members.flatMap((member) =>
      given[member] === undefined ? [] : [[`secretsmanager:${member}`, String(given[member])]],
    ),
  );
};

function tagKeys({ Tags: tags, TagKeys: removed = [] }: Input): Record<string, string | string[]> {
  const given = tagRecord(tags);
  const keys = [...Object.keys(given), ...removed];
  return {
    ...prefixed('aws:RequestTag/', given),
    ...(keys.length > 0 ? { 'aws:TagKeys': keys } : {}),
  };
}

const secretKeys = (secret: ReturnType<typeof lookUpSecret>): Record<string, string> =>
  secret
    ? {
        ...prefixed('secretsmanager:ResourceTag/', secret.tags),
        ...(secret.rotation
          ? { 'secretsmanager:resource/AllowRotationLambdaArn': secret.rotation.functionArn }
          : {}),
      }
    : {};

const prefixed = (prefix: string, tags: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [prefix + key, value]));

const each = <K extends keyof Requirements<SecretsManager, SecretsState>>(
  operations: readonly K[],
): { [P in K]: typeof onSecret } =>
  Object.fromEntries(operations.map((operation) => [operation, onSecret])) as {
    [P in K]: typeof onSecret;
  };

/** Each operation on a secret asks about it; lists and passwords ask on `*`. */
export const permissions: Requirements<SecretsManager, SecretsState> = {
  ...each([
    'CancelRotateSecret',
    'CreateSecret',
    'DeleteResourcePolicy',
    'DeleteSecret',
    'DescribeSecret',
    'GetResourcePolicy',
    'GetSecretValue',
    'ListSecretVersionIds',
    'PutResourcePolicy',
    'PutSecretValue',
    'RestoreSecret',
    'RotateSecret',
    'TagResource',
    'UntagResource',
    'UpdateSecret',
    'UpdateSecretVersionStage',
    'ValidateResourcePolicy',
  ]),
  /** Each of the secrets is asked for on its own besides. */
  BatchGetSecretValue: ({ SecretIdList: ids = [] }, call) => [
    { action: 'secretsmanager:BatchGetSecretValue', resources: ['*'] },
    ...ids
      .filter((id) => lookUpSecret(id, call))
      .map((id) => ({
        ...onSecret({ SecretId: id }, call),
        action: 'secretsmanager:GetSecretValue',
      })),
  ],
};
