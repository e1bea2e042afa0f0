import { awsError } from '../../errors';
import { planOf } from '../plan';
import type { Operation, ServiceModel, Wire, WireRequest } from '../types';
import type { BodyFormat } from './message';
import { RequestReader } from './message';
import type { Match } from './route';
import { Router } from './route';

interface RestProtocol extends Pick<Wire, 'encode' | 'encodeError'> {
  format: BodyFormat;
  /** The path that the templates are compared with. */
  path?: (request: WireRequest) => string;
  /** The request with its body as the client meant it. */
  unwrap?: (request: WireRequest, operation: Operation) => WireRequest;
}

/** A protocol with HTTP bindings. */
export function restWire(model: ServiceModel, protocol: RestProtocol): Wire {
  const { format, encode, encodeError, unwrap, path = (request) => request.path } = protocol;
  let router: Router | undefined;
  // identify and decode see the same request: its URI is taken apart once.
  const matches = new WeakMap<WireRequest, Match>();

  const match = (request: WireRequest): Match | undefined => {
    router ??= new Router(model);
    const found = matches.get(request) ?? router.match(request, path(request));
    if (found) matches.set(request, found);
    return found;
  };

  return {
    identify: (request) => match(request)?.operation,
    decode(operation, request) {
      const found = match(request);
      if (!found) throw awsError('UnknownOperationException', '', { status: 404 });
      const plain = unwrap ? unwrap(request, operation) : request;
      return new RequestReader(format).read(planOf(operation).input, found, plain);
    },
    encode,
    encodeError,
  };
}
