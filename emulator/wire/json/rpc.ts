import type { Failure } from '../failure';
import { failureOf, messageMember } from '../failure';
import { planOf } from '../plan';
import type { ServiceModel, Wire, WireRequest, WireResponse } from '../types';
import { parseJson, readJson } from './read';
import { toJson } from './write';

/** awsJson 1.0 and 1.1: the operation in `X-Amz-Target`, one JSON object each way. */
export function awsJson(model: ServiceModel, version: '1.0' | '1.1'): Wire {
  const contentType = `application/x-amz-json-${version}`;
  const headers = (requestId: string) => ({
    'x-amzn-requestid': requestId,
    'content-type': contentType,
  });
  return {
    identify({ headers: { 'x-amz-target': target = '' } }) {
      return model.operations.get(target.slice(target.lastIndexOf('.') + 1));
    },
    decode(operation, { body }) {
      return readJson(planOf(operation).input, parseJson(body)) as Record<string, unknown>;
    },
    encode(operation, output, requestId) {
      const body = toJson(planOf(operation).output, output);
      return { status: 200, headers: headers(requestId), body: JSON.stringify(body) };
    },
    encodeError(error, requestId, request) {
      const failure = failureOf(model, error);
      return {
        status: statusOf(model, failure),
        headers: { ...headers(requestId), ...queryError(failure, request) },
        body: JSON.stringify({ __type: typeOf(model, failure, version), ...errorBody(failure) }),
      };
    },
  };
}

// JSON's own services send 400 or 500, whatever status their model has for REST; those that were
// query services keep their statuses.
function statusOf(model: ServiceModel, { schema, status, isSenderFault }: Failure): number {
  if (!schema?.traits.httpError || model.settings['awsQueryCompatible'] === 'true') return status;
  return isSenderFault ? 400 : 500;
}

// 1.0 services qualify the type with their namespace, those of 1.1 send the bare name.
const typeOf = (model: ServiceModel, { name }: Failure, version: string): string =>
  version === '1.0' ? `${model.settings['defaultNamespace']}#${name}` : name;

const queryError = (failure: Failure, request: WireRequest | undefined): WireResponse['headers'] =>
  request?.headers['x-amzn-query-mode'] === 'true'
    ? { 'x-amzn-query-error': `${failure.code};${failure.isSenderFault ? 'Sender' : 'Receiver'}` }
    : {};

/** Members and message of an error. AWS leaves an empty message out: SSM's ParameterNotFound has none. */
export function errorBody(failure: Failure): Record<string, unknown> {
  const { schema, members, message } = failure;
  const body = schema ? (toJson(schema, members) as Record<string, unknown>) : { ...members };
  if (message) body[messageMember(failure) ?? defaultMessageMember(failure)] = message;
  return body;
}

// AWS's shared front end, which refuses callers, writes `Message`; services themselves `message`.
const defaultMessageMember = ({ name }: Failure) =>
  name === 'AccessDeniedException' ? 'Message' : 'message';
