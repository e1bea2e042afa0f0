import { type Child, type ChildOptions, startChild } from './child';

/** The processes of one emulator that are alive. */
export class Processes {
  private readonly alive = new Set<Child>();

  start(options: ChildOptions): Child {
    const child = startChild(options);
    this.alive.add(child);
    void child.exited.then(() => this.alive.delete(child));
    return child;
  }

  /** Until those that are alive now have ended. */
  async ended(): Promise<void> {
    await Promise.all([...this.alive].map(({ exited }) => exited));
  }

  kill(): void {
    for (const child of this.alive) child.kill();
  }
}
