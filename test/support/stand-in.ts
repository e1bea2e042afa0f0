import type { Core } from '../../emulator/core';
import type { Caller } from '../../emulator/principal';

/** One call that a stand-in got. */
interface Noted {
  operation: string;
  input: Record<string, unknown>;
  caller: Caller & { region?: string };
}

/**
 * Stands in for a service in front of other services: its clients note what is called and throw
 * what they are told to.
 */
export function standIn(core: Core, service: string) {
  const calls: Noted[] = [];
  const failures: Error[] = [];
  const { clients, services } = core;
  const real = clients.of.bind(clients);
  if (!services.cards.some(({ name }) => name === service))
    services.cards.push({
      name: service,
      signingName: service,
      cloudformation: [],
      iam: service,
      arn: service,
      listens: [],
      hears: [],
      audits: false,
      paths: [],
    });
  clients.of = (name, place) =>
    name === service
      ? new Proxy(
          {},
          {
            get: (_, operation: string) => async (input: Record<string, unknown>) => {
              calls.push({ operation, input, caller: place.caller });
              const failure = failures.shift();
              if (failure) throw failure;
              return {};
            },
          },
        )
      : real(name, place);
  return {
    calls,
    /** The next calls fail, one after the other. */
    failWith(...errors: { name: string; message: string; status?: number }[]): void {
      failures.push(
        ...errors.map(({ name, message, status = 400 }) =>
          Object.assign(new Error(message), {
            name,
            $fault: status >= 500 ? 'server' : 'client',
            $metadata: { httpStatusCode: status },
          }),
        ),
      );
    },
  };
}
