import type { STS } from '@aws-sdk/client-sts';
import type { Call } from '../../call';
import type { Principal } from '../../principal';
import type { Handlers } from '../../service';

/** Temporary credentials and whom they stand for. Their expiry is told but not enforced. */
export interface Session {
  accessKeyId: string;
  principal: Principal;
  /** `AROA…:name`, `AIDA…` or the account's id. */
  userId: string;
  sessionPolicies: string[];
  tags: Record<string, string>;
  /** Keys of tags that sessions made from this one have too. */
  transitive?: string[];
  expires: Date;
  createdAt?: Date;
}

/** Sessions by access key id, oldest first; kept in the account that they act in. */
export interface StsState {
  sessions: Map<string, Session>;
}

export const createState = (): StsState => ({ sessions: new Map() });

export type StsHandlers = Handlers<STS, StsState>;
export type StsCall = Call<StsState>;
