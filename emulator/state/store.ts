import { decodeState, encodeState } from './codec';
import { Log, type LogEntry } from './log';
import { migrate, stateFormat } from './migrations';

/** A timer as it lies in the state file. */
export interface StoredTimer {
  at: number;
  name: string;
  /** Region of the call that set it; a global service keeps it here only. */
  region?: string;
  payload?: unknown;
}

/** What of a store is in its own file. */
interface Stored {
  accountId: string;
  /** `global` for services that keep one state an account. */
  region: string;
  service: string;
  state: unknown;
  timers: Map<string, StoredTimer>;
  /** Regions for which `seed` has run. */
  seeded: Set<string>;
}

/** State of one service in one account and Region, with its timers and logs. */
export interface Store extends Stored {
  /** Lists that only grow, in files of their own. */
  logs: Map<string, Log>;
  dirty: boolean;
}

/** What a store is called in the manifest and by timers: `000000000000/us-east-1/ssm`. */
export const storeKey = (accountId: string, region: string, service: string): string =>
  `${accountId}/${region}/${service}`;

export const keyOf = ({ accountId, region, service }: Store): string =>
  storeKey(accountId, region, service);

/** A store as its file has it. */
export function storeFileText({ logs: _own, dirty: _moment, ...store }: Store): string {
  return encodeState({ format: stateFormat, store });
}

/** Reads a store's file, of this format or an earlier one; `read` finds a log's earlier entries. */
export function readStoreFile(text: string, read: (name: string) => () => LogEntry[]): Store {
  const content = migrate(decodeState(text) as Record<string, unknown>);
  const { logs = {}, ...store } = content['store'] as Stored & {
    /** Entries that a migration has found elsewhere. */
    logs?: Record<string, LogEntry[]>;
  };
  const opened = Object.entries(logs).map(([name, pending]): [string, Log] => [
    name,
    new Log({ read: read(name), pending }),
  ]);
  return { ...store, logs: new Map(opened), dirty: opened.length > 0 };
}
