import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import type { Duplex, Readable } from 'node:stream';
import { afterWallTime } from '../clock/wall';

/** What is started, and who hears of it. */
export interface ChildOptions {
  program: string;
  words: string[];
  folder: string;
  /** All that the child sees of an environment; nothing of this process's own is added. */
  env: Record<string, string>;
  /** Text for standard input, which is empty without it. */
  input?: string | undefined;
  onOutput: (chunk: string, stream: 'stdout' | 'stderr') => void;
  /** One JSON value that the child wrote on file descriptor 4. */
  onFrame?: (frame: Record<string, unknown>) => void;
}

/** How a child ended; `failure` when it could not even be started. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
  failure?: Error;
}

export interface Child {
  readonly pid: number | undefined;
  /** Writes one JSON value to the child's file descriptor 3. */
  send(frame: unknown): void;
  /** Ends it and all that it started, at once. */
  kill(): void;
  readonly exited: Promise<Exit>;
}

/** 0 to 2 as usual; 3 frames to the child, 4 frames from it, 5 the life line that it watches. */
const stdio = (input: string | undefined): StdioOptions => [
  input === undefined ? 'ignore' : 'pipe',
  ...(['pipe', 'pipe', 'pipe', 'pipe', 'pipe'] as const),
];

/** How long output of a child that has ended may still be on its way. */
const lastOutputMs = 500;

/** Starts a process in a group of its own, so that what it starts ends with it. */
export function startChild(options: ChildOptions): Child {
  const { program, words, folder: cwd, env, input } = options;
  const child = spawn(program, words, { cwd, env, stdio: stdio(input), detached: true });
  for (const stream of child.stdio) stream?.on('error', ignoreClosedPipe);
  child.stdin?.end(input);
  for (const name of ['stdout', 'stderr'] as const)
    child[name]?.setEncoding('utf8').on('data', (chunk: string) => options.onOutput(chunk, name));
  readFrames(child, options.onFrame);
  const [, , , frames] = child.stdio;
  return {
    pid: child.pid,
    send: (frame) => void (frames as Duplex | null)?.write(`${JSON.stringify(frame)}\n`),
    kill: () => killGroup(child),
    exited: exitOf(child),
  };
}

/** The child may be gone while something is written to it; how it went is told by its exit. */
const ignoreClosedPipe = (): void => undefined;

function readFrames(child: ChildProcess, onFrame: ChildOptions['onFrame']): void {
  let rest = '';
  (child.stdio[4] as Readable | null)?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onFrame?.(JSON.parse(line) as Record<string, unknown>);
  });
}

function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('error', (failure) => resolve({ code: null, signal: null, failure }));
    child.once('exit', (code, signal) => {
      killGroup(child);
      const finish = () => {
        for (const stream of child.stdio) stream?.destroy();
        resolve({ code, signal });
      };
      // A process that left the group would keep the streams open.
      const giveUp = afterWallTime(lastOutputMs, finish);
      child.once('close', () => {
        giveUp();
        finish();
      });
    });
  });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group is gone, or this machine has no groups.
    child.kill('SIGKILL');
  }
}
