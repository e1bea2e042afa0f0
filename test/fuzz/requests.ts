import { inProcessConfiguration } from '../../emulator/clients';
import { Services } from '../../emulator/services';
import { type Operation, packageOf, type WireRequest } from '../../emulator/wire';
import type { Dice } from './dice';
import { randomInput } from './input';

type Command = new (input: Record<string, unknown>) => unknown;
type Client = new (configuration: unknown) => { send(command: unknown): Promise<unknown> };

interface Target {
  service: string;
  signingName: string;
  client: { send(command: unknown): Promise<unknown> };
  commands: Record<string, Command>;
  words: string[];
  /** Those that the emulator has come first. */
  emulated: Operation[];
  others: Operation[];
}

export interface FuzzRequest extends WireRequest {
  what: string;
}

const captured: { request: WireRequest | undefined } = { request: undefined };
const sentinel = new Error('captured');

const capture = (request: WireRequest): Promise<never> => {
  captured.request = request;
  return Promise.reject(sentinel);
};

function targetOf(name: string, services: Services): Target {
  const { card, definition, model } = services.load(name) ?? {};
  if (!card || !definition || !model) throw new Error(`no service is called ${name}`);
  const sdk = packageOf(name);
  const clientName = Object.keys(sdk).find(
    (key) => key.endsWith('Client') && !key.startsWith('__'),
  );
  const operations = [...model.operations.values()];
  const isEmulated = (operation: Operation) => operation.name in definition.handlers;
  return {
    service: name,
    signingName: card.signingName,
    client: new (sdk[clientName ?? ''] as Client)({
      ...inProcessConfiguration('us-east-1', capture),
      disableHostPrefix: true,
      logger: { debug() {}, info() {}, warn() {}, error() {} },
    }),
    commands: sdk as Record<string, Command>,
    words: wordsOf(sdk),
    emulated: operations.filter(isEmulated),
    others: operations.filter((operation) => !isEmulated(operation)),
  };
}

/** An SDK exports its enumerations as objects of texts. */
const wordsOf = (sdk: Record<string, unknown>): string[] =>
  Object.values(sdk)
    .filter((value) => typeof value === 'object' && value !== null && !Array.isArray(value))
    .flatMap((value) => Object.values(value as object))
    .filter((word): word is string => typeof word === 'string');

/** Random requests of every emulated service, as its SDK writes them. */
export function createRequests(dice: Dice, only: string[] = []) {
  const services = new Services();
  const names = services.cards.map((card) => card.name);
  const targets = names
    .filter((name) => only.length === 0 || only.includes(name))
    .map((name) => targetOf(name, services));

  return async function next(): Promise<FuzzRequest> {
    for (;;) {
      const target = dice.pick(targets as [Target, ...Target[]]);
      const operations = dice.chance(95) || !target.others[0] ? target.emulated : target.others;
      const operation = dice.pick(operations as [Operation, ...Operation[]]);
      const request = await written(target, operation, dice);
      if (request) return request;
    }
  };
}

/** Undefined when the SDK refuses to write this input at all. */
async function written(
  { service, signingName, client, commands, words }: Target,
  { name, input }: Operation,
  dice: Dice,
): Promise<FuzzRequest | undefined> {
  captured.request = undefined;
  const Command = commands[`${name}Command`];
  if (!Command) return undefined;
  await client.send(new Command(randomInput(input, { dice, words }))).catch(() => undefined);
  const request = captured.request as WireRequest | undefined;
  if (!request) return undefined;
  const scope = `000000000000/20260101/us-east-1/${signingName}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=00`;
  // The SDK's own JSON bodies warn whoever reads them as text.
  const body = Uint8Array.from(request.body);
  const headers = { ...request.headers, authorization };
  return { ...request, body, headers, what: `${service}.${name}` };
}
