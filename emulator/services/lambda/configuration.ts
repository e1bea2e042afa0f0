import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { arnOf, type Found } from './find-function';
import { findLayerVersion } from './layer-versions';
import type { LambdaCall, Settings, Version } from './state';

/** A version as the API shows it; an alias in the ARN is kept there. */
export function shownConfiguration(
  { fn, qualifier, reference }: Found,
  { version, settings, revisionId, modifiedAt }: Version,
  call: LambdaCall,
): Omit<FunctionConfiguration, '$metadata'> {
  return {
    FunctionName: fn.name,
    FunctionArn: arnOf({ ...reference, qualifier }),
    ...shownSettings(settings, call),
    LastModified: modifiedAt.toISOString().replace('Z', '+0000'),
    Version: version,
    RevisionId: revisionId,
    State: 'Active',
    LastUpdateStatus: 'Successful',
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
  };
}

function shownSettings(settings: Settings, call: LambdaCall): Partial<FunctionConfiguration> {
  const { deadLetterArn, kmsKeyArn, environment } = settings;
  return {
    Runtime: settings.runtime,
    Role: settings.role,
    Handler: settings.handler,
    CodeSize: settings.code.size,
    CodeSha256: settings.code.sha256,
    Description: settings.description,
    Timeout: settings.timeout,
    MemorySize: settings.memorySize,
    PackageType: 'Zip',
    Architectures: settings.architectures,
    EphemeralStorage: settings.ephemeralStorage,
    TracingConfig: { Mode: settings.tracing },
    LoggingConfig: settings.logging,
    ...(Object.keys(environment).length > 0 ? { Environment: { Variables: environment } } : {}),
    ...(deadLetterArn === '' ? {} : { DeadLetterConfig: { TargetArn: deadLetterArn } }),
    ...(kmsKeyArn === '' ? {} : { KMSKeyArn: kmsKeyArn }),
    ...shownVpc(settings),
    ...shownLayers(settings.layers, call),
  };
}

const shownVpc = ({ subnetIds, securityGroupIds }: Settings): Partial<FunctionConfiguration> =>
  subnetIds.length === 0
    ? {}
    : { VpcConfig: { SubnetIds: subnetIds, SecurityGroupIds: securityGroupIds } };

function shownLayers(layers: string[], call: LambdaCall): Partial<FunctionConfiguration> {
  if (layers.length === 0) return {};
  return {
    Layers: layers.map((Arn) => ({
      Arn,
      CodeSize: findLayerVersion(Arn, call)?.content.size ?? 0,
    })),
  };
}
