import type { Core } from '../core';
import { AwsError } from '../errors';
import type { WireResponse } from '../wire';
import type { Exchange } from './exchange';

/** Writes the output in the service's own protocol. */
export function encodeOutput({ service, operation, output, requestId }: Exchange): WireResponse {
  if (!service || !operation) throw new Error('nothing was dispatched');
  return service.wire.encode(operation, output ?? {}, requestId);
}

/** Writes an error in the service's own protocol, or in a plain form when no service is known. */
export function encodeFailure(exchange: Exchange, core: Core, error: Error): WireResponse {
  const shown = isAws(error) ? error : bugOf(exchange, core, error);
  const { service, request, requestId } = exchange;
  if (service) return service.wire.encodeError(shown, requestId, request);
  return withoutService(exchange, shown);
}

/** AWS's own errors are ours and the SDK's exception classes; anything else is a bug here. */
const isAws = (error: Error): boolean => error instanceof AwsError || '$fault' in error;

/**
 * A bug is answered with a 4xx: a 5xx makes the CDK retry for 45 seconds before anyone sees it.
 */
function bugOf({ service, operation }: Exchange, core: Core, error: Error): AwsError {
  const where = `${service?.card.name ?? 'unknown'}.${operation?.name ?? 'unknown'}`;
  core.log(`bug in ${where}: ${error.stack ?? error.message}`);
  return new AwsError(
    'InternalFailure',
    `bug in the emulator's ${where}: ${error.message}; please report it`,
  );
}

function withoutService({ request, requestId }: Exchange, error: Error): WireResponse {
  const status = error instanceof AwsError ? error.status : 400;
  const json = /json/.test(request.headers['content-type'] ?? '');
  if (json) {
    return {
      status,
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId },
      body: JSON.stringify({ __type: error.name, message: error.message }),
    };
  }
  const text = escapeXml(error.message);
  return {
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: `<ErrorResponse><Error><Type>Sender</Type><Code>${error.name}</Code><Message>${text}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
  };
}

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
