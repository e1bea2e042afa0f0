import {
  LogFormat,
  TracingMode,
  type UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda';
import { checkOneOf, constraint, invalid } from './errors';

export type SettingsInput = Omit<UpdateFunctionConfigurationRequest, 'FunctionName' | 'RevisionId'>;

/** Each member that is there must be one that AWS takes, and that is emulated. */
export function checkSettings(input: SettingsInput): void {
  checkNumber('timeout', input.Timeout, [1, 900]);
  checkNumber('memorySize', input.MemorySize, [128, 10_240]);
  checkNumber('ephemeralStorage.size', input.EphemeralStorage?.Size, [512, 10_240]);
  checkOneOf('tracingConfig.mode', input.TracingConfig?.Mode, TracingMode);
  checkOneOf('loggingConfig.logFormat', input.LoggingConfig?.LogFormat, LogFormat);
  checkRole(input.Role);
  checkEnvironment(input.Environment?.Variables);
  checkLogging(input);
  checkEmulated(input);
  if ((input.Layers?.length ?? 0) > 5) throw invalid('Cannot reference more than 5 layers.');
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
  const names = Object.keys(variables);
  if (names.some((name) => !/^[a-z]\w+$/i.test(name)))
    throw constraint(
      'environment.variables',
      `{${names.map((name) => `${name}=${variables[name]}`).join(', ')}}`,
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
