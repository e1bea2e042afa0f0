import { spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../lib/home';
import type { Terminal } from '../../lib/terminal';
import { interruptible } from './interrupt';

/** One `lab` command of the tour, as a learner would type it. */
interface Step {
  words: string[];
  why: string;
  /** Exit code that the tour expects; 0 unless told. */
  expect?: number;
}

/** A home of its own with an emulator on a free port: nothing of the learner's is touched. */
export interface TourHome {
  run: (step: Step) => Promise<void>;
  /** Runs a command for what it prints instead of for the learner to read. */
  read: (words: string[]) => Promise<string>;
  close: () => Promise<void>;
}

export function openTourHome(terminal: Terminal): TourHome {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'dop-labs-tour-')));
  const env = { ...process.env, DOP_LABS_HOME: folder, DOP_LABS_PORT: '0' };
  return {
    async run({ words, why, expect = 0 }) {
      terminal.print();
      terminal.print(`${terminal.paint('bold', `$ npm run lab ${words.join(' ')}`)}  # ${why}`);
      const { code } = await child(words, env, 'inherit');
      if (code !== expect) throw new TourStopped(words, code);
    },
    async read(words) {
      const { code, output } = await child(words, env, 'pipe');
      if (code === 0) return output;
      throw new TourStopped(words, code);
    },
    async close() {
      await child(['emulator', 'stop'], env, 'pipe');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A command of the tour ended otherwise than expected. */
export class TourStopped extends Error {
  override name = 'TourStopped';

  constructor(words: string[], code: number) {
    super(`\`lab ${words.join(' ')}\` ended with exit code ${code}`);
  }
}

type Ended = { code: number; output: string };

function child(words: string[], env: NodeJS.ProcessEnv, out: 'inherit' | 'pipe'): Promise<Ended> {
  const spawned = spawn(process.execPath, [join(projectRoot, 'bin', 'lab.js'), ...words], {
    env,
    stdio: ['ignore', out, 'inherit'],
  });
  const ended = new Promise<Ended>((done, failed) => {
    let output = '';
    spawned.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    spawned.once('error', failed);
    spawned.once('close', (code) => done({ code: code ?? 1, output }));
  });
  return interruptible(ended, () => void spawned.kill('SIGINT'));
}
