import type { Core } from '../core';
import { openCall } from '../calls';
import { awsError } from '../errors';
import type { Exchange } from './exchange';

/** Finds the operation in the service's model and reads its input. */
export function decodeInput(exchange: Exchange, core: Core): void {
  const { service, request, caller, region } = exchange;
  if (!service || !caller || !region) return;
  const operation = service.wire.identify(request);
  if (!operation) {
    throw awsError('UnknownOperationException', 'The requested operation is not recognized.', {
      status: 404,
    });
  }
  exchange.operation = operation;
  exchange.input = service.wire.decode(operation, request);
  const call = openCall(core, {
    service,
    operation: operation.name,
    region,
    caller,
    requestId: exchange.requestId,
  });
  exchange.call = call;
  exchange.announced = () => call.announced();
  exchange.finish = () => call.finish();
}
