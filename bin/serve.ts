import { mkdirSync, rmSync } from 'node:fs';
import { createEmulator } from '../emulator';
import { readJson, writeJson } from '../lib/files';
import { labFile } from '../lib/home';

const record = labFile('emulator.json');
const folder = labFile('state');

/** Serves this home folder's state until it is told to stop; state is written before the process ends. */
async function serve(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  // Tests take the wall out of the clock: time then moves by fast-forward only.
  const frozenAt = process.env['DOP_LABS_CLOCK'] === 'frozen' ? new Date() : undefined;
  const iam = process.env['DOP_LABS_IAM'] === 'enforce' ? 'enforce' : 'learn';
  const emulator = createEmulator({ folder, frozenAt, iam, log: console.log });
  const port = await emulator.listen(Number(process.env['DOP_LABS_PORT'] || 4566));
  writeJson(record, { pid: process.pid, port });
  console.log(`${new Date().toISOString()} listening on http://127.0.0.1:${port}`);
  process.send?.({ port });
  const stop = () => void emulator.close().finally(leave);
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function leave(): void {
  if (readJson(record, isOurs) !== 'damaged') rmSync(record, { force: true });
  console.log(`${new Date().toISOString()} stopped`);
  process.exit(0);
}

/** A later emulator may already have written its own record here. */
const isOurs = (value: unknown): value is { pid: number } =>
  typeof value === 'object' && value !== null && 'pid' in value && value.pid === process.pid;

serve().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
