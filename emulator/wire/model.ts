import { packageOf } from './package';
import type { Operation, ServiceModel } from './types';

interface ConfiguredClient {
  config: { protocol: { getShapeId(): string }; protocolSettings?: Record<string, unknown> };
}

type OperationSchema = [
  9,
  namespace: string,
  name: string,
  traits: unknown,
  input: unknown,
  output: unknown,
];

// Pure data of an installed package, so one copy for all emulators of a process does no harm.
const models = new Map<string, ServiceModel>();

/** The model of a service, read from the run-time schemas of its SDK package. */
export function modelOf(service: string): ServiceModel {
  let model = models.get(service);
  if (!model) models.set(service, (model = readModel(service)));
  return model;
}

function readModel(service: string): ServiceModel {
  const sdk = packageOf(service);
  const { protocol, protocolSettings = {} } = configurationOf(service, sdk);
  return {
    service,
    operations: new Map(
      Object.values(sdk)
        .filter(isOperation)
        .map((schema) => [schema[2], readOperation(schema)]),
    ),
    errors: new Map(
      Object.values(sdk)
        .filter(isError)
        .map((schema) => [schema[2], schema]),
    ),
    protocol: protocol.getShapeId(),
    settings: readSettings(protocolSettings),
  };
}

function configurationOf(service: string, sdk: Record<string, unknown>) {
  const name = Object.keys(sdk).find((key) => key.endsWith('Client') && !key.startsWith('__'));
  if (!name) throw new Error(`the SDK package of ${service} exports no client`);
  const Client = sdk[name] as new (configuration: { region: string }) => ConfiguredClient;
  return new Client({ region: 'us-east-1' }).config;
}

const isOperation = (value: unknown): value is OperationSchema =>
  Array.isArray(value) && value[0] === 9;

function readOperation([, , name, traits, input, output]: OperationSchema): Operation {
  const { http, httpChecksum } = (traits || {}) as OperationTraits;
  const operation: Operation = { name, input, output };
  if (http) operation.http = http;
  if (httpChecksum !== undefined) operation.hasChecksum = true;
  return operation;
}

interface OperationTraits {
  http?: NonNullable<Operation['http']>;
  httpChecksum?: string;
}

type ErrorSchema = [-3, namespace: string, name: string, ...unknown[]];

// The SDK adds a base exception of its own in a synthetic namespace.
const isError = (value: unknown): value is ErrorSchema =>
  Array.isArray(value) && value[0] === -3 && !String(value[1]).startsWith('smithy.ts.sdk.');

const readSettings = (settings: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(settings)
      .filter(([, value]) => typeof value === 'string' || typeof value === 'boolean')
      .map(([key, value]) => [key, String(value)]),
  );
