import type {
  Architecture,
  DestinationConfig,
  EphemeralStorage,
  FunctionUrlAuthType,
  InvokeMode,
  Lambda,
  LoggingConfig,
  Runtime,
  TracingMode,
} from '@aws-sdk/client-lambda';
import type { Call } from '../../call';
import type { Handlers } from '../../service';
import type { Mapping } from './event-source-mapping/mapping';

/** A deployment package, or a layer's: the zip lies among the blobs. */
export interface Package {
  blob: string;
  /** SHA-256 of the zip, base64. */
  sha256: string;
  size: number;
}

/** All that a published version freezes. */
export interface Settings {
  code: Package;
  runtime: Runtime;
  handler: string;
  role: string;
  description: string;
  timeout: number;
  memorySize: number;
  environment: Record<string, string>;
  /** ARNs of layer versions, lowest first. */
  layers: string[];
  architectures: Architecture[];
  ephemeralStorage: Required<EphemeralStorage>;
  tracing: TracingMode;
  logging: LoggingConfig & { LogFormat: 'JSON' | 'Text'; LogGroup: string };
  /** Queue or topic for events that were never handled; empty without one, as the key. */
  deadLetterArn: string;
  kmsKeyArn: string;
  subnetIds: string[];
  securityGroupIds: string[];
}

/** `$LATEST` or a number. */
export interface Version {
  version: string;
  settings: Settings;
  revisionId: string;
  modifiedAt: Date;
}

export interface Alias {
  name: string;
  version: string;
  description: string;
  /** The second version and its share of invocations, 0 to 1. */
  routing?: { version: string; weight: number };
  revisionId: string;
}

interface Policy {
  statements: Record<string, unknown>[];
  revisionId: string;
}

export interface EventInvokeConfig {
  maximumRetryAttempts?: number | undefined;
  maximumEventAgeInSeconds?: number | undefined;
  destinations: DestinationConfig;
  modifiedAt: Date;
}

export interface UrlConfig {
  id: string;
  authType: FunctionUrlAuthType;
  cors?: Record<string, unknown> | undefined;
  invokeMode: InvokeMode;
  createdAt: Date;
  modifiedAt: Date;
}

export interface LambdaFunction {
  name: string;
  createdAt: Date;
  latest: Version;
  /** Published ones by number, oldest first. */
  versions: Map<string, Version>;
  /** How many were ever published; numbers are never used again. */
  published: number;
  aliases: Map<string, Alias>;
  tags: Record<string, string>;
  /** By qualifier, the function's own under `''`; the same for the two below. */
  policies: Map<string, Policy>;
  eventInvokes: Map<string, EventInvokeConfig>;
  urls: Map<string, UrlConfig>;
  reservedConcurrency?: number | undefined;
}

export interface LayerVersion {
  version: number;
  content: Package;
  description: string;
  createdAt: Date;
  runtimes: Runtime[];
  architectures: Architecture[];
  license?: string | undefined;
  /** Functions that use it go on doing so. */
  isDeleted?: boolean;
}

export interface Layer {
  name: string;
  published: number;
  versions: Map<number, LayerVersion>;
}

/** An event that was accepted and not yet handled. */
export interface QueuedEvent {
  id: string;
  functionName: string;
  qualifier: string | undefined;
  payload: string;
  acceptedAt: Date;
  /** How many attempts failed, throttles aside. */
  attempts: number;
  throttles: number;
  /** How the newest attempt ended. */
  last?: { version: string; payload: string; functionError: string | undefined };
}

export interface LambdaState {
  functions: Map<string, LambdaFunction>;
  layers: Map<string, Layer>;
  events: Map<string, QueuedEvent>;
  mappings: Map<string, Mapping>;
}

export const createState = (): LambdaState => ({
  functions: new Map(),
  layers: new Map(),
  events: new Map(),
  mappings: new Map(),
});

export type LambdaHandlers = Handlers<Lambda, LambdaState>;
export type LambdaCall = Call<LambdaState>;
