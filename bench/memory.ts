import { STS } from '@aws-sdk/client-sts';
import { type Row } from './row';
import { configuration, startEmulator, startFloor } from './servers';

const memory: Row = async function* () {
  const emulator = await startEmulator();
  const floor = await startFloor(emulator);
  for (const server of [emulator, floor])
    await new STS(configuration(server)).getCallerIdentity({});
  yield {
    what: 'memory, started',
    figure: `${emulator.memory().toFixed(0)} MB`,
    floor: `${floor.memory().toFixed(0)} MB`,
    budget: '120 MB',
  };
  await Promise.all([floor.stop(), emulator.stop()]);
};
export default memory;
