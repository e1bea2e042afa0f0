import type { CloudWatch, Dimension, MetricDatum } from '@aws-sdk/client-cloudwatch';
import type { LambdaCall, LambdaFunction } from '../state';
import type { Concurrency } from './concurrency';
import type { Result } from './result';

interface About {
  fn: LambdaFunction;
  /** As the caller named it. */
  qualifier: string | undefined;
  /** The version that ran. */
  version: string;
  at: Date;
}

type Values = Record<string, { value: number; unit: 'Count' | 'Milliseconds' }>;

/** Counts an invocation that ran, whether its code failed or not. */
export function publishInvocation(
  about: About & { result: Result; concurrency: Concurrency },
  call: LambdaCall,
): void {
  const { result, concurrency, fn, at } = about;
  publish(
    about,
    {
      Invocations: count(1),
      Errors: count(result.functionError === undefined ? 0 : 1),
      Throttles: count(0),
      Duration: { value: result.durationMs, unit: 'Milliseconds' },
    },
    call,
  );
  put(
    [
      datum('ConcurrentExecutions', count(concurrency.total), { at, dimensions: [] }),
      datum('ConcurrentExecutions', count(concurrency.ofFunction), {
        at,
        dimensions: [{ Name: 'FunctionName', Value: fn.name }],
      }),
    ],
    call,
  );
}

/** A throttled call is no invocation. */
export const publishThrottle = (about: About, call: LambdaCall): void =>
  publish(about, { Throttles: count(1) }, call);

/** Counts under every set of dimensions that AWS has for a call. */
function publish(about: About, values: Values, call: LambdaCall): void {
  const data = dimensionSets(about).flatMap((dimensions) =>
    Object.entries(values).map(([name, value]) => datum(name, value, { at: about.at, dimensions })),
  );
  put(data, call);
}

/** Metrics of asynchronous invocations know no version. */
export function publishForFunction(fn: LambdaFunction, values: Values, call: LambdaCall): void {
  const dimensions = [{ Name: 'FunctionName', Value: fn.name }];
  const at = call.now();
  put(
    Object.entries(values).map(([name, value]) => datum(name, value, { at, dimensions })),
    call,
  );
}

export const count = (value: number) => ({ value, unit: 'Count' as const });

/**
 * `Resource` is the function's name alone for unqualified calls only, else `name:qualifier`; calls
 * of an alias have the version that ran besides.
 */
function dimensionSets({ fn, qualifier, version }: About): Dimension[][] {
  const named = { Name: 'FunctionName', Value: fn.name };
  const resource = {
    Name: 'Resource',
    Value: qualifier === undefined ? fn.name : `${fn.name}:${qualifier}`,
  };
  const sets = [[], [named], [named, resource]];
  if (!fn.aliases.has(qualifier ?? '')) return sets;
  return [...sets, [named, resource, { Name: 'ExecutedVersion', Value: version }]];
}

const datum = (
  MetricName: string,
  { value, unit }: Values[string],
  { at, dimensions }: { at: Date; dimensions: Dimension[] },
): MetricDatum => ({
  MetricName,
  Value: value,
  Unit: unit,
  Timestamp: at,
  ...(dimensions.length > 0 ? { Dimensions: dimensions } : {}),
});

function put(MetricData: MetricDatum[], call: LambdaCall): void {
  call.background(async () => {
    const cloudwatch = call.client<CloudWatch>(
      'cloudwatch',
      call.asService('lambda.amazonaws.com'),
    );
    await cloudwatch.putMetricData({ Namespace: 'AWS/Lambda', MetricData });
  });
}
