import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An emulator in a process and a home of its own, to be killed and started again. */
export class EmulatorProcess {
  readonly home = mkdtempSync(join(tmpdir(), 'dop-labs-kill-'));
  /** What it has written to its log, over all its lives. */
  log = '';
  port = 0;
  private child: ChildProcess | undefined;

  async start(): Promise<void> {
    const child = fork(join(__dirname, '../../bin/emulator.js'), {
      env: { ...process.env, DOP_LABS_HOME: this.home, DOP_LABS_PORT: '0' },
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

  /** As `kill -9` does: it gets no chance to write anything. */
  async kill(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.home, { recursive: true, force: true });
  }

  /** Moves simulated time on. */
  async advance(duration: string): Promise<void> {
    const body = JSON.stringify({ advance: duration });
    await fetch(`${this.endpoint}/_lab/clock`, { method: 'POST', body });
  }
}
