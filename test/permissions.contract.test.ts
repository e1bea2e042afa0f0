import { actionFacts } from '../emulator/authorisation';
import { Services } from '../emulator/services';

const services = new Services();

/** Operations that ask IAM for nothing of their own name, as the service itself defines them. */
const unlisted = services.cards.flatMap(({ name, iam }) => {
  const definition = services.load(name)?.definition;
  const asked = new Set(Object.keys(definition?.permissions ?? {}));
  return Object.keys(definition?.handlers ?? {})
    .filter((operation) => !asked.has(operation))
    .map((operation): [string, string, string] => [name, operation, `${iam}:${operation}`]);
});

test('every operation that asks for its own name on everything is an action without resources', () => {
  const wrong = unlisted
    .filter(([, , action]) => actionFacts(action)?.needsResource !== false)
    .map(([name, operation]) => `${name}.${operation}`);

  expect(wrong).toEqual([]);
});
