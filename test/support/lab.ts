import { spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How one run of the real `lab` command ended. */
export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The real command in a home folder of its own, with an emulator on a free port. */
export interface LabHome {
  folder: string;
  lab: (...words: string[]) => Promise<Ran>;
  /** Starts a command and hands its process over before it ends. */
  begin: (words: string[], extra?: NodeJS.ProcessEnv) => Begun;
  close: () => Promise<void>;
}

export interface Begun {
  /** What the learner types, without a terminal. */
  type: (text: string) => void;
  kill: (signal: NodeJS.Signals) => void;
  /** Resolves once the text has appeared in either stream. */
  says: (text: string | RegExp) => Promise<RegExpExecArray>;
  ended: Promise<Ran>;
}

const root = join(__dirname, '..', '..');

export function labHome(env: NodeJS.ProcessEnv = {}): LabHome {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'dop-labs-journey-')));
  const own = { DOP_LABS_HOME: folder, DOP_LABS_PORT: '0', DOP_LABS_CLOCK: 'frozen' };
  const settings = { ...outside(), ...own, ...env };
  const begin = (words: string[], extra: NodeJS.ProcessEnv = {}) =>
    startProgram('lab', words, { ...settings, ...extra });
  const lab = (...words: string[]) => begin(words).ended;
  return {
    folder,
    lab,
    begin,
    async close() {
      await lab('emulator', 'stop');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** This process's variables without what jest, npm and a learner's shell add. */
export const outside = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_|AWS_|FORCE_COLOR|NODE_ENV|JEST_)/.test(name),
    ),
  );

/** Starts `bin/<name>.js`. */
export function startProgram(
  name: 'lab' | 'emulator',
  words: string[],
  env: NodeJS.ProcessEnv,
): Begun {
  const child = spawn(process.execPath, [join(root, 'bin', `${name}.js`), ...words], {
    env,
    cwd: root,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const streams = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk: Buffer) => {
      streams[name] += chunk.toString();
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<Ran>((done, failed) => {
    child.once('error', failed);
    child.once('close', (code) => done({ code, ...streams }));
  });
  // A command that has ended takes no more.
  child.stdin.on('error', () => undefined);
  return {
    type: (text) => void child.stdin.write(text),
    kill: (signal) => void child.kill(signal),
    says,
    ended,
  };

  function says(text: string | RegExp): Promise<RegExpExecArray> {
    return new Promise((done, failed) => {
      const look = () => {
        const found = new RegExp(text).exec(streams.stdout + streams.stderr);
        if (!found) return;
        listeners.delete(look);
        done(found);
      };
      listeners.add(look);
      void ended.then(({ stderr }) =>
        failed(new Error(`it ended without saying ${text}: ${stderr}`)),
      );
      look();
    });
  }
}
