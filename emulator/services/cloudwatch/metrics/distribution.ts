/** A value and how often it came; lists of them are in order of value. */
export type Mass = [value: number, count: number];

export const massOf = (values: readonly Mass[]): number =>
  values.reduce((sum, [, count]) => sum + count, 0);

export const sumOf = (values: readonly Mass[]): number =>
  values.reduce((sum, [value, count]) => sum + value * count, 0);

/** The smallest value that at least so many percent of the values do not exceed. */
export function percentile(values: readonly Mass[], percent: number): number {
  const wanted = (massOf(values) * percent) / 100;
  let seen = 0;
  for (const [value, count] of values) {
    seen += count;
    // The sum of many parts may miss a whole number by a hair.
    if (seen >= wanted - 1e-9) return value;
  }
  return values.at(-1)?.[0] ?? Number.NaN;
}

/** The values between two percentiles; a value on the cut counts for the part that is inside. */
export function inPercent(values: readonly Mass[], from: number, to: number): Mass[] {
  const all = massOf(values);
  const [low, high] = [(all * from) / 100, (all * to) / 100];
  let seen = 0;
  return values.flatMap(([value, count]): Mass[] => {
    const inside = Math.min(seen + count, high) - Math.max(seen, low);
    seen += count;
    return inside > 0 ? [[value, inside]] : [];
  });
}

/** The values above one bound and up to the other. */
export const inValues = (
  values: readonly Mass[],
  from: number | undefined,
  to: number | undefined,
): Mass[] => values.filter(([value]) => value > (from ?? -Infinity) && value <= (to ?? Infinity));
