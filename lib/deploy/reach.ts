import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { LearnerError } from '../errors';
import { hasCode, readText } from '../files';
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
  let isClosed = false;

  async function call(waiting: Waiting, fit: Greeting[]): Promise<DeployerLine | undefined> {
    line = lineOver(connect(waiting.port, '127.0.0.1'));
    if (!(await greets(line, waiting.token, fit))) return undefined;
    // Not before: the number in a record may be another process's by now.
    ({ pid } = waiting);
    return line;
  }

  async function start(): Promise<DeployerLine> {
    if (isClosed) throw endedEarly();
    child = startChild(target, mayWait);
    const started = await call(await firstWord(child), ['ready', 'outdated']);
    if (!started) throw endedEarly();
    letGo(child);
    return started;
  }

  async function reach(): Promise<DeployerLine> {
    const waiting = mayWait ? takeWaiting() : undefined;
    return (waiting && (await call(waiting, ['ready']))) ?? (await start());
  }

  return {
    line: reach(),
    close(isIdle) {
      isClosed = true;
      line?.hangUp();
      if (child) letGo(child);
      if (!mayWait || !isIdle) endProcess(pid ?? child?.pid);
    },
  };
}

/** With the last words of the deployer that was started last. */
export const endedEarly = (): Error =>
  new LearnerError('DEPLOYER_ENDED', [(readText(logFile()) ?? '').trim()]);

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

/** `outdated` is one whose program's files are newer; of one that was just started their times say nothing. */
type Greeting = 'ready' | 'outdated';

/** A deployer that is idle answers at once; one that hangs, or a stranger at its port, never does. */
const patienceMs = 3000;

/** Says hello, and hangs up when the answer is not a fit one. */
async function greets(line: DeployerLine, token: string, fit: Greeting[]): Promise<boolean> {
  const timer = setTimeout(() => line.hangUp(), patienceMs);
  const answered = new Promise<boolean>((done) => {
    line.hear(({ type }) => done(fit.some((greeting) => greeting === type)));
    void line.ended.then(() => done(false));
  });
  line.tell({ type: 'hello', token });
  const isFit = await answered;
  clearTimeout(timer);
  if (!isFit) line.hangUp();
  return isFit;
}

/** One that has ended by itself is no error. */
function endProcess(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, 'SIGTERM');
  } catch (error) {
    if (!hasCode(error, 'ESRCH')) throw error;
  }
}
