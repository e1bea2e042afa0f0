/** `[group, item]`, or `[group, null, n]`: the n oldest of the group are gone. */
export type LogEntry = [group: string, item: unknown, dropped?: number];

/** Where a log comes from and how much of it is kept. */
interface LogOptions {
  /** What lies on disk, oldest first; undefined for a log that is never written. */
  read: (() => LogEntry[]) | undefined;
  /** A log that keeps only its newest entries, over all groups together. */
  cap?: number | undefined;
  /** What is to be written with the next flush. */
  pending?: LogEntry[] | undefined;
}

/**
 * A list that only grows at its end, such as a stack's events, by groups. Each item is written to
 * disk once, however long the list is, and must not be changed after it was appended.
 */
export class Log<T = unknown> {
  readonly cap: number;
  private readonly read: LogOptions['read'];
  private groups: Map<string, T[]> | undefined;
  private size = 0;
  private pending: LogEntry[];
  private writing: LogEntry[] = [];

  constructor({ read, cap = Infinity, pending = [] }: LogOptions) {
    this.read = read;
    this.cap = cap;
    this.pending = pending;
    if (!read) this.groups = new Map();
  }

  append(group: string, item: T): void {
    this.add([group, item]);
  }

  /** Oldest first. Reads the disk the first time. */
  of(group: string): readonly T[] {
    return this.loaded().get(group) ?? [];
  }

  /** Forgets a group, or all of it but the newest so many. */
  drop(group: string, keep = 0): void {
    const surplus = this.of(group).length - keep;
    if (surplus > 0) this.add([group, null, surplus]);
  }

  /** What a flush has to write; `written` or `failed` tells how that went. */
  take(): LogEntry[] {
    this.writing = this.pending;
    this.pending = [];
    return this.writing;
  }

  written(): void {
    this.writing = [];
  }

  failed(): void {
    this.pending = [...this.writing, ...this.pending];
    this.writing = [];
  }

  get isDirty(): boolean {
    return this.pending.length > 0;
  }

  private add(entry: LogEntry): void {
    if (this.read) this.pending.push(entry);
    if (this.groups) this.put(this.groups, entry);
  }

  private loaded(): Map<string, T[]> {
    if (this.groups) return this.groups;
    const groups = new Map<string, T[]>();
    const entries = [...(this.read?.() ?? []), ...this.writing, ...this.pending];
    for (const entry of entries) this.put(groups, entry);
    this.groups = groups;
    return groups;
  }

  private put(groups: Map<string, T[]>, [group, item, dropped]: LogEntry): void {
    const items = groups.get(group) ?? [];
    if (dropped !== undefined) items.splice(0, dropped);
    else items.push(item as T);
    this.size += dropped === undefined ? 1 : -dropped;
    if (items.length === 0) groups.delete(group);
    else groups.set(group, items);
    // In strides, because shifting a long list by one each time costs more than it frees.
    if (this.size > 2 * this.cap) this.shed(groups);
  }

  private shed(groups: Map<string, T[]>): void {
    for (const [group, items] of groups) {
      const surplus = Math.min(Math.ceil(this.size - this.cap), items.length);
      items.splice(0, surplus);
      this.size -= surplus;
      if (items.length === 0) groups.delete(group);
    }
  }
}
