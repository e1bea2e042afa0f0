import { toMilliseconds } from '../../emulator/control/duration';
import { inProcessConfiguration } from '../../emulator/clients';
import { createEmulator, type EmulatorOptions } from '../../emulator';

interface Credentials {
  AccessKeyId?: string | undefined;
  SecretAccessKey?: string | undefined;
  SessionToken?: string | undefined;
}

interface As {
  region?: string;
  /** A 12-digit id is that account's root. */
  accessKeyId?: string;
  /** What AssumeRole answered. */
  credentials?: Credentials | undefined;
}

/**
 * An emulator in memory on a frozen clock (2026-01-01T00:00:00Z) and real SDK clients over an
 * in-process request handler: no port, and every byte of the wire.
 */
export function emulated(options: EmulatorOptions = {}) {
  const emulator = createEmulator({ frozenAt: new Date('2026-01-01T00:00:00Z'), ...options });
  const { core } = emulator;

  function client<C>(Client: new (configuration: never) => C, as: As = {}): C {
    const { region = 'us-east-1', accessKeyId = '000000000000', credentials } = as;
    const { signer: _unsigned, ...configuration } = inProcessConfiguration(region, core.handle);
    return new Client({
      ...configuration,
      credentials: {
        accessKeyId: credentials?.AccessKeyId ?? accessKeyId,
        secretAccessKey: credentials?.SecretAccessKey ?? 'test',
        ...(credentials?.SessionToken ? { sessionToken: credentials.SessionToken } : {}),
      },
    } as never);
  }

  return {
    emulator,
    core,
    client,
    clock: {
      now: core.clock.now,
      /** `'5m'` or milliseconds; fires what becomes due, in order, and waits for all of it. */
      async advance(duration: string | number): Promise<void> {
        const milliseconds = toMilliseconds(duration);
        if (milliseconds === undefined) throw new Error(`not a duration: ${duration}`);
        await core.clock.advance(milliseconds);
      },
      /** Until nothing is in flight; time does not move. */
      settle: () => core.clock.advance(0),
    },
  };
}
