import { discover } from './discovery';
import type { Value } from './value';
import { table } from '../../../table';

/** An event as a query sees it. */
export interface Source {
  timestamp: number;
  ingestionTime: number;
  message: string;
  logStream: string;
  /** `account:group`. */
  log: string;
  /** Names the event for GetLogRecord. */
  pointer: () => string;
}

/** A row that goes through the commands: fields of an event, and those that commands add. */
export class Row {
  private readonly source: Source | undefined;
  private readonly added = new Map<string, Value>();
  private discovered: Record<string, Value> | undefined;

  constructor(source?: Source) {
    this.source = source;
  }

  get(name: string): Value {
    if (this.added.has(name)) return this.added.get(name);
    if (!this.source) return undefined;
    const own = Object.hasOwn(ownFields, name) ? ownFields[name] : undefined;
    if (own) return own(this.source);
    this.discovered ??= discover(this.source.message);
    return this.discovered[name];
  }

  set(name: string, value: Value): void {
    this.added.set(name, value);
  }

  /** Names and values of all that is known of the event. */
  all(): Record<string, Value> {
    const { source } = this;
    if (!source) return {};
    this.discovered ??= discover(source.message);
    const own = Object.entries(ownFields).map(([name, read]) => [name, read?.(source)] as const);
    return { ...Object.fromEntries(own), ...this.discovered };
  }
}

const ownFields: Partial<Record<string, (source: Source) => Value>> = table({
  '@timestamp': ({ timestamp }) => new Date(timestamp),
  '@ingestionTime': ({ ingestionTime }) => new Date(ingestionTime),
  '@message': ({ message }) => message,
  '@logStream': ({ logStream }) => logStream,
  '@log': ({ log }) => log,
  '@ptr': ({ pointer }) => pointer(),
});
