import type { CreateFunctionRequest, UpdateFunctionConfigurationRequest } from '@aws-sdk/client-lambda';
import { constraint, invalid } from './errors';
import { checkRuntime } from './runtimes';
import type { Package, Settings } from './state';

type Input = Omit<UpdateFunctionConfigurationRequest, 'FunctionName' | 'RevisionId'>;

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
    architectures: input.Architectures ?? ['x86_64'],
    ephemeralStorage: { Size: 512 },
    tracing: 'PassThrough',
    logging: { LogFormat: 'Text', LogGroup: `/aws/lambda/${input.FunctionName}` },
    subnetIds: [],
    securityGroupIds: [],
  };
  return changedSettings(start, input);
}

/** Settings with what the input changes; each member that is there is checked. */
export function changedSettings(before: Settings, input: Input): Settings {
  checkNumber('timeout', input.Timeout, [1, 900]);
  checkNumber('memorySize', input.MemorySize, [128, 10_240]);
  checkNumber('ephemeralStorage.size', input.EphemeralStorage?.Size, [512, 10_240]);
  checkRole(input.Role);
  checkEnvironment(input.Environment?.Variables);
  refuse(input);
  return { ...before, ...simple(before, input), ...nested(before, input) };
}

function simple(before: Settings, input: Input) {
  return {
    runtime: input.Runtime === undefined ? before.runtime : checkRuntime(input.Runtime),
    handler: input.Handler ?? before.handler,
    role: input.Role ?? before.role,
    description: input.Description ?? before.description,
    timeout: input.Timeout ?? before.timeout,
    memorySize: input.MemorySize ?? before.memorySize,
    layers: input.Layers ?? before.layers,
  };
}

function nested(before: Settings, input: Input) {
  const { VpcConfig: vpc, DeadLetterConfig: deadLetters, KMSKeyArn: key } = input;
  return {
    environment: input.Environment ? (input.Environment.Variables ?? {}) : before.environment,
    ephemeralStorage: input.EphemeralStorage
      ? { Size: input.EphemeralStorage.Size ?? 512 }
      : before.ephemeralStorage,
    tracing: input.TracingConfig?.Mode ?? before.tracing,
    logging: { ...before.logging, ...loggingOf(input) },
    deadLetterArn: deadLetters ? deadLetters.TargetArn || undefined : before.deadLetterArn,
    kmsKeyArn: key === undefined ? before.kmsKeyArn : key || undefined,
    subnetIds: vpc?.SubnetIds ?? before.subnetIds,
    securityGroupIds: vpc?.SecurityGroupIds ?? before.securityGroupIds,
  };
}

/** JSON is filtered by level, INFO unless told; text is not. */
function loggingOf({ LoggingConfig: given }: Input): Partial<Settings['logging']> {
  if (!given) return {};
  const { LogFormat, LogGroup, ApplicationLogLevel, SystemLogLevel } = given;
  if (LogFormat !== 'JSON' && (ApplicationLogLevel ?? SystemLogLevel) !== undefined)
    // Text unverified.
    throw invalid('ApplicationLogLevel and SystemLogLevel can only be set with LogFormat JSON.');
  return {
    ...(LogGroup === undefined ? {} : { LogGroup }),
    ...(LogFormat === 'JSON'
      ? {
          LogFormat,
          ApplicationLogLevel: ApplicationLogLevel ?? 'INFO',
          SystemLogLevel: SystemLogLevel ?? 'INFO',
        }
      : { LogFormat: 'Text', ApplicationLogLevel: undefined, SystemLogLevel: undefined }),
  } as Partial<Settings['logging']>;
}

function checkNumber(member: string, value: number | undefined, [from, to]: [number, number]) {
  if (value === undefined || (value >= from && value <= to)) return;
  const bound = value < from ? `greater than or equal to ${from}` : `less than or equal to ${to}`;
  throw constraint(member, value, `Member must have value ${bound}`);
}

function checkRole(role: string | undefined): void {
  if (role !== undefined && !/^arn:aws[\w-]*:iam::\d{12}:role\/?[\w+=,.@/-]+$/.test(role))
    throw constraint(
      'role',
      role,
      String.raw`Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+`,
    );
}

const reserved =
  /^(_HANDLER|_X_AMZN_TRACE_ID|AWS_(DEFAULT_REGION|REGION|EXECUTION_ENV|ACCESS_KEY|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|LAMBDA_(FUNCTION_NAME|FUNCTION_MEMORY_SIZE|FUNCTION_VERSION|INITIALIZATION_TYPE|LOG_GROUP_NAME|LOG_STREAM_NAME|RUNTIME_API))|LAMBDA_(TASK_ROOT|RUNTIME_DIR))$/;

function checkEnvironment(variables: Record<string, string> = {}): void {
  const taken = Object.keys(variables).filter((name) => reserved.test(name));
  if (taken.length > 0)
    throw invalid(
      `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${taken.join(', ')}`,
    );
  const text = JSON.stringify(variables);
  if (Buffer.byteLength(text) > 4096)
    throw invalid(
      `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: ${text}`,
    );
}

/** What would change how a function runs and is not there. */
function refuse(input: Input): void {
  const names = ['FileSystemConfigs', 'ImageConfig', 'CapacityProviderConfig', 'DurableConfig'] as const;
  for (const name of names) {
    const value = input[name];
    if (value !== undefined && Object.keys(value).length > 0)
      throw invalid(`${name} is not emulated.`);
  }
  if (input.SnapStart?.ApplyOn !== undefined && input.SnapStart.ApplyOn !== 'None')
    throw invalid('SnapStart is not emulated.');
  if ((input.Layers?.length ?? 0) > 5) throw invalid('Cannot reference more than 5 layers.');
}
