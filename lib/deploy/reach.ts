import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { readText } from '../files';
import { labFile, projectRoot } from '../home';
import type { Target } from '../targets/target';
import { childEnvironment } from './environment';
import { type Line, lineOver } from './line';
import type { DeployMessage, Order } from './messages';
import { takeWaiting, type Waiting } from './waiting';

export type DeployerLine = Line<Order, DeployMessage>;

/** A deployer's process, called or started. */
export interface Reached {
  /** Once the CDK is loaded; fails when the process ends before. */
  line: Promise<DeployerLine>;
  /** Leaves an idle process waiting for the next command where it may; ends it otherwise. */
  close(isIdle: boolean): void;
}

/** Calls the deployer that waits for work on the target, or starts one. */
export function reachDeployer(target: Target): Reached {
  // On AWS nothing that can deploy outlives the command that the learner has typed.
  const mayWait = target.name === 'emulator';
  let pid: number | undefined;
  let child: ChildProcess | undefined;
  let line: DeployerLine | undefined;

  async function call(waiting: Waiting): Promise<DeployerLine | undefined> {
    ({ pid } = waiting);
    line = lineOver(connect(waiting.port, '127.0.0.1'));
    return (await isReady(line, waiting.token)) ? line : undefined;
  }

  async function start(): Promise<DeployerLine> {
    child = startChild(target, mayWait);
    ({ pid } = child);
    const started = await call(await firstWord(child));
    if (!started) throw endedEarly();
    letGo(child);
    return started;
  }

  async function reach(): Promise<DeployerLine> {
    const waiting = mayWait ? takeWaiting() : undefined;
    return (waiting && (await call(waiting))) ?? (await start());
  }

  return {
    line: reach(),
    close(isIdle) {
      line?.hangUp();
      if (child) letGo(child);
      if (pid !== undefined && !(mayWait && isIdle)) process.kill(pid, 'SIGTERM');
    },
  };
}

/** With the last words of the deployer that was started last. */
export const endedEarly = (): Error =>
  new Error(`the deployer ended early: ${readText(logFile()) ?? ''}`);

// --- internal ---

const logFile = (): string => labFile('deployer.log');

function startChild(target: Target, mayWait: boolean): ChildProcess {
  mkdirSync(labFile('cdk'), { recursive: true });
  const log = openSync(logFile(), 'w');
  const loader = join(__dirname, '..', 'typescript.js');
  const words = ['-r', loader, join(__dirname, 'child.ts'), ...(mayWait ? ['wait'] : [])];
  const child = spawn(process.execPath, words, {
    cwd: projectRoot,
    detached: mayWait,
    env: childEnvironment(target),
    stdio: ['ignore', 'ignore', log, 'ipc'],
  });
  closeSync(log);
  return child;
}

/** Where the child is to be called; it says so once the CDK is loaded. */
const firstWord = (child: ChildProcess): Promise<Waiting> =>
  new Promise((done, failed) => {
    child.once('message', (waiting: Waiting) => done(waiting));
    child.once('exit', () => failed(endedEarly()));
    child.once('error', failed);
  });

/** Holds this process no longer. */
function letGo(child: ChildProcess): void {
  if (child.connected) child.disconnect();
  child.unref();
}

/** False when nobody answers any more, or one whose program has changed since it was loaded. */
async function isReady(line: DeployerLine, token: string): Promise<boolean> {
  const answered = new Promise<boolean>((done) => {
    line.hear(({ type }) => done(type === 'ready'));
    void line.ended.then(() => done(false));
  });
  line.tell({ type: 'hello', token });
  return await answered;
}
