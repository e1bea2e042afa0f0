import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An emulator in a process and a folder of its own, to be maltreated, killed and started again. */
export class EmulatorProcess {
  /** Everything that it may touch lies below: `lab`, `home`, `tmp` and where it stands, `cwd`. */
  readonly folder = mkdtempSync(join(tmpdir(), 'dop-labs-process-'));
  /** What it has written to its log, over all its lives. */
  log = '';
  port = 0;
  private child: ChildProcess | undefined;

  async start(): Promise<void> {
    const place = (name: string) => join(this.folder, name);
    for (const name of ['lab', 'home', 'tmp', 'cwd']) mkdirSync(place(name), { recursive: true });
    const child = fork(join(__dirname, '../../bin/emulator.js'), {
      cwd: place('cwd'),
      env: {
        ...process.env,
        HOME: place('home'),
        TMPDIR: place('tmp'),
        DOP_LABS_HOME: place('lab'),
        DOP_LABS_PORT: '0',
      },
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.log += chunk.toString()));
    this.child = child;
    this.port = await new Promise((resolve, reject) => {
      child.once('message', (message) => resolve((message as { port: number }).port));
      child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${this.log}`)));
    });
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get isAlive(): boolean {
    return this.child?.exitCode === null && this.child.signalCode === null;
  }

  /** Resident megabytes; NaN where there is no /proc. */
  memory(): number {
    try {
      const status = readFileSync(`/proc/${this.child?.pid}/status`, 'utf8');
      return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024;
    } catch {
      return NaN;
    }
  }

  /** As `kill -9` does: it gets no chance to write anything. */
  async kill(): Promise<void> {
    if (!this.child || !this.isAlive) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Moves simulated time on. */
  advance(duration: string): Promise<void> {
    return this.control('clock', { advance: duration });
  }

  async control(what: string, body: object = {}): Promise<void> {
    const answer = await fetch(`${this.endpoint}/_lab/${what}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    await answer.text();
  }
}
