import type { Resource } from '../../changes/resource';
import type { Mapping } from './event-source-mapping/mapping';
import { mappingArn } from './event-source-mapping/shown';
import { functionArn } from './find-function';
import type { LambdaCall, LambdaFunction, Settings } from './state';

/** Functions as CloudFormation's type has them; their versions and aliases are parts of them. */
export const view = (call: LambdaCall): Resource[] => [
  ...functionsOf(call),
  ...[...call.state.mappings.values()].map((mapping) => shownMapping(mapping, call)),
];

const shownMapping = (mapping: Mapping, call: LambdaCall): Resource => ({
  arn: mappingArn(mapping, call),
  type: 'AWS::Lambda::EventSourceMapping',
  id: mapping.id,
  tags: mapping.tags,
  configuration: {
    EventSourceArn: mapping.sourceArn,
    FunctionName: mapping.functionArn,
    BatchSize: mapping.batchSize,
    MaximumBatchingWindowInSeconds: mapping.window,
    Enabled: !mapping.state.startsWith('Disabl'),
    FunctionResponseTypes: mapping.responseTypes,
  },
});

const functionsOf = (call: LambdaCall): Resource[] =>
  [...call.state.functions.values()].map((fn) => ({
    arn: functionArn(fn.name, call),
    type: 'AWS::Lambda::Function',
    id: fn.name,
    name: fn.name,
    tags: fn.tags,
    configuration: { FunctionName: fn.name, ...settingsOf(fn.latest.settings), ...reserved(fn) },
    createdAt: fn.createdAt,
  }));

const reserved = ({ reservedConcurrency }: LambdaFunction): Record<string, unknown> =>
  reservedConcurrency === undefined ? {} : { ReservedConcurrentExecutions: reservedConcurrency };

const settingsOf = (settings: Settings): Record<string, unknown> => ({
  Architectures: settings.architectures,
  Description: settings.description,
  EphemeralStorage: settings.ephemeralStorage,
  Handler: settings.handler,
  Layers: settings.layers,
  LoggingConfig: settings.logging,
  MemorySize: settings.memorySize,
  Role: settings.role,
  Runtime: settings.runtime,
  Timeout: settings.timeout,
  TracingConfig: { Mode: settings.tracing },
  ...optional(settings),
});

const optional = (settings: Settings): Record<string, unknown> => ({
  ...(Object.keys(settings.environment).length > 0
    ? { Environment: { Variables: settings.environment } }
    : {}),
  ...(settings.deadLetterArn === ''
    ? {}
    : { DeadLetterConfig: { TargetArn: settings.deadLetterArn } }),
  ...(settings.kmsKeyArn === '' ? {} : { KmsKeyArn: settings.kmsKeyArn }),
  ...(settings.subnetIds.length > 0
    ? { VpcConfig: { SubnetIds: settings.subnetIds, SecurityGroupIds: settings.securityGroupIds } }
    : {}),
});
