import { STS } from '@aws-sdk/client-sts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, now } from './measure';
import { milliseconds, type Row } from './row';
import { configuration, startEmulator, startFloor, type Server } from './servers';

/** From the spawn of the process to the first answer. */
async function firstAnswer(
  start: () => Promise<Server>,
): Promise<{ took: number; server: Server }> {
  const began = now();
  const server = await start();
  await new STS(configuration(server)).getCallerIdentity({});
  return { took: now() - began, server };
}

const coldStart: Row = async function* () {
  const upstream = await startEmulator();
  // The client's own first call must not count.
  await new STS(configuration(upstream)).getCallerIdentity({});
  const taken = { emulator: [] as number[], floor: [] as number[], first: [] as number[] };
  for (let round = 0; round < 5; round++) {
    const cache = mkdtempSync(join(tmpdir(), 'dop-labs-bench-'));
    const emulator = await firstAnswer(startEmulator);
    const floor = await firstAnswer(() => startFloor(upstream));
    const first = await firstAnswer(() => startEmulator({ DOP_LABS_CACHE: cache }));
    taken.emulator.push(emulator.took);
    taken.floor.push(floor.took);
    taken.first.push(first.took);
    await Promise.all([emulator, floor, first].map(({ server }) => server.stop()));
    rmSync(cache, { recursive: true });
  }
  await upstream.stop();
  const floor = milliseconds(median(taken.floor));
  yield {
    what: 'cold start to the first GetCallerIdentity',
    figure: milliseconds(median(taken.emulator)),
    floor,
    budget: '300 ms',
  };
  yield {
    what: 'the same for the first time after an install',
    figure: milliseconds(median(taken.first)),
    floor,
    budget: '700 ms',
  };
};
export default coldStart;
