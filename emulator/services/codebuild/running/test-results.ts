import type { TestCase } from '@aws-sdk/client-codebuild';
import { parseXML } from '@aws-sdk/xml-builder';
import { parseJson } from '../../../json';
import { table } from '../../../table';

type Fields = Record<string, unknown>;

/** One test as a file tells of it. */
export type Result = Required<Pick<TestCase, 'name' | 'status'>> &
  Pick<TestCase, 'prefix' | 'message' | 'durationInNanoSeconds' | 'testSuiteName'>;

/** Readers by `file-format`; every other format is refused by name. */
export const readers: Record<string, ((text: string) => Result[]) | undefined> = table({
  JUNITXML: readJUnit,
  CUCUMBERJSON: readCucumber,
});

const list = (value: unknown): Fields[] =>
  value === undefined ? [] : ((Array.isArray(value) ? value : [value]) as Fields[]);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function readJUnit(text: string): Result[] {
  const document = parseXML(text) as Fields;
  // Node's own reporter puts test cases that are in no suite directly below `testsuites`.
  return [...list(document['testsuites']), ...list(document['testsuite'])].flatMap(suiteResults);
}

function suiteResults(suite: Fields): Result[] {
  const nested = list(suite['testsuite']).flatMap(suiteResults);
  const own = list(suite['testcase']).map((test) => {
    const { status, message } = verdictOf(test);
    return {
      name: textOf(test['name']),
      prefix: textOf(test['classname']),
      testSuiteName: textOf(suite['name']),
      status,
      message,
      durationInNanoSeconds: Math.round(Number(test['time'] ?? 0) * 1e9),
    };
  });
  return [...own, ...nested];
}

function verdictOf(test: Fields): { status: string; message: string } {
  const kinds = [
    ['failure', 'FAILED'],
    ['error', 'ERROR'],
    ['skipped', 'SKIPPED'],
  ] as const;
  for (const [member, status] of kinds) {
    if (!(member in test)) continue;
    const [detail] = list(test[member]);
    const given =
      typeof detail === 'string'
        ? detail
        : textOf(detail?.['message']) || textOf(detail?.['#text']);
    return { status, message: given };
  }
  return { status: 'SUCCEEDED', message: '' };
}

function readCucumber(text: string): Result[] {
  return list(parseJson(text)).flatMap((feature) =>
    list(feature['elements'])
      .filter(({ type }) => type !== 'background')
      .map((scenario) => scenarioResult(scenario, feature)),
  );
}

function scenarioResult(scenario: Fields, feature: Fields): Result {
  const results = list(scenario['steps']).map(({ result }) => (result ?? {}) as Fields);
  const failed = results.find(({ status }) => status === 'failed');
  const isPassed = results.every(({ status }) => status === 'passed');
  return {
    name: textOf(scenario['name']),
    prefix: textOf(feature['name']),
    testSuiteName: textOf(feature['name']),
    status: failed ? 'FAILED' : isPassed ? 'SUCCEEDED' : 'SKIPPED',
    message: textOf(failed?.['error_message']),
    durationInNanoSeconds: results.reduce((sum, { duration }) => sum + Number(duration ?? 0), 0),
  };
}
