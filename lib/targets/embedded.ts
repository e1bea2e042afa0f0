import { advanceClock, endpointOf, jumpClock, type Health } from '../embedded/control';
import { ensureEmulator } from '../embedded/process';
import { labFile } from '../home';
import type { Target, TargetClock } from './target';

const accountId = '000000000000';
const region = 'us-east-1';

/** The emulator of this home folder, started when it does not run. */
export async function openEmulator(onStart?: () => void): Promise<Target> {
  const { port, health } = await ensureEmulator(onStart);
  return emulatorAt(port, health.clock);
}

/** The emulator on a port, whose clock its health has just told. */
export function emulatorAt(port: number, clock: Health['clock']): Target {
  return {
    name: 'emulator',
    accountId,
    ...reached(endpointOf(port)),
    clock: simulatedClock(port, clock.now),
  };
}

/** What a LocalStack-compatible endpoint needs: it reads the account from a 12-digit access key. */
export const reached = (endpoint: string): Pick<Target, 'connection' | 'environment'> => ({
  connection: {
    endpoint,
    region,
    credentials: { accessKeyId: accountId, secretAccessKey: 'test' },
  },
  environment: {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_ACCESS_KEY_ID: accountId,
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    CDK_HOME: labFile('cdk'),
  },
});

function simulatedClock(port: number, told: string): TargetClock {
  let offset = Date.parse(told) - Date.now();
  return {
    now: () => new Date(Date.now() + offset),
    async wait(milliseconds) {
      const { now, moved } = await jumpClock(port, milliseconds);
      offset = now.getTime() - Date.now();
      return moved;
    },
    async pass(milliseconds) {
      await advanceClock(port, milliseconds);
      offset = (await jumpClock(port, 0)).now.getTime() - Date.now();
    },
  };
}
