import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { createAggregatedClient, makeBuilder, ServiceException } from '@smithy/core/client';
import { getEndpointPlugin } from '@smithy/core/endpoints';
import { TypeRegistry } from '@smithy/core/schema';

/** A shape in the run-time form of the SDK's packages: a number, or an array that starts with one. */
export type Schema = unknown;

interface Description {
  /** As the aggregated client is called, `CodeStarNotifications`. */
  name: string;
  namespace: string;
  signingName: string;
  /** Input and output by the operation's name, and its `[method, uri, status]`. */
  operations: Record<string, [input: Schema, output: Schema, http: [string, string, number]]>;
  /** HTTP statuses of the errors, each of which has the one member `Message`. */
  errors: Record<string, number>;
}

/**
 * The exports of an SDK package of a restJson1 service, made from its description. Its client is the
 * SDK's own, taken from a package of the same protocol, so that it signs, retries and configures as
 * any other.
 */
export function ownPackage(description: Description): Record<string, unknown> {
  const { name, namespace, operations, errors } = description;
  const registry = new TypeRegistry(namespace);
  const schemas: Record<string, Schema> = {};
  const classes: Record<string, unknown> = {};
  for (const [error, status] of Object.entries(errors)) {
    const schema = [-3, namespace, error, fault(status), ['Message'], [0]] as const;
    registry.registerError(schema as never, (classes[error] = exceptionOf(error)));
    schemas[`${error}$`] = schema;
  }
  const Client = clientOf(description, registry);
  const build = makeBuilder(endpointParameters, name, `${name}Client`, getEndpointPlugin);
  const commands: Record<string, unknown> = {};
  for (const [operation, [input, output, http]] of Object.entries(operations)) {
    const schema = [9, namespace, operation, { http }, input, output];
    schemas[`${operation}$`] = schema;
    commands[`${operation}Command`] = build({}, () => [], operation, schema as never);
  }
  const Aggregated = class extends Client {};
  createAggregatedClient(commands, Aggregated);
  return { ...schemas, ...classes, ...commands, [`${name}Client`]: Client, [name]: Aggregated };
}

const endpointParameters = {
  UseFIPS: { type: 'builtInParams', name: 'useFipsEndpoint' },
  Endpoint: { type: 'builtInParams', name: 'endpoint' },
  Region: { type: 'builtInParams', name: 'region' },
  UseDualStack: { type: 'builtInParams', name: 'useDualstackEndpoint' },
} as const;

const fault = (status: number) => ({ error: 'client', httpError: status });

function clientOf({ name, namespace, signingName }: Description, registry: TypeRegistry) {
  return class extends SchedulerClient {
    constructor(configuration: { region: string }) {
      const own = {
        protocolSettings: { defaultNamespace: namespace, errorTypeRegistries: [registry] },
        signingName,
        serviceId: name,
      };
      super({ ...own, ...configuration } as never);
      const { endpointProvider } = this.config;
      this.config.endpointProvider = (...parameters) =>
        atHostOf(signingName, endpointProvider(...parameters));
    }
  };
}

type Endpoint = ReturnType<SchedulerClient['config']['endpointProvider']>;

/** The same endpoint of another service; one that the caller has chosen stays as it is. */
function atHostOf(service: string, endpoint: Endpoint): Endpoint {
  const url = new URL(endpoint.url);
  url.hostname = url.hostname.replace(
    /^scheduler(?=(?:-fips)?\.[^.]+\.(?:amazonaws|api)\.)/,
    service,
  );
  return { ...endpoint, url };
}

interface ExceptionOptions {
  message: string;
  Message: string;
  $metadata: Record<string, never>;
}

/** The class of an error, to be thrown by `refuse`. */
export type OwnException = new (options: ExceptionOptions) => ServiceException & {
  Message: string;
};

const exceptionOf = (name: string): OwnException =>
  class extends ServiceException {
    readonly Message: string;
    constructor(options: ExceptionOptions) {
      super({ ...options, name, $fault: 'client' });
      this.Message = options.Message;
    }
  };
