import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { accountWithRole, zipOf } from '../../../../test/support/functions';

const failing = "exports.handler = async () => { throw new Error('two'); };";

/** Version 1 works, version 2 fails, and the alias `live` sends half of its calls to each. */
async function shifting() {
  const account = await accountWithRole();
  const { lambda } = account;
  await account.create('exports.handler = async () => 1;', { Publish: true });
  await lambda.updateFunctionCode({
    FunctionName: 'orders',
    ZipFile: zipOf({ 'index.js': failing }),
    Publish: true,
  });
  await lambda.createAlias({
    FunctionName: 'orders',
    Name: 'live',
    FunctionVersion: '1',
    RoutingConfig: { AdditionalVersionWeights: { '2': 0.5 } },
  });
  const cloudwatch = account.client(CloudWatch);
  const sum = async (MetricName: string, dimensions: Record<string, string>) => {
    await account.clock.settle();
    const { Datapoints = [] } = await cloudwatch.getMetricStatistics({
      Namespace: 'AWS/Lambda',
      MetricName,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      StartTime: new Date('2026-01-01T00:00:00Z'),
      EndTime: new Date('2026-01-01T01:00:00Z'),
      Period: 3600,
      Statistics: ['Sum'],
    });
    return Datapoints[0]?.Sum;
  };
  return { ...account, sum };
}

const calls = 20;

test('each call counts under its function, its alias and the version that ran', async () => {
  const { invoke, sum } = await shifting();
  const versions: (string | undefined)[] = [];
  for (let call = 0; call < calls; call += 1)
    versions.push((await invoke({}, { Qualifier: 'live' })).version);
  const ofTwo = versions.filter((version) => version === '2').length;

  expect(ofTwo).toBeGreaterThan(2);
  expect(ofTwo).toBeLessThan(18);
  const fn = { FunctionName: 'orders' };
  const live = { ...fn, Resource: 'orders:live' };
  expect(await sum('Invocations', {})).toBe(calls);
  expect(await sum('Invocations', fn)).toBe(calls);
  expect(await sum('Invocations', live)).toBe(calls);
  expect(await sum('Errors', live)).toBe(ofTwo);
  expect(await sum('Errors', { ...live, ExecutedVersion: '1' })).toBe(0);
  expect(await sum('Errors', { ...live, ExecutedVersion: '2' })).toBe(ofTwo);
  expect(await sum('Invocations', { ...fn, Resource: 'orders' })).toBeUndefined();
});

test('Resource is the name alone for calls without a qualifier, and name:number for a version', async () => {
  const { invoke, sum } = await shifting();
  await invoke();
  await invoke({}, { Qualifier: '1' });

  expect(await sum('Errors', { FunctionName: 'orders', Resource: 'orders' })).toBe(1);
  expect(await sum('Errors', { FunctionName: 'orders', Resource: 'orders:1' })).toBe(0);
  expect(await sum('Invocations', { FunctionName: 'orders', Resource: 'orders:1' })).toBe(1);
});

test('a throttle is no invocation', async () => {
  const { lambda, invoke, sum } = await shifting();
  await lambda.putFunctionConcurrency({ FunctionName: 'orders', ReservedConcurrentExecutions: 0 });

  await expect(invoke()).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  expect(await sum('Throttles', { FunctionName: 'orders' })).toBe(1);
  expect(await sum('Invocations', { FunctionName: 'orders' })).toBeUndefined();
});

test('the same calls in the same order choose the same versions', async () => {
  const run = async () => {
    const { invoke } = await shifting();
    const versions: (string | undefined)[] = [];
    for (let call = 0; call < 6; call += 1)
      versions.push((await invoke({}, { Qualifier: 'live' })).version);
    return versions.join('');
  };

  expect(await run()).toBe(await run());
});
