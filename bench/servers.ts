import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const running = new Map<ChildProcess, string>();

const typescript = join(__dirname, '..', 'lib', 'typescript.js');

export interface Server {
  port: number;
  endpoint: string;
  /** Resident memory in megabytes. */
  memory(): number;
  stop(): Promise<void>;
}

/** An emulator of its own, as `lab` spawns it, on a free port and in a home of its own. */
export const startEmulator = (variables: Record<string, string> = {}): Promise<Server> =>
  start(join(__dirname, '..', 'bin', 'emulator.js'), variables);

/** A server that asks the emulator once for each request it does not know and repeats the answer ever after. */
export const startFloor = (emulator: Server): Promise<Server> =>
  start(join(__dirname, 'floor.ts'), { BENCH_UPSTREAM: String(emulator.port) });

/** A server that hands a sequence of requests to the emulator, and repeats its answers after `rewind`. */
export async function startReplay(emulator: Server): Promise<Server & { rewind(): void }> {
  const variables = { BENCH_UPSTREAM: String(emulator.port) };
  const server = await start(join(__dirname, 'replay.ts'), variables);
  return { ...server, rewind: () => void server.child.send('rewind') };
}

/** Variables with which the CDK works on a server, its own files in a folder. */
export const environmentOf = ({ endpoint }: Server, folder: string): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: folder,
  CDK_HOME: folder,
  AWS_ENDPOINT_URL: endpoint,
  AWS_ENDPOINT_URL_S3: endpoint,
  AWS_ACCESS_KEY_ID: '000000000000',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: 'us-east-1',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  CDK_DISABLE_VERSION_CHECK: '1',
  CDK_DISABLE_CLI_TELEMETRY: 'true',
});

/** A warm toolkit-lib that works on a server; it ends with the bench. */
export function startToolkit(server: Server, folder: string): ChildProcess {
  const program = join(__dirname, '..', 'test', 'support', 'cdk', 'toolkit.ts');
  const child = fork(program, {
    env: environmentOf(server, folder),
    execArgv: ['--require', typescript],
  });
  running.set(child, '');
  return child;
}

async function start(
  script: string,
  variables: Record<string, string>,
): Promise<Server & { child: ChildProcess }> {
  const home = mkdtempSync(join(tmpdir(), 'dop-labs-bench-'));
  const child = fork(script, {
    env: { ...process.env, ...variables, DOP_LABS_HOME: home, DOP_LABS_PORT: '0' },
    execArgv: script.endsWith('.ts') ? ['--require', typescript] : [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  running.set(child, home);
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { port: number }).port));
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code}`)));
  });
  const endpoint = `http://127.0.0.1:${port}`;
  return { port, endpoint, child, memory: () => memoryOf(child), stop: () => stop(child) };
}

/** Resident megabytes of a process. Linux only; elsewhere the row shows NaN. */
export function memoryOf({ pid }: { pid?: number | undefined }): number {
  try {
    const [, kilobytes] =
      /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) / 1024;
  } catch {
    return NaN;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  const home = running.get(child);
  running.delete(child);
  if (child.exitCode === null) {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }
  if (home) rmSync(home, { recursive: true, force: true });
}

/** Ends whatever a row that failed has left running. */
export async function stopAll(): Promise<void> {
  await Promise.all([...running.keys()].map(stop));
}

/** Configuration of an SDK client for a server of this file. */
export const configuration = ({ endpoint }: Pick<Server, 'endpoint'>) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  forcePathStyle: true,
  maxAttempts: 1,
});
