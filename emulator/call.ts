import type { Change } from './changes/change';
import type { ResourceIndex } from './changes/resource';
import type { ResourceProvider } from './cloudformation/provider';
import type { Recorded } from './history/recorded';
import type { Caller, Principal } from './principal';
import type { Runtime } from './runtime';
import type { Log } from './state/log';
import type { Membership } from './service';

/** What a handler, a timer or a change listener of one service knows about the moment it runs in. */
export interface Call<S = unknown> {
  /** Folder name of the service, `config-service`. */
  readonly service: string;
  /** Operation name, `PutConfigRule`; a timer's or listener's own name otherwise. */
  readonly operation: string;
  readonly accountId: string;
  readonly region: string;
  readonly requestId: string;
  readonly principal: Principal;
  readonly sourceArn: string | undefined;
  /** The service that passed the caller's request on, `s3.amazonaws.com`. */
  readonly via: string | undefined;

  /** This service's state in this account and Region (per account for a global service). */
  readonly state: S;
  /** This service's state elsewhere: made when absent. */
  readonly stateOf: (accountId: string, region: string) => S;
  /** This call as if it were one there, with that place's state, timers and listeners. */
  readonly elsewhere: (accountId: string, region: string) => Call<S>;
  /** This service's state in every account and Region that has one. */
  readonly states: () => { accountId: string; region: string; state: S }[];
  /**
   * A list of this service in this account and Region that only grows at its end, by groups: each
   * item is written to disk once. With a `cap` only so many of the newest entries are kept.
   */
  readonly log: <T>(name: string, cap?: number) => Log<T>;
  /** The account's management calls in this Region, newest first; the newest ten thousand at least. */
  readonly history: () => Iterable<Recorded>;
  /** Marks the state as changed, for reads (Get, List, Describe, …) that change it all the same. */
  readonly touch: () => void;

  /** Simulated time. Nothing under `emulator/` asks the wall clock. */
  readonly now: () => Date;
  /** `arn('rule/x')` → `arn:aws:<service>:<region>:<account>:rule/x`, with the ARN's own service name. */
  readonly arn: (resource: string) => string;
  /** Seeded, so that the same calls give the same ids: `hex(17)`, `upper(13)` (A-Z0-9), `uuid()`. */
  readonly random: { hex(length: number): string; upper(length: number): string; uuid(): string };

  /** This account's place in an organization, if it is in one. */
  readonly membership: Membership | undefined;

  /**
   * An SDK client of another service, in process, by folder name: `call.client<EC2>('ec2', caller)`.
   * Same account and Region as this call (or the role's own account); without a caller it acts as
   * this call's principal. Every call goes through the same authorise step as one from outside.
   */
  readonly client: <C>(service: string, as?: Caller & { region?: string }) => C;
  /** Whether a service of that folder name is emulated. */
  readonly offers: (service: string) => boolean;
  /** The service itself (`config.amazonaws.com`) as caller, for a resource of this account. */
  readonly asService: (service: string, sourceArn?: string) => Caller;
  /** This call's own principal, its request passed on by `service` as AWS's forward access sessions do. */
  readonly onBehalf: (service: string) => Caller;
  /** Has `service` assume the role: AWS's AccessDenied when the trust policy does not let it. */
  readonly assume: (roleArn: string, service: string, sessionName?: string) => Promise<Caller>;

  /** What every service shows of its resources in this account and Region. */
  readonly resources: ResourceIndex;
  /** Tells the internal feed that a resource changed; listeners run after this call has answered. */
  readonly announce: (change: Change) => void;
  /** Sends an event that AWS itself sends to the account's default bus. */
  readonly emit: (event: AwsEvent) => void;
  /** Work that goes on after the answer; the simulated clock stands still until it is done. */
  readonly background: (task: () => Promise<void>) => void;

  /** Timers are data in the state: they survive a restart and fire on the simulated clock. */
  readonly timers: {
    set(timer: { name: string; at: Date; payload?: unknown; id?: string }): string;
    cancel(id: string): void;
  };
  /** Parks this request until simulated time has passed. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Parks this request until `wake(key)` or the deadline: a long poll. */
  readonly park: (key: string, deadline: Date) => Promise<'woken' | 'timeout'>;
  readonly wake: (key: string) => void;

  /** Where this emulator is reached from outside, `http://127.0.0.1:4566`; queue URLs start with it. */
  readonly endpoint: string;
  /** Starts processes that run learners' code: handlers, build commands, scripts. */
  readonly runtime: Runtime;
  /** The provider of an emulated CloudFormation type. */
  readonly providers: (type: string) => ResourceProvider | undefined;
  /** Write-once bodies (S3 objects, templates) outside the state's own file, by content hash. */
  readonly blobs: { put(body: Uint8Array): string; get(ref: string): Uint8Array };
}

/** An event as a service hands it over; id, time, account and Region are filled in by the bus. */
export interface AwsEvent {
  source: string;
  detailType: string;
  detail: Record<string, unknown>;
  resources?: string[];
}
