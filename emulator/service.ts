import type { AwsEvent, Call } from './call';
import type { Change } from './changes/change';
import type { Resource } from './changes/resource';
import type { Recorded } from './history/recorded';
import type { Caller, Principal } from './principal';
import type { Visitor } from './steps/receive';
import type { WireRequest, WireResponse } from './wire';

// The aggregated client's callback overload names both ends of each operation.
type Method<I, O> = (input: I, options: never, done: (error: never, output?: O) => void) => void;

type Handler<M, S> =
  M extends Method<infer I, infer O>
    ? (
        input: I,
        call: Call<S>,
      ) =>
        Omit<O, '$metadata'> | undefined | void | Promise<Omit<O, '$metadata'> | undefined | void>
    : never;

/** Handlers of a service, both ends typed by the SDK: a wrong operation or member does not compile. */
export type Handlers<Client, S> = {
  [K in keyof Client as K extends string ? Capitalize<K> : never]?: Handler<Client[K], S>;
};

type Requirement<M, S> =
  M extends Method<infer I, infer _O>
    ? (input: I, call: Call<S>) => Permission | Permission[]
    : never;

/** What each operation asks of IAM; an operation that is not listed asks `<prefix>:<Operation>` on `*`. */
export type Requirements<Client, S> = {
  [K in keyof Client as K extends string ? Capitalize<K> : never]?: Requirement<Client[K], S>;
};

/** One action on some resources. `aws:ResourceTag/…` is filled in from the resource view. */
export interface Permission {
  action: string;
  resources: string[];
  /** How a refusal names the resource, where AWS repeats what the caller wrote. */
  named?: string | undefined;
  /** Further condition keys with their values, `{ 'iam:PassedToService': 'ssm.amazonaws.com' }`. */
  context?: Record<string, string | string[]>;
}

/** What decides about a principal besides the resource: JSON documents and tags. */
export interface Identity {
  policies: string[];
  boundary?: string;
  tags: Record<string, string>;
  /** Value of `aws:userid`: `AIDA…`, or `AROA…:session`. */
  userId?: string;
}

/** An account's place in an organization and the policies attached above it, level by level. */
export interface Membership {
  organizationId: string;
  /** `o-…/r-…/ou-…/`, as `aws:PrincipalOrgPaths` has it. */
  path: string;
  /** Absent for the management account and while the type of policy is not enabled. */
  serviceControls?: string[][] | undefined;
  resourceControls?: string[][] | undefined;
}

/** One emulated service. Its folder is named as its SDK package and found by discovery. */
export interface ServiceDefinition<Client, S> {
  /** The SDK's aggregated client class: model, protocol and types come from its package. */
  client: new (configuration: never) => Client;
  /** State of one account and Region: plain objects, Maps, Sets, Dates and Uint8Arrays. */
  createState: () => S;
  handlers: Handlers<Client, S>;
  /** Operations whose settings are kept and shown and change nothing else here. */
  stored?: readonly string[];
  /** True for services that keep one state an account (iam, s3, sts). */
  global?: boolean;
  /** Puts there what a fresh account has (default VPC, bootstrap bucket); runs once per account and Region. */
  seed?: (call: Call<S>) => void;
  permissions?: Requirements<Client, S>;
  /** Resource policy (a JSON document) of one of this service's resources. */
  resourcePolicy?: (arn: string, call: Call<S>) => string | undefined;
  /** True where handlers know what a repeated token means: it names a version (secrets-manager). */
  ownTokens?: boolean;
  /** True where a resource policy decides about the account's root, too (kms). */
  bindsRoot?: boolean;
  /** What an account's organization says of it; only organizations answers. */
  membership?: (accountId: string, call: Call<S>) => Membership | undefined;
  /** What IAM knows of a principal of the call's account; only iam answers. */
  identity?: (principal: Principal, call: Call<S>) => Identity;
  /** Whose access key this is in the call's account: iam knows its users', sts its sessions'. */
  principalOf?: (accessKeyId: string, call: Call<S>) => Caller | undefined;
  /** What this service shows of its resources in the call's account and Region. */
  view?: (call: Call<S>) => Resource[];
  /** Called for each change of a resource in an account and Region where this service has state. */
  onChange?: (change: Change, call: Call<S>) => void | Promise<void>;
  /** Called for each event that AWS sends to the default bus of a place where this service has state. */
  onEvent?: (event: AwsEvent, call: Call<S>) => void | Promise<void>;
  /** Called for each management call of an account in which this service has state; see `audits`. */
  onCall?: (recorded: Recorded, call: Call<S>) => void | Promise<void>;
  /** Answers requests under the `paths` of its service.json, which are no API calls. */
  receive?: (
    request: WireRequest,
    call: Call<S>,
    visitor: Visitor,
  ) => WireResponse | Promise<WireResponse>;
  /** What to do when a timer of this name is due. */
  timers?: Record<string, (payload: never, call: Call<S>) => void | Promise<void>>;
}

/** A service with its types erased, as the core holds it. */
export type AnyService = ServiceDefinition<unknown, unknown>;

/**
 * Declares a service; the default export of `services/<sdk-name>/index.ts`.
 *
 * Beside it lies `service.json`, which the core reads at start instead of loading the service:
 * `signingName` (SigV4 scope), `target` (X-Amz-Target prefix, JSON protocols), `cloudformation`
 * (type prefixes such as `AWS::Config`), `iam` (action prefix, when not the signing name), `arn`
 * (service part of ARNs, when not the signing name), `listens` (the kinds of changes that
 * `onChange` wants, or `true` for all), `hears` (the sources of events that `onEvent` wants),
 * `audits` (has `onCall`), `paths` (what `receive` answers).
 */
export const defineService = <Client, S>(
  definition: ServiceDefinition<Client, S>,
): ServiceDefinition<Client, S> => definition;
