import { toMilliseconds } from '../../emulator/control/duration';
import { inProcessConfiguration } from '../../emulator/clients';
import { createEmulator, type Emulator, type EmulatorOptions } from '../../emulator';
import type { WireRequest } from '../../emulator/wire';

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

const made: Emulator[] = [];

// Jest runs many files in one process, and Node would keep calling into what this file leaves behind.
if (typeof afterAll === 'function') {
  afterAll(() => Promise.all(made.splice(0).map((emulator) => emulator.close())));
}

const identityOf = ({ accessKeyId = '000000000000', credentials }: As) =>
  credentials
    ? {
        accessKeyId: credentials.AccessKeyId ?? '',
        secretAccessKey: credentials.SecretAccessKey ?? '',
        sessionToken: credentials.SessionToken ?? '',
      }
    : { accessKeyId, secretAccessKey: 'test' };

/**
 * An emulator in memory on a frozen clock (2026-01-01T00:00:00Z) and real SDK clients over an
 * in-process request handler: no port, and every byte of the wire.
 */
export function emulated(options: EmulatorOptions = {}) {
  const emulator = createEmulator({ frozenAt: new Date('2026-01-01T00:00:00Z'), ...options });
  made.push(emulator);
  const { core } = emulator;

  function client<C>(Client: new (configuration: never) => C, as: As = {}): C {
    const answer = (request: WireRequest) => core.handle(request);
    const { signer: _unsigned, ...configuration } = inProcessConfiguration(
      as.region ?? 'us-east-1',
      answer,
    );
    return new Client({ ...configuration, credentials: identityOf(as) } as never);
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
