import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ToolkitRequest } from '../test/support/cdk/toolkit';
import { median, timed } from './measure';
import { milliseconds, type Row } from './row';
import { environmentOf, startEmulator, startReplay, startToolkit, type Server } from './servers';

const root = join(__dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'dop-labs-bench-'));

/** What happens to one stack of a queue and a parameter, first to last; synthesis is not in it. */
const life: Record<string, Pick<ToolkitRequest, 'action' | 'app'>> = {
  deploy: { action: 'deploy', app: 'first' },
  'no-op deploy': { action: 'deploy', app: 'first' },
  update: { action: 'deploy', app: 'changed' },
  destroy: { action: 'destroy', app: 'changed' },
};

/** Takes the stack one step further and waits for it. */
type FrontEnd = (step: Pick<ToolkitRequest, 'action' | 'app'>) => Promise<void>;

/** toolkit-lib in a child process that stays warm, as `lab deploy` has it. */
async function toolkitLib(server: Server): Promise<FrontEnd> {
  const child = startToolkit(server, folder);
  return async ({ action, app }) => {
    child.send({ action, app: join(folder, app) });
    const [answer] = (await once(child, 'message')) as [{ error?: string }];
    if (answer.error !== undefined) throw new Error(answer.error);
  };
}

/** A process of the plain CLI for each step. */
async function plainCdk(server: Server): Promise<FrontEnd> {
  const cdk = join(root, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  const env = environmentOf(server, folder);
  return async ({ action, app }) => {
    const unasked = action === 'deploy' ? '--require-approval=never' : '--force';
    const words = [cdk, action, '--app', join(folder, app), '--no-notices', '--ci', unasked];
    const child = spawn(process.execPath, words, { env, cwd: folder, stdio: 'ignore' });
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`cdk ${action} ended with ${code}`);
  };
}

async function liveThrough(frontEnd: FrontEnd): Promise<number[]> {
  const taken: number[] = [];
  for (const step of Object.values(life)) taken.push(await timed(() => frontEnd(step)));
  return taken;
}

/**
 * The floor is the front end itself: the same steps in front of a server that repeats, call by
 * call, what an emulator answered the first time round.
 */
async function* steps(name: string, start: (server: Server) => Promise<FrontEnd>, rounds: number) {
  const [emulator, upstream] = [await startEmulator(), await startEmulator()];
  const replay = await startReplay(upstream);
  const [ours, floor] = [await start(emulator), await start(replay)];
  await liveThrough(ours);
  await liveThrough(floor);
  replay.rewind();
  const taken: { ours: number[][]; floor: number[][] } = { ours: [], floor: [] };
  for (let round = 0; round < rounds; round++) {
    taken.ours.push(await liveThrough(ours));
    taken.floor.push(await liveThrough(floor));
  }
  const at = (lives: number[][], step: number) => median(lives.map((each) => each[step] ?? NaN));
  for (const [step, what] of Object.keys(life).entries()) {
    yield {
      what: `${name}: ${what}`,
      figure: milliseconds(at(taken.ours, step)),
      floor: milliseconds(at(taken.floor, step)),
      budget: 'floor + 0.1 s',
    };
  }
  await Promise.all([replay.stop(), upstream.stop(), emulator.stop()]);
}

function synthesise(): void {
  const program = join(root, 'test', 'support', 'cdk', 'apps.ts');
  const words = ['-r', join(root, 'lib', 'typescript.js'), program, folder, 'first', 'changed'];
  const { status } = spawnSync(process.execPath, words, {
    env: { ...process.env, CDK_VALIDATION: 'false' },
  });
  if (status !== 0) throw new Error('the apps were not synthesised');
}

const deployments: Row = async function* () {
  try {
    synthesise();
    yield* steps('toolkit-lib, warm', toolkitLib, 7);
    yield* steps('cdk', plainCdk, 3);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
export default deployments;
