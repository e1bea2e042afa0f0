import type {
  Architecture,
  Lambda,
  Runtime,
  UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda';
import { ignoring, number, object, tagsFor, text, texts } from '../../../cloudformation/properties';
import type { Properties, ResourceProvider } from '../../../cloudformation/provider';
import { tagRecord } from '../../../tags';
import { inlinePackage } from '../inline/inline-package';
import { given, gone, lambdaOf, updateTags } from './lambda-of';

/** AWS::Lambda::Function; Ref answers its name. */
export const lambdaFunction: ResourceProvider = {
  properties: [
    'Code.S3Bucket',
    'Code.S3Key',
    'Code.S3ObjectVersion',
    'Code.ZipFile',
    'DeadLetterConfig',
    'Description',
    'Environment',
    'FunctionName',
    'Handler',
    'Layers',
    'LoggingConfig',
    'MemorySize',
    'ReservedConcurrentExecutions',
    'Role',
    'Runtime',
    'Tags',
    'Timeout',
  ],
  stored: [
    'Architectures',
    'EphemeralStorage',
    'KmsKeyArn',
    'TracingConfig',
    'VpcConfig.SecurityGroupIds',
    'VpcConfig.SubnetIds',
  ],
  writeOnly: ['Code'],

  async create(properties, context) {
    const name = text(properties, 'FunctionName') ?? context.physicalName(64);
    const lambda = lambdaOf(context);
    const { FunctionArn } = await lambda.createFunction({
      ...settingsOf(properties),
      FunctionName: name,
      Role: text(properties, 'Role'),
      Architectures: architecturesOf(properties),
      Code: codeOf(properties),
      Tags: tagRecord(tagsFor(properties, context)),
    });
    await reserve(lambda, name, properties);
    return { physicalId: name, attributes: { Arn: FunctionArn } };
  },

  async update(name, { properties, previous }, context) {
    const lambda = lambdaOf(context);
    const code = { ...codeOf(properties), Architectures: architecturesOf(properties) };
    const before = { ...codeOf(previous), Architectures: architecturesOf(previous) };
    if (JSON.stringify(code) !== JSON.stringify(before))
      await lambda.updateFunctionCode({ FunctionName: name, ...code });
    const { FunctionArn = '' } = await lambda.updateFunctionConfiguration({
      ...unset,
      ...settingsOf(properties),
      FunctionName: name,
    });
    await reserve(lambda, name, properties);
    await updateTags(FunctionArn, properties, context);
    return { physicalId: name, attributes: { Arn: FunctionArn } };
  },

  async delete(name, _properties, context) {
    await ignoring(gone, lambdaOf(context).deleteFunction({ FunctionName: name }));
  },
};

/** What a property goes back to when a template no longer sets it. */
const unset = {
  DeadLetterConfig: { TargetArn: '' },
  Description: '',
  Environment: { Variables: {} },
  EphemeralStorage: { Size: 512 },
  KMSKeyArn: '',
  Layers: [],
  MemorySize: 128,
  Timeout: 3,
  TracingConfig: { Mode: 'PassThrough' as const },
  VpcConfig: { SubnetIds: [], SecurityGroupIds: [] },
};

type Settings = Omit<UpdateFunctionConfigurationRequest, 'FunctionName'>;

function settingsOf(properties: Properties): Settings {
  const size = number(object(properties, 'EphemeralStorage') ?? {}, 'Size');
  return given({
    Role: text(properties, 'Role'),
    Runtime: text(properties, 'Runtime') as Runtime | undefined,
    Handler: text(properties, 'Handler'),
    Description: text(properties, 'Description'),
    Timeout: number(properties, 'Timeout'),
    MemorySize: number(properties, 'MemorySize'),
    Layers: texts(properties, 'Layers'),
    KMSKeyArn: text(properties, 'KmsKeyArn'),
    EphemeralStorage: size === undefined ? undefined : { Size: size },
    DeadLetterConfig: object(properties, 'DeadLetterConfig'),
    Environment: environmentOf(properties),
    LoggingConfig: object(properties, 'LoggingConfig') ?? defaultLogging(properties),
    TracingConfig: object(properties, 'TracingConfig'),
    VpcConfig: object(properties, 'VpcConfig'),
  }) as Settings;
}

const defaultLogging = (properties: Properties) =>
  'FunctionName' in properties
    ? { LogFormat: 'Text', LogGroup: `/aws/lambda/${text(properties, 'FunctionName')}` }
    : { LogFormat: 'Text' };

/** Values may be numbers or booleans in a template. */
function environmentOf(properties: Properties): { Variables: Record<string, string> } | undefined {
  const environment = object(properties, 'Environment');
  if (!environment) return undefined;
  const variables = object(environment, 'Variables') ?? {};
  const names = Object.keys(variables);
  return {
    Variables: Object.fromEntries(names.map((name) => [name, text(variables, name) ?? ''])),
  };
}

const architecturesOf = (properties: Properties): Architecture[] =>
  (texts(properties, 'Architectures') ?? ['x86_64']) as Architecture[];

function codeOf(properties: Properties) {
  const code = object(properties, 'Code') ?? {};
  const source = text(code, 'ZipFile');
  return given({
    ZipFile:
      source === undefined
        ? undefined
        : inlinePackage(source, text(properties, 'Runtime') ?? 'nodejs'),
    S3Bucket: text(code, 'S3Bucket'),
    S3Key: text(code, 'S3Key'),
    S3ObjectVersion: text(code, 'S3ObjectVersion'),
  });
}

async function reserve(lambda: Lambda, FunctionName: string, properties: Properties) {
  const reserved = number(properties, 'ReservedConcurrentExecutions');
  if (reserved === undefined) await lambda.deleteFunctionConcurrency({ FunctionName });
  else
    await lambda.putFunctionConcurrency({ FunctionName, ReservedConcurrentExecutions: reserved });
}
