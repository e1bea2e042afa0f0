import type { MetricDataResult } from '@aws-sdk/client-cloudwatch';
import { paginate } from '../../../paginate';

/**
 * One page of results, counted in data points over all of them. A result that goes on on the next
 * page is PartialData; one without any point stands on the first page.
 */
export function pageOfResults(
  results: MetricDataResult[],
  token: string | undefined,
  size: { max: number; invalid: () => Error },
): { page: MetricDataResult[]; next?: string } {
  const points = results.flatMap(({ Timestamps = [] }, result) =>
    Timestamps.map((_, index) => ({ result, index })),
  );
  const { page, next } = paginate(points, token, size);
  const shown = results.flatMap((result, number): MetricDataResult[] => {
    const indexes = page.filter((point) => point.result === number).map(({ index }) => index);
    if (indexes.length > 0) return [partOf(result, indexes[0] ?? 0, indexes.length)];
    return result.Timestamps?.length === 0 && token === undefined ? [result] : [];
  });
  return { page: shown, ...(next === undefined ? {} : { next }) };
}

function partOf(result: MetricDataResult, first: number, count: number): MetricDataResult {
  const { Timestamps = [], Values = [], StatusCode } = result;
  return {
    ...result,
    Timestamps: Timestamps.slice(first, first + count),
    Values: Values.slice(first, first + count),
    StatusCode: first + count < Timestamps.length ? 'PartialData' : StatusCode,
  };
}
