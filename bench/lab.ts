import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { now } from './measure';
import { milliseconds, type Figure, type Row } from './row';
import { memoryOf } from './servers';

const home = mkdtempSync(join(tmpdir(), 'dop-labs-bench-'));

/** The real command in a home of its own: how long it took, or how it ended when not as it should. */
async function lab(arguments_: string, expected: number): Promise<string> {
  const began = now();
  const child = spawn(
    process.execPath,
    [join(__dirname, '..', 'bin', 'lab.js'), ...arguments_.split(' ')],
    { env: { ...process.env, DOP_LABS_HOME: home, DOP_LABS_PORT: '0' }, stdio: 'ignore' },
  );
  const [code] = (await once(child, 'exit')) as [number | null];
  return code === expected ? milliseconds(now() - began) : `exit ${code}`;
}

function emulatorMemory(): number {
  try {
    const record = readFileSync(join(home, '.lab', 'emulator.json'), 'utf8');
    return memoryOf(JSON.parse(record) as { pid: number });
  } catch {
    return NaN;
  }
}

/** What a learner waits for. There is no floor: nothing else does this work. */
async function* rows(): AsyncGenerator<Figure> {
  yield { what: 'lab start lab-05, cold', figure: await lab('start lab-05', 0), budget: '5 s' };
  const memory = `${emulatorMemory().toFixed(0)} MB`;
  yield { what: 'memory, lab-05 deployed', figure: memory, budget: '200 MB' };
  await lab('destroy lab-05', 0);
  rmSync(join(home, 'work', 'lab-05'), { recursive: true });
  const warm = await lab('start lab-05', 0);
  yield { what: 'lab start lab-05, emulator and deployer warm', figure: warm, budget: '1 s' };
  const kept = await lab('start lab-05', 0);
  yield { what: 'lab start lab-05 again: own files compiled, no change', figure: kept };
  const unchanged = await lab('deploy lab-05', 0);
  yield { what: 'lab deploy lab-05, files as they were', figure: unchanged };
  const check = await lab('check lab-05', 1);
  yield { what: 'check lab-05, untouched: static checks', figure: check, budget: '1.2 s' };
  await lab('solve lab-05', 0);
  const drilled = await lab('check lab-05', 0);
  yield { what: 'check lab-05, solved: with drills', figure: drilled, budget: '3 s' };
  await lab('destroy lab-05', 0);
  await lab('emulator stop', 0);
  yield { what: 'lab tour', figure: await lab('tour', 0), budget: '15 s' };
}

const labRow: Row = async function* () {
  try {
    yield* rows();
  } finally {
    await lab('emulator stop', 0);
    rmSync(home, { recursive: true, force: true });
  }
};
export default labRow;
