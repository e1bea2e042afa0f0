import type { Call } from '../call';
import { awsError } from '../errors';
import type { Decoded } from './exchange';

type AnyHandler = (input: unknown, call: Call) => unknown;

/** Calls the service's handler; an operation without one is refused by name. */
export async function dispatch(exchange: Decoded): Promise<void> {
  const { service, operation, input, call } = exchange;
  const handlers = service.definition.handlers as Record<string, AnyHandler | undefined>;
  const handler = handlers[operation.name];
  if (!handler) {
    throw awsError('NotEmulated', `${service.card.name}.${operation.name} is not emulated`);
  }
  exchange.output = ((await handler(input, call)) ?? {}) as Record<string, unknown>;
}
