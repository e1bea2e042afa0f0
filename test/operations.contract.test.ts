import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Services } from '../emulator/services';

const root = resolve(__dirname, '..');

const textsIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(test\.ts|yaml|py)$/.test(entry.name))
    .filter(({ name }) => !name.endsWith('refusals.yaml'))
    .map((entry) => withoutRefusals(readFileSync(join(entry.parentPath, entry.name), 'utf8')));

/** Leaves out the calls of `expect(sqs.getQueueUrl(…)).rejects`: they answer nothing. */
const withoutRefusals = (text: string): string =>
  text.replaceAll(/\bexpect\([^;]*?\)\s*\.rejects\b/g, '');

const shared = textsIn('test').join('\n');

/** `PutItem` is called as `.putItem(`, by a sample as `putItem:` and by boto3 as `put_item(`. */
function isCalled(operation: string, texts: string): boolean {
  const camel = operation.charAt(0).toLowerCase() + operation.slice(1);
  return new RegExp(`\\b${camel}\\s*[(:<]|['"\`]${camel}['"\`]|\\b${operation}Command\\b`).test(
    texts,
  );
}

const services = new Services();
const names = services.cards.map(({ name }) => name);

function untestedOf(name: string): string[] {
  const handlers = services.load(name)?.definition.handlers ?? {};
  const texts = [...textsIn(join('emulator', 'services', name)), shared].join('\n');
  return Object.keys(handlers)
    .filter((operation) => !isCalled(operation, texts))
    .toSorted();
}

test.each(names)('every operation of %s is called by a test', (name) => {
  expect(untestedOf(name)).toEqual([]);
});
