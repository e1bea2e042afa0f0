import { join } from 'node:path';
import type { Core } from '../core';
import type { Child, ChildOptions } from './child';
import { Folders } from './folders';
import { Processes } from './processes';
import { type Ended, runProgram, type Started } from './program';

export type { Child, Exit } from './child';
export { childEnvironment, type SessionCredentials, withAddress } from './environment';
export { findProgram } from './find-program';
export { type Warm, WarmPool } from './warm-pool';

/** What keeps processes and is to end with the emulator, or when its state is forgotten. */
interface Kept {
  close(): void;
}

/**
 * Runs learners' code in processes that end when the emulator does, even by `kill -9`.
 * A service gives a process credentials of a role (AssumeRole) and the variables of
 * `childEnvironment`, and waits for it inside `answering`.
 */
export interface Runtime {
  /** Where a process reaches this emulator; begins to listen on a free port if need be. */
  address(): Promise<string>;
  readonly folders: Folders;
  /** A process that speaks frames: a function's runtime. */
  start(options: ChildOptions): Child;
  /** Runs any other program to its end; `timeoutMs` is wall time. */
  run(options: ChildOptions & { timeoutMs?: number }, started?: Started): Promise<Ended>;
  /**
   * Runs a task that waits for a process with this access key. Requests signed with it are part of
   * the task, so the simulated clock stands still, except while the process only waits for
   * requests that are parked themselves.
   */
  answering<T>(accessKeyId: string, task: () => Promise<T>): Promise<T>;
  /** Whether the present call is made by such a process, and so may not wait for others. */
  isForChild(): boolean;
  /** Calls back when simulated time was moved, and waits for it; calling the answer ends that. */
  onClockMoved(moved: () => Promise<void>): () => void;
  /** One thing of a kind for this emulator, made when first asked for. */
  keep<T extends Kept>(name: string, make: () => T): T;
  /** Tells where the emulator listens; the emulator itself does so. */
  reachAt(address: () => Promise<string>): void;
  /** Ends every process and removes their folders; others may be started afterwards. */
  clear(): void;
  close(): Promise<void>;
}

/** The runtime of one emulator; without a state folder it works in the machine's temporary folder. */
export function createRuntime(core: () => Core, stateFolder: string | undefined): Runtime {
  const processes = new Processes();
  const folders = new Folders(stateFolder);
  const kept = new Map<string, Kept>();
  let reach = (): Promise<string> => Promise.resolve(core().endpoint);
  let address: Promise<string> | undefined;

  function clear(): void {
    for (const keeper of kept.values()) keeper.close();
    processes.kill();
    folders.clear();
  }

  return {
    folders,
    start: (options) => processes.start(options),
    address: () => (address ??= reach()),
    run: (options, started) => runProgram(options, { processes, started }),
    answering: (accessKeyId, task) => core().workload.answering(accessKeyId, task),
    isForChild: () => core().workload.isForChild(),
    onClockMoved: (moved) => core().clock.watch(moved),
    keep<T extends Kept>(name: string, make: () => T): T {
      const found = kept.get(name) ?? make();
      kept.set(name, found);
      return found as T;
    },
    reachAt: (listen) => void (reach = listen),
    clear,
    async close() {
      const ended = processes.ended();
      clear();
      await ended;
    },
  };
}

/** The scripts that run a function. */
export const nodeRuntime = join(__dirname, 'node', 'main.js');
export const pythonRuntime = join(__dirname, 'python', 'main.py');
