import type { GetRandomPasswordRequest, SecretsManager } from '@aws-sdk/client-secrets-manager';
import { asText } from '../../cloudformation/as-text';
import {
  boolean,
  ignoring,
  number,
  object,
  required,
  tagsFor,
  text,
} from '../../cloudformation/properties';
import type {
  Properties,
  ProviderContext,
  ResourceProvider,
  ResourceProviders,
} from '../../cloudformation/provider';
import { replaceTags } from '../../cloudformation/replace-tags';
import { parseObject } from '../../json';
import { rotationSchedule } from './rotation-schedule';

const secretsOf = (context: ProviderContext): SecretsManager =>
  context.client<SecretsManager>('secrets-manager');

/** The text that a template gives, or asks to be made up. */
async function valueFor(
  properties: Properties,
  context: ProviderContext,
): Promise<string | undefined> {
  const how = object(properties, 'GenerateSecretString');
  if (!how) return text(properties, 'SecretString');
  const { RandomPassword: password = '' } = await secretsOf(context).getRandomPassword(
    passwordInput(how),
  );
  const key = text(how, 'GenerateStringKey');
  if (key === undefined) return password;
  const template = parseObject(text(how, 'SecretStringTemplate') ?? '{}') ?? {};
  return JSON.stringify({ ...template, [key]: password });
}

const passwordInput = (how: Properties): GetRandomPasswordRequest => ({
  PasswordLength: number(how, 'PasswordLength'),
  ExcludeCharacters: text(how, 'ExcludeCharacters'),
  ExcludeNumbers: boolean(how, 'ExcludeNumbers'),
  ExcludePunctuation: boolean(how, 'ExcludePunctuation'),
  ExcludeUppercase: boolean(how, 'ExcludeUppercase'),
  ExcludeLowercase: boolean(how, 'ExcludeLowercase'),
  IncludeSpace: boolean(how, 'IncludeSpace'),
  RequireEachIncludedType: boolean(how, 'RequireEachIncludedType'),
});

const shown = (arn: string) => ({ physicalId: arn, attributes: { Id: arn } });

const valueProperties = ['GenerateSecretString', 'SecretString'];

const isSame = (properties: Properties, previous: Properties): boolean =>
  valueProperties.every(
    (name) => JSON.stringify(properties[name]) === JSON.stringify(previous[name]),
  );

const secret: ResourceProvider = {
  properties: ['Description', 'GenerateSecretString', 'KmsKeyId', 'Name', 'SecretString', 'Tags'],
  writeOnly: valueProperties,

  async create(properties, context) {
    const { ARN: arn = '' } = await secretsOf(context).createSecret({
      Name: text(properties, 'Name') ?? context.physicalName(512),
      Description: text(properties, 'Description'),
      KmsKeyId: text(properties, 'KmsKeyId'),
      SecretString: await valueFor(properties, context),
      Tags: tagsFor(properties, context),
    });
    return shown(arn);
  },

  /** A value is made anew only when the template asks for another one. */
  async update(arn, { properties, previous }, context) {
    const value = isSame(properties, previous) ? undefined : await valueFor(properties, context);
    await secretsOf(context).updateSecret({
      SecretId: arn,
      Description: text(properties, 'Description') ?? '',
      KmsKeyId: text(properties, 'KmsKeyId') ?? '',
      ...(value === undefined ? {} : { SecretString: value }),
    });
    await retag(arn, properties, context);
    return shown(arn);
  },

  delete: (arn, _properties, context) =>
    ignoring(
      ['ResourceNotFoundException'],
      secretsOf(context).deleteSecret({ SecretId: arn, ForceDeleteWithoutRecovery: true }),
    ),
};

async function retag(arn: string, properties: Properties, context: ProviderContext): Promise<void> {
  const secrets = secretsOf(context);
  await replaceTags(tagsFor(properties, context), {
    keys: async () =>
      ((await secrets.describeSecret({ SecretId: arn })).Tags ?? []).map(({ Key }) => Key),
    remove: (TagKeys) => secrets.untagResource({ SecretId: arn, TagKeys }),
    set: (Tags) => secrets.tagResource({ SecretId: arn, Tags }),
  });
}

/** The policy of one secret; it is a part of the secret and has its ARN. */
const resourcePolicy: ResourceProvider = {
  properties: ['BlockPublicPolicy', 'ResourcePolicy', 'SecretId'],
  writeOnly: ['BlockPublicPolicy'],

  async create(properties, context) {
    const { ARN: arn = '' } = await secretsOf(context).putResourcePolicy({
      SecretId: required(properties, 'SecretId'),
      ResourcePolicy: asText(properties['ResourcePolicy']),
      BlockPublicPolicy: boolean(properties, 'BlockPublicPolicy'),
    });
    return shown(arn);
  },

  async update(arn, { properties }, context) {
    await secretsOf(context).putResourcePolicy({
      SecretId: arn,
      ResourcePolicy: asText(properties['ResourcePolicy']),
      BlockPublicPolicy: boolean(properties, 'BlockPublicPolicy'),
    });
    return shown(arn);
  },

  delete: (arn, _properties, context) =>
    ignoring(
      ['ResourceNotFoundException', 'InvalidRequestException'],
      secretsOf(context).deleteResourcePolicy({ SecretId: arn }),
    ),

  async read(arn, { SecretId }, context) {
    try {
      const { ResourcePolicy: policy } = await secretsOf(context).getResourcePolicy({
        SecretId: arn,
      });
      return policy === undefined ? undefined : { SecretId, ResourcePolicy: parseObject(policy) };
    } catch (error) {
      if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  },
};

export default {
  'AWS::SecretsManager::ResourcePolicy': resourcePolicy,
  'AWS::SecretsManager::RotationSchedule': rotationSchedule,
  'AWS::SecretsManager::Secret': secret,
} satisfies ResourceProviders;
