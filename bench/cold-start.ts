import { STS } from '@aws-sdk/client-sts';
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
  const taken = { emulator: [] as number[], floor: [] as number[] };
  for (let round = 0; round < 5; round++) {
    const emulator = await firstAnswer(startEmulator);
    const floor = await firstAnswer(() => startFloor(upstream));
    taken.emulator.push(emulator.took);
    taken.floor.push(floor.took);
    await Promise.all([emulator.server.stop(), floor.server.stop()]);
  }
  await upstream.stop();
  yield {
    what: 'cold start to the first GetCallerIdentity',
    figure: milliseconds(median(taken.emulator)),
    floor: milliseconds(median(taken.floor)),
    budget: '300 ms (700 ms the first time after an install)',
  };
};
export default coldStart;
