import type { Call } from '../call';
import type { Change } from '../changes/change';
import type { Caller } from '../principal';
import type { LoadedService } from '../services';
import type { Operation, WireRequest } from '../wire';

/** What is known of one request; each step fills in its part. */
export interface Exchange {
  request: WireRequest;
  requestId: string;
  service?: LoadedService;
  region?: string;
  caller?: Caller;
  operation?: Operation;
  input?: Record<string, unknown>;
  call?: Call;
  output?: Record<string, unknown>;
  /** The changes of resources that the call has announced so far. */
  announced?: () => Change[];
  /** It came from a service of this emulator, not from a client. */
  isInside?: boolean;
  /** The connection is cut after the request was carried out. */
  isAnswerLost?: boolean;
  /** Lets the changes that the call announced reach their listeners. */
  finish?: () => void;
}

/** The part of an exchange that the steps after decoding rely on. */
export type Decoded = Exchange &
  Required<Pick<Exchange, 'service' | 'region' | 'caller' | 'operation' | 'input' | 'call'>>;
