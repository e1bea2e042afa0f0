import type { CreateFunctionRequest } from '@aws-sdk/client-lambda';
import { checkRuntime } from './runtimes';
import { checkArchitectures, checkSettings, type SettingsInput } from './settings-checks';
import type { Package, Settings } from './state';

/** Settings of a new function, AWS's defaults where the caller says nothing. */
export function newSettings(input: CreateFunctionRequest, code: Package): Settings {
  const { Handler: handler, Role: role = '' } = input;
  const runtime = checkRuntime(handler === undefined ? undefined : input.Runtime);
  const start: Settings = {
    code,
    runtime,
    handler: handler ?? '',
    role,
    description: '',
    timeout: 3,
    memorySize: 128,
    environment: {},
    layers: [],
    architectures: checkArchitectures(input.Architectures) ?? ['x86_64'],
    ephemeralStorage: { Size: 512 },
    tracing: 'PassThrough',
    logging: { LogFormat: 'Text', LogGroup: `/aws/lambda/${input.FunctionName}` },
    deadLetterArn: '',
    kmsKeyArn: '',
    subnetIds: [],
    securityGroupIds: [],
  };
  return changedSettings(start, input);
}

/** Settings with what the input changes; each member that is there is checked. */
export function changedSettings(before: Settings, input: SettingsInput): Settings {
  checkSettings(input);
  const changes = [simple(input), placed(input), loggingOf(input, before.logging)];
  return Object.assign({}, before, ...changes.map(present)) as Settings;
}

/** Without the members that say nothing. */
const present = (members: object): object =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

const simple = (input: SettingsInput) => ({
  runtime: input.Runtime === undefined ? undefined : checkRuntime(input.Runtime),
  handler: input.Handler,
  role: input.Role,
  description: input.Description,
  timeout: input.Timeout,
  memorySize: input.MemorySize,
  layers: input.Layers,
  tracing: input.TracingConfig?.Mode,
});

/** An empty text takes a key or a dead-letter queue away. */
const placed = (input: SettingsInput) => ({
  environment: input.Environment && (input.Environment.Variables ?? {}),
  ephemeralStorage: input.EphemeralStorage,
  deadLetterArn: input.DeadLetterConfig && (input.DeadLetterConfig.TargetArn ?? ''),
  kmsKeyArn: input.KMSKeyArn,
  subnetIds: input.VpcConfig?.SubnetIds,
  securityGroupIds: input.VpcConfig?.SecurityGroupIds,
});

/** JSON is filtered by level, INFO unless told; text is not. */
function loggingOf({ LoggingConfig: given }: SettingsInput, before: Settings['logging']) {
  if (!given) return {};
  const { LogFormat = 'Text', LogGroup = before.LogGroup } = given;
  const level = (wanted: string | undefined) => wanted ?? 'INFO';
  const levels = {
    ApplicationLogLevel: level(given.ApplicationLogLevel),
    SystemLogLevel: level(given.SystemLogLevel),
  };
  return { logging: { LogFormat, LogGroup, ...(LogFormat === 'JSON' ? levels : {}) } };
}
