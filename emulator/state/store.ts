/** A timer as it lies in the state file. */
export interface StoredTimer {
  at: number;
  name: string;
  /** Region of the call that set it; a global service keeps it here only. */
  region?: string;
  payload?: unknown;
}

/** State of one service in one account and Region, with its timers. */
export interface Store {
  accountId: string;
  /** `global` for services that keep one state an account. */
  region: string;
  service: string;
  state: unknown;
  timers: Map<string, StoredTimer>;
  /** Regions for which `seed` has run. */
  seeded: Set<string>;
  dirty: boolean;
}

/** What a store is called in the manifest and by timers: `000000000000/us-east-1/ssm`. */
export const storeKey = (accountId: string, region: string, service: string): string =>
  `${accountId}/${region}/${service}`;
