import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LearnerError } from '../errors';
import { readJson, readText } from '../files';
import { homeFolder, labFile, projectRoot } from '../home';
import { isAlive } from '../process';
import { healthOf, type Health } from './control';
import { exclusively } from './lock';

/** An emulator that answers, and that belongs to this home folder. */
export interface Running {
  port: number;
  health: Health;
}

interface Recorded {
  pid: number;
  port: number;
}

export const logFile = (): string => labFile('emulator.log');
const recordFile = (): string => labFile('emulator.json');

/** The port of a fresh emulator: DOP_LABS_PORT, or 4566; with 0 the system chooses one. */
function wantedPort(): number {
  const named = process.env['DOP_LABS_PORT'] || '4566';
  if (!/^\d{1,5}$/.test(named) || Number(named) > 65_535) {
    throw new LearnerError('PORT_INVALID', [named]);
  }
  return Number(named);
}

/** The emulator that has left this record, if it runs: this home folder's unless told. */
export async function findEmulator(file = recordFile()): Promise<Running | undefined> {
  const recorded = readRecord(file);
  if (recorded) {
    const health = await healthOf(recorded.port);
    if (typeof health === 'object' && health.pid === recorded.pid)
      return { port: recorded.port, health };
  }
  return undefined;
}

/** This folder's emulator, started when it does not run yet. */
export const ensureEmulator = async (onStart: () => void = () => undefined): Promise<Running> =>
  (await findEmulator()) ?? (await exclusively(() => startEmulator(onStart)));

async function startEmulator(onStart: () => void): Promise<Running> {
  // Another command may have started it while this one waited for its turn.
  const found = await findEmulator();
  if (found) return found;
  await refuseTakenPort(wantedPort());
  onStart();
  await startProcess();
  const started = await findEmulator();
  if (!started) throw new LearnerError('EMULATOR_DID_NOT_START', [lastWords()]);
  return started;
}

/**
 * Asks the emulator to write its state and end; by force when it does not within ten seconds. It
 * deletes its record last, which is seen sooner than the end of a process that nobody reaps.
 */
export async function stopEmulator(running: Running): Promise<void> {
  const { pid } = running.health;
  process.kill(pid, 'SIGTERM');
  const isServing = () => existsSync(recordFile()) && isAlive(pid);
  for (let tries = 0; tries < 400 && isServing(); tries += 1) await sleep(25);
  if (isServing()) process.kill(pid, 'SIGKILL');
  rmSync(recordFile(), { force: true });
}

/** Says who is on the port, if anybody is. */
export async function refuseTakenPort(port: number): Promise<void> {
  if (port === 0) return;
  const health = await healthOf(port);
  if (health === 'nothing') return;
  if (health === 'else') throw new LearnerError('PORT_TAKEN', [String(port)]);
  throw new LearnerError('EMULATOR_OF_ANOTHER_FOLDER', [String(port), String(health.pid)]);
}

async function startProcess(): Promise<void> {
  const log = openSync(logFile(), 'a');
  const child = spawn(process.execPath, [join(projectRoot, 'bin', 'emulator.js')], {
    cwd: projectRoot,
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
    env: { ...process.env, DOP_LABS_HOME: homeFolder(), DOP_LABS_PORT: String(wantedPort()) },
  });
  closeSync(log);
  const isListening = await firstWord(child);
  if (child.connected) child.disconnect();
  child.unref();
  if (!isListening) throw new LearnerError('EMULATOR_DID_NOT_START', [lastWords()]);
}

/** True when the child says that it listens, false when it ends before. */
const firstWord = (child: ChildProcess): Promise<boolean> =>
  new Promise((done) => {
    child.once('message', () => done(true));
    child.once('exit', () => done(false));
    child.once('error', () => done(false));
  });

function lastWords(): string {
  const lines = (readText(logFile()) ?? '').trim().split('\n');
  return lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1) ?? 'it said nothing';
}

function readRecord(file: string): Recorded | undefined {
  const record = readJson(file, isRecorded);
  return record === 'damaged' ? undefined : record;
}

function isRecorded(value: unknown): value is Recorded {
  if (typeof value !== 'object' || value === null || !('pid' in value) || !('port' in value))
    return false;
  return typeof value.pid === 'number' && typeof value.port === 'number';
}
