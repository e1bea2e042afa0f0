import { AwsError } from '../errors';
import type { Member } from './shape';
import { rootOf } from './shape';
import type { ServiceModel } from './types';

/** What every protocol needs to know of an error before it writes it down. */
export interface Failure {
  /** Name of the shape, or the code where the model has no such shape. */
  name: string;
  /** Code in the query protocols, `AWS.SimpleQueueService.NonExistentQueue`. */
  code: string;
  message: string;
  status: number;
  isSenderFault: boolean;
  /** Of the modelled exception. */
  schema: Member | undefined;
  /** Values by the names of the modelled members; everything the error carries where there is no model. */
  members: Record<string, unknown>;
}

/** Looks an error up in the model, by its shape's name or by its query code. */
export function failureOf(model: ServiceModel, error: Error): Failure {
  const schema = schemasOf(model).get(error.name);
  const isOfClient = (schema?.traits.error ?? faultOf(error)) === 'client';
  return {
    name: schema?.name ?? error.name,
    code: schema?.traits.awsQueryError?.[0] ?? error.name,
    message: error.message,
    status: statusOf(error, schema),
    isSenderFault: isOfClient,
    schema,
    members: membersOf(error, schema),
  };
}

// Without a model nobody can tell an exception's own members from the SDK's fittings.
function membersOf(error: Error, schema: Member | undefined): Record<string, unknown> {
  if (error instanceof AwsError) return error.members;
  return schema ? Object.fromEntries(Object.entries(error)) : {};
}

const faultOf = (error: Error) =>
  error instanceof AwsError
    ? error.status < 500
      ? 'client'
      : 'server'
    : (error as { $fault?: string }).$fault;

function statusOf(error: Error, schema: Member | undefined): number {
  if (schema?.traits.httpError) return schema.traits.httpError;
  return error instanceof AwsError ? error.status : faultOf(error) === 'server' ? 500 : 400;
}

const errorSchemas = new WeakMap<ServiceModel, Map<string, Member>>();

function schemasOf(model: ServiceModel): Map<string, Member> {
  let schemas = errorSchemas.get(model);
  if (!schemas) errorSchemas.set(model, (schemas = readSchemas(model)));
  return schemas;
}

function readSchemas(model: ServiceModel): Map<string, Member> {
  const roots = [...model.errors.values()].map(rootOf);
  const byCode = roots.flatMap((root): [string, Member][] =>
    root.traits.awsQueryError ? [[root.traits.awsQueryError[0], root]] : [],
  );
  return new Map([...byCode, ...roots.map((root): [string, Member] => [root.name, root])]);
}

/** The name under which this error's message goes: some shapes say `Message`, some `message`. */
export const messageMember = (failure: Failure): string | undefined =>
  failure.schema?.shape.members.find(({ name }) => name.toLowerCase() === 'message')?.name;
