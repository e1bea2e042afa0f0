import {
  type Architecture,
  LogFormat,
  TracingMode,
  type UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda';
import { checkOneOf, checkRange, constraint, invalid, violated } from './errors';

export type SettingsInput = Omit<UpdateFunctionConfigurationRequest, 'FunctionName' | 'RevisionId'>;

/** Each member that is there must be one that AWS takes, and that is emulated. */
export function checkSettings(input: SettingsInput): void {
  checkRange(input.Timeout, 'timeout', [1, 900]);
  checkRange(input.MemorySize, 'memorySize', [128, 10_240]);
  checkRange(input.EphemeralStorage?.Size, 'ephemeralStorage.size', [512, 10_240]);
  checkOneOf(input.TracingConfig?.Mode, 'tracingConfig.mode', TracingMode);
  checkOneOf(input.LoggingConfig?.LogFormat, 'loggingConfig.logFormat', LogFormat);
  checkRole(input.Role);
  checkEnvironment(input.Environment?.Variables);
  checkLogging(input);
  checkEmulated(input);
  if ((input.Layers?.length ?? 0) > 5) throw invalid('Cannot reference more than 5 layers.');
}

/** One, of those that there are. */
export function checkArchitectures(given: Architecture[] | undefined): typeof given {
  const all = `[${given?.join(', ')}]`;
  if (given?.some((each) => each !== 'x86_64' && each !== 'arm64'))
    throw constraint(
      all,
      'architectures',
      'satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must not be null]',
    );
  if (given && given.length > 1)
    throw constraint(all, 'architectures', 'have length less than or equal to 1');
  if (given?.length === 0)
    throw constraint(all, 'architectures', 'have length greater than or equal to 1');
  return given;
}

function checkRole(role: string | undefined): void {
  if (role !== undefined && !/^arn:aws[\w-]*:iam::\d{12}:role\/?[\w+=,.@/-]+$/.test(role))
    throw constraint(
      role,
      'role',
      String.raw`satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+`,
    );
}

const reserved =
  /^(_HANDLER|_X_AMZN_TRACE_ID|AWS_(DEFAULT_REGION|REGION|EXECUTION_ENV|ACCESS_KEY|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|LAMBDA_(FUNCTION_NAME|FUNCTION_MEMORY_SIZE|FUNCTION_VERSION|INITIALIZATION_TYPE|LOG_GROUP_NAME|LOG_STREAM_NAME|RUNTIME_API))|LAMBDA_(TASK_ROOT|RUNTIME_DIR))$/;

function checkEnvironment(variables: Record<string, string> = {}): void {
  const names = Object.keys(variables);
  if (names.some((name) => !/^[a-z]\w+$/i.test(name)))
    throw violated(
      `{${names.map((name) => `${name}=${variables[name]}`).join(', ')}}`,
      'environment.variables',
      'Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]',
    );
  const taken = names.filter((name) => reserved.test(name));
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
function checkEmulated(input: SettingsInput): void {
  const names = [
    'FileSystemConfigs',
    'ImageConfig',
    'CapacityProviderConfig',
    'DurableConfig',
    'TenancyConfig',
  ];
  const wanted = names.find((name) => isSet((input as Record<string, unknown>)[name]));
  if (wanted !== undefined) throw invalid(`${wanted} is not emulated.`);
  if (![undefined, 'None'].includes(input.SnapStart?.ApplyOn))
    throw invalid('SnapStart is not emulated.');
}

const isSet = (value: unknown): boolean => Object.keys(value ?? {}).length > 0;

function checkLogging({ LoggingConfig: given }: SettingsInput): void {
  if (given?.LogFormat === 'JSON') return;
  if ((given?.ApplicationLogLevel ?? given?.SystemLogLevel) !== undefined)
    // Text unverified.
    throw invalid('ApplicationLogLevel and SystemLogLevel can only be set with LogFormat JSON.');
}
