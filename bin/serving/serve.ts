import { rmSync } from 'node:fs';
import { createEmulator, type Emulator } from '../../emulator';
import { findEmulator, refuseTakenPort } from '../../lib/embedded/process';
import { LearnerError } from '../../lib/errors';
import { hasCode, readJson, writeJson } from '../../lib/files';
import type { Serving } from './options';

interface Attendance {
  log: (line: string) => void;
  /** Told once it listens. */
  started: (emulator: Emulator, port: number) => void;
}

/** Serves until a signal says to stop, and then until the state is written. */
export async function serve(serving: Serving, attendance: Attendance): Promise<void> {
  const { folder, record, frozenAt, iam } = serving;
  const emulator = createEmulator({ folder, frozenAt, iam, log: attendance.log });
  const port = await listen(emulator, serving.port);
  if (record !== undefined) writeJson(record, { pid: process.pid, port });
  attendance.started(emulator, port);
  await toldToStop();
  await leave(emulator, record);
}

/** The same for whoever types it: says first what is in its way. */
export async function serveAlone(serving: Serving, attendance: Attendance): Promise<void> {
  const running = serving.record === undefined ? undefined : await findEmulator(serving.record);
  if (running)
    throw new LearnerError('EMULATOR_ALREADY_RUNS', [
      String(running.port),
      String(running.health.pid),
    ]);
  await refuseTakenPort(serving.port);
  await serve(serving, attendance);
}

async function listen(emulator: Emulator, port: number): Promise<number> {
  try {
    return await emulator.listen(port);
  } catch (error) {
    if (hasCode(error, 'EADDRINUSE')) throw new LearnerError('PORT_TAKEN', [String(port)]);
    throw error;
  }
}

/** The second signal does not wait for anything. */
const toldToStop = (): Promise<void> =>
  new Promise((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        stop();
        process.once(signal, () => process.exit(130));
      });
    }
  });

async function leave(emulator: Emulator, record: string | undefined): Promise<void> {
  await emulator.close();
  if (record !== undefined && readJson(record, isOurs) !== 'damaged')
    rmSync(record, { force: true });
}

/** A later emulator may already have written its own record here. */
const isOurs = (value: unknown): value is { pid: number } =>
  typeof value === 'object' && value !== null && 'pid' in value && value.pid === process.pid;
