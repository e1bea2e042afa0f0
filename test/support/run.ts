import { spawn, spawnSync } from 'node:child_process';
import type { Ran } from './lab';

interface Where {
  env: NodeJS.ProcessEnv;
  cwd?: string;
  /** What it reads from its standard input. */
  input?: string;
}

/** Runs a program to its end, without failing on its exit code. */
export const run = (program: string, words: string[], { input, ...where }: Where): Promise<Ran> =>
  new Promise((done, failed) => {
    const child = spawn(program, words, { ...where, stdio: ['pipe', 'pipe', 'pipe'] });
    child.stdin.end(input);
    const streams = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (streams.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (streams.stderr += chunk.toString()));
    child.once('error', failed);
    child.once('close', (code) => done({ code, ...streams }));
  });

/** True when the machine has the program and it ends well. */
export const isInstalled = (program: string, ...words: string[]): boolean =>
  spawnSync(program, words, { stdio: 'ignore' }).status === 0;

/** Whether a process lives; one that has ended and that nobody has waited for yet does not. */
export const isAlive = (pid: number): boolean =>
  /^[^Z\s]/.test(spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout);
