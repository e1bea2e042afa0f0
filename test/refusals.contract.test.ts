import { Services } from '../emulator/services';
import { emulated } from './support/emulated';
import { allRefusals, type Refusal, type Refusals } from './support/refusals';
import { filled, keepOf, type Step } from './support/steps';

type AnyClient = Record<string, (input: unknown) => Promise<unknown>>;
type Credentials = NonNullable<Parameters<ReturnType<typeof emulated>['client']>[1]>['credentials'];

const services = new Services();

/** Makes calls one after another, as the account's root or as whom a call names. */
function caller(service: string) {
  const { client, clock } = emulated();
  const kept: Record<string, unknown> = {};

  function sdkOf(folder: string, as?: string): AnyClient {
    const known = as === undefined ? undefined : filled(as, kept);
    const identity =
      typeof known === 'string' ? { accessKeyId: known } : { credentials: known as Credentials };
    return client(services.load(folder)!.definition.client as never, identity) as AnyClient;
  }

  const call = ({ operation, of = service, input, as }: Step & { as?: string }) =>
    sdkOf(of, as)[operation]!(filled(input, kept));

  return {
    call,
    filled: (text: string) => filled(text, kept),
    /** `- advance: 5m` lets time pass. */
    async follow(steps: Step[]) {
      for (const step of steps) {
        if (step.operation === 'advance') await clock.advance(step.input as never);
        else keepOf(step, await call(step), kept);
      }
    },
  };
}

const titled = (refusal: Refusal) => ({
  ...refusal,
  title: `${refusal.operation} refuses with ${refusal.refuses}: ${refusal.says} [${refusal.source}]`,
});

describe.each(allRefusals)('$service $file', ({ service, given, refusals }: Refusals) => {
  let account: ReturnType<typeof caller>;

  beforeAll(async () => {
    account = caller(service);
    await account.follow(given);
  });

  test.each(refusals.map(titled))('$title', async (refusal) => {
    await account.follow(refusal.given);

    const error = await account.call(refusal).then(
      (answer) => ({ answer }),
      (thrown: Error & { $metadata?: { httpStatusCode?: number } }) => ({
        name: thrown.name,
        status: thrown.$metadata?.httpStatusCode,
        message: thrown.message,
      }),
    );

    expect(error).toEqual({
      name: refusal.refuses,
      status: refusal.status ?? 400,
      message: account.filled(refusal.says),
    });
  });
});

/** Where an error's words were read: on AWS, in what others recorded there, or not yet anywhere. */
const knownSource = /^(unverified$|https:\/\/|FACTS [A-Z]\d|LocalStack test_|moto )/;

const named = allRefusals.flatMap(({ service, refusals }) =>
  refusals.map(({ operation, source }) => ({ service, operation, source })),
);

test('the words of every refusal have a source or are called unverified', () => {
  expect(named.filter(({ source }) => !knownSource.test(source))).toEqual([]);
});

test.each(services.cards.map(({ name }) => name))('every operation of %s has a refusal', (name) => {
  const refused = named.filter(({ service }) => service === name);
  const without = Object.keys(services.load(name)!.definition.handlers).filter(
    (handler) => !refused.some(({ operation }) => capitalised(operation) === handler),
  );
  expect(without).toEqual([]);
});

const capitalised = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
