import type { TaggingCall } from './state';

/** A resource as its ARN names it. */
export interface Target {
  arn: string;
  accountId: string;
  /** What follows the account: `security-group/sg-…`. */
  path: string;
}

/** How one service is told to tag and untag, with the caller's own rights there. */
export interface Tagger {
  tag(call: TaggingCall, target: Target, tags: Record<string, string>): Promise<unknown>;
  untag(call: TaggingCall, target: Target, keys: string[]): Promise<unknown>;
}
