import { join } from 'node:path';
import { Services } from '../../emulator/services';
import { createEmulator } from '../../emulator';
import { emulated } from '../support/emulated';
import { isInstalled, run } from '../support/run';
import { filled, keepOf, type Step } from '../support/steps';
import { type Walk, walks } from './walks';

jest.setTimeout(120_000);

type AnyClient = Record<string, (input: unknown) => Promise<unknown>>;

/** What came of a step: part of an answer, or an error's name. */
type Outcome = { answer: unknown } | { error: string };

const services = new Services();

/** The SDK walks on a frozen clock, with every byte of the wire. */
async function walkWithSdk({ service, steps }: Walk): Promise<Outcome[]> {
  const { client } = emulated();
  const sdkOf = (name: string) =>
    client(services.load(name)!.definition.client as never) as AnyClient;
  const kept: Record<string, unknown> = {};
  const outcomes: Outcome[] = [];
  for (const step of steps) {
    const { operation, of = service, input } = step;
    const outcome = await sdkOf(of)[operation]!(filled(input, kept)).then(
      (answer): Outcome => ({ answer }),
      (error: Error): Outcome => ({ error: error.name }),
    );
    if ('answer' in outcome) keepOf(step, outcome.answer, kept);
    outcomes.push(outcome);
  }
  return outcomes;
}

function wanted({ operation, answers, refuses, code }: Step, client: 'sdk' | 'other') {
  const error = client === 'sdk' ? refuses : (code ?? refuses);
  return { operation, ...(error === undefined ? { answer: answers ?? {} } : { error }) };
}

/** Every step with what came of it, so that a difference names its call. */
const named = (steps: Step[], outcomes: Outcome[]) =>
  outcomes.map((outcome, index) => ({ operation: steps[index]?.operation, ...outcome }));

test.each(walks)('the SDK walks through $service', async (walk) => {
  const outcomes = await walkWithSdk(walk);

  expect(named(walk.steps, outcomes)).toMatchObject(walk.steps.map((step) => wanted(step, 'sdk')));
});

test('every service has a walk', () => {
  expect(walks.map(({ service }) => service).toSorted()).toEqual(
    services.cards.map(({ name }) => name).filter((name) => !awaited.includes(name)),
  );
});

/** Services that are still without one. */
const awaited: string[] = [];

/** DOP_LABS_PYTHON names a Python with boto3 (and awscli) that is not on the path. */
const python = process.env['DOP_LABS_PYTHON'] || 'python3';
const hasBoto3 = isInstalled(python, '-c', 'import boto3');
const hasCli = isInstalled(python, '-c', 'import awscli');
const missing = [...(hasBoto3 ? [] : ['boto3']), ...(hasCli ? [] : ['awscli'])].join(' and ');
if (missing)
  process.stderr.write(
    `skipped: ${python} has no ${missing}; DOP_LABS_PYTHON may name one that has\n`,
  );

interface Found {
  service: string;
  steps: Outcome[];
  cli?: { code: number; answer: unknown };
}

(hasBoto3 ? describe : describe.skip)('boto3 and the AWS CLI', () => {
  const emulator = createEmulator();
  let found: Record<string, Found> = {};

  beforeAll(async () => {
    const endpoint = `http://127.0.0.1:${await emulator.listen(0)}`;
    found = await walkWithPython(endpoint);
  });

  afterAll(() => emulator.close());

  test.each(walks)('boto3 walks through $service', ({ service, steps }) => {
    expect(named(steps, found[service]?.steps ?? [])).toMatchObject(
      steps.map((step) => wanted(step, 'other')),
    );
  });

  (hasCli ? test : test.skip).each(walks)('the AWS CLI reads $service', ({ service, cli }) => {
    expect(found[service]?.cli).toMatchObject({ code: 0, answer: cli.answers });
  });
});

async function walkWithPython(endpoint: string): Promise<Record<string, Found>> {
  const input = JSON.stringify({ endpoint, walks }, bytesAsText);
  const env = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    AWS_ACCESS_KEY_ID: '000000000000',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/nonexistent',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
  };
  const { code, stdout, stderr } = await run(python, [join(__dirname, 'walk.py')], { env, input });
  if (code !== 0) throw new Error(stderr);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Found);
  return Object.fromEntries(lines.map((line) => [line.service, line]));
}

/** A Buffer has already become something else by its toJSON when a replacer sees it. */
function bytesAsText(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const original = this[key];
  return original instanceof Uint8Array
    ? { $bytes: Buffer.from(original).toString('base64') }
    : value;
}
