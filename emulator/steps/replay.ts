import { NormalizedSchema } from '@smithy/core/schema';
import type { Core } from '../core';
import { awsError } from '../errors';
import { encodeState } from '../state/codec';
import type { Exchange } from './exchange';

const remembered = 1000;

/** Answers by idempotency token, the newest thousand of them. */
export type Replays = Map<string, { input: string; output: Record<string, unknown> }>;

/** A request with a token that was answered before gets the same answer again. */
export function replayToken(exchange: Exchange, core: Core): void {
  const key = keyOf(exchange);
  const before = key === undefined ? undefined : core.replays.get(key);
  if (!before) return;
  if (before.input !== encodeState(exchange.input)) {
    throw awsError(
      'IdempotentParameterMismatch',
      'The request uses the same client token as a previous, but non-identical request.',
    );
  }
  exchange.output = before.output;
}

/** Keeps an answer for its token. */
export function rememberToken(exchange: Exchange, core: Core): void {
  const key = keyOf(exchange);
  if (key === undefined || !exchange.output || core.replays.has(key)) return;
  core.replays.set(key, { input: encodeState(exchange.input), output: exchange.output });
  if (core.replays.size > remembered) core.replays.delete(core.replays.keys().next().value ?? '');
}

function keyOf({ service, operation, input, caller, region }: Exchange): string | undefined {
  if (!service || !operation || !input || !caller) return undefined;
  const token = service.definition.ownTokens ? undefined : tokenIn(input, operation);
  if (token === undefined) return undefined;
  return [service.card.name, operation.name, caller.principal.accountId, region, token].join('/');
}

function tokenIn(input: Record<string, unknown>, operation: { input: unknown }) {
  const member = tokenMember(operation);
  const token = member === undefined ? undefined : input[member];
  return typeof token === 'string' && token !== '' ? token : undefined;
}

const tokenMembers = new WeakMap<object, string | false>();

/** Name of the input member that carries the token, looked up once an operation. */
function tokenMember(operation: { input: unknown }): string | undefined {
  const known = tokenMembers.get(operation);
  if (known !== undefined) return known || undefined;
  const schema = NormalizedSchema.of(operation.input as never);
  const members = schema.isStructSchema() ? [...schema.structIterator()] : [];
  const found = members.find(([, member]) => member.isIdempotencyToken())?.[0] ?? false;
  tokenMembers.set(operation, found);
  return found || undefined;
}
