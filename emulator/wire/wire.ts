import { AwsError, awsError } from '../errors';
import { awsJson } from './json/rpc';
import { awsQuery, ec2Query } from './query/rpc';
import { restJson } from './rest/json';
import { restXml } from './rest/xml';
import { takingPacked } from './packed';
import type { Operation, ServiceModel, Wire, WireRequest } from './types';
import { table } from '../table';

const protocols: Record<string, (model: ServiceModel) => Wire> = table({
  awsJson1_0: (model) => takingPacked(queryCompatible(model, awsJson(model, '1.0'))),
  awsJson1_1: (model) => takingPacked(queryCompatible(model, awsJson(model, '1.1'))),
  awsQuery: (model) => takingPacked(awsQuery(model)),
  ec2Query,
  restJson1: restJson,
  restXml,
});

/** The wire of a service in the protocol that its SDK package speaks. */
export function wireFor(model: ServiceModel): Wire {
  const protocol = protocols[model.protocol.replace('aws.protocols#', '')];
  if (!protocol) throw new Error(`${model.service} speaks ${model.protocol}, which has no wire`);
  return guarded(protocol(model));
}

// Whatever a reader stumbles over is the client's fault, and a 5xx would make clients try again.
function guarded(wire: Wire): Wire {
  return {
    ...wire,
    decode(operation, request) {
      try {
        return wire.decode(operation, request);
      } catch (error) {
        if (error instanceof AwsError) throw error;
        throw awsError('SerializationException', 'The request could not be read.');
      }
    },
  };
}

/** A JSON service that older clients still call with forms (sqs): both ways in, the answer in kind. */
function queryCompatible(model: ServiceModel, json: Wire): Wire {
  if (model.settings['awsQueryCompatible'] !== 'true') return json;
  const operations = new Map(
    [...model.operations].map(([name, operation]) => [name, { ...operation }]),
  );
  const isForm = new Set<Operation>(operations.values());
  const query = awsQuery({ ...model, operations });
  const wireOf = (operation: Operation) => (isForm.has(operation) ? query : json);
  return {
    identify: (request) => (isQuery(request) ? query : json).identify(request),
    decode: (operation, request) => wireOf(operation).decode(operation, request),
    encode: (operation, output, id) => wireOf(operation).encode(operation, output, id),
    encodeError: (error, id, request) =>
      (request && isQuery(request) ? query : json).encodeError(error, id, request),
  };
}

const isQuery = ({ headers, query }: WireRequest): boolean =>
  headers['x-amz-target'] === undefined &&
  ((headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded') ||
    query.includes('Action='));
