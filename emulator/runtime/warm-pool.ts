import { afterWallTime } from '../clock/wall';

/** Something started once and used by one task at a time, such as an execution environment. */
export interface Warm {
  readonly isAlive: boolean;
  end(): void;
}

interface Member<T> {
  key: string;
  value: T;
  isBusy: boolean;
  stopReaping: () => void;
}

/**
 * Keeps what is slow to start alive between uses. At most `limit` live at once: the one that has
 * been idle longest makes room, and when all are busy a task waits for its turn.
 */
export class WarmPool<T extends Warm> {
  private readonly limit: number;
  private readonly idleMs: number;
  private readonly members = new Set<Member<T>>();
  private readonly waiting: (() => void)[] = [];

  constructor({ limit, idleMs }: { limit: number; idleMs: number }) {
    this.limit = limit;
    this.idleMs = idleMs;
  }

  /**
   * Runs a task with the idle member of this key, or with a new one. A task that another task
   * waits for (`isUrgent`) does not wait for room, because that could be for ever.
   */
  async use<R>(
    request: { key: string; isUrgent: boolean; start: () => Promise<T> },
    task: (value: T) => Promise<R>,
  ): Promise<R> {
    const member = await this.take(request);
    try {
      return await task(member.value);
    } finally {
      this.giveBack(member);
    }
  }

  /** Ends the members of the keys that `matches` names: idle ones now, busy ones after their task. */
  retire(matches: (key: string) => boolean): void {
    for (const member of this.members) {
      if (!matches(member.key)) continue;
      if (member.isBusy) member.key = '';
      else this.drop(member);
    }
  }

  close(): void {
    for (const member of this.members) this.drop(member);
  }

  private async take(request: {
    key: string;
    isUrgent: boolean;
    start: () => Promise<T>;
  }): Promise<Member<T>> {
    for (;;) {
      const idle = this.idleOf(request.key);
      if (idle) return occupied(idle);
      if (request.isUrgent || this.hasRoom()) break;
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    const member = { key: request.key, isBusy: true, stopReaping: () => {} };
    const starting = { ...member, value: { isAlive: true, end: () => {} } as T };
    // The place is taken while it starts.
    this.members.add(starting);
    try {
      starting.value = await request.start();
      return starting;
    } catch (error) {
      this.drop(starting);
      throw error;
    }
  }

  private idleOf(key: string): Member<T> | undefined {
    for (const member of this.members) {
      if (member.isBusy || member.key !== key) continue;
      if (member.value.isAlive) return member;
      this.drop(member);
    }
    return undefined;
  }

  private hasRoom(): boolean {
    if (this.members.size < this.limit) return true;
    // The set is in order of last use.
    const oldest = [...this.members].find(({ isBusy }) => !isBusy);
    if (oldest) this.drop(oldest);
    return oldest !== undefined;
  }

  private giveBack(member: Member<T>): void {
    member.isBusy = false;
    this.members.delete(member);
    this.members.add(member);
    if (member.key === '' || !member.value.isAlive) this.drop(member);
    else member.stopReaping = afterWallTime(this.idleMs, () => this.drop(member));
    this.waiting.shift()?.();
  }

  private drop(member: Member<T>): void {
    member.stopReaping();
    this.members.delete(member);
    member.value.end();
    this.waiting.shift()?.();
  }
}

function occupied<T>(member: Member<T>): Member<T> {
  member.stopReaping();
  member.isBusy = true;
  return member;
}
