import type { TimeSeries } from '../queries/time-series';

/** How far back a band looks, in milliseconds: AWS trains on two weeks. */
export const trainedOn = 14 * 24 * 3600_000;

/** Fewer values than this make no band. */
export const fewestToTrain = 10;

/** From this many values in an hour of the day on, the hour has a band of its own. */
const fewestAnHour = 180;

/** What is always normal, as a part of the mean: nothing in the world is quite constant. */
const narrowest = 0.02;

/** Values counted so far. */
class Tally {
  count = 0;
  private sum = 0;
  private squares = 0;

  add(value: number): void {
    this.count += 1;
    this.sum += value;
    this.squares += value * value;
  }

  mean(): number {
    return this.sum / this.count;
  }

  deviation(): number {
    const variance = this.squares / this.count - this.mean() ** 2;
    return Math.max(Math.sqrt(Math.max(variance, 0)), Math.abs(this.mean()) * narrowest);
  }
}

/**
 * The band of expected values at some moments: mean and standard deviation of what came before
 * each, of the same hour of the day once three days of it are known, of everything until then.
 * AWS's own model is not public; this one follows what came before, and knows days but no weeks.
 */
export function bandOf(
  history: TimeSeries,
  moments: Iterable<number>,
  deviations: number,
): [upper: TimeSeries, lower: TimeSeries] {
  const { period } = history;
  const lower = new Map<number, number>();
  const upper = new Map<number, number>();
  const known = new Known(history);
  for (const at of moments) {
    const tally = known.before(at);
    if (tally.count < fewestToTrain) continue;
    lower.set(at, tally.mean() - deviations * tally.deviation());
    upper.set(at, tally.mean() + deviations * tally.deviation());
  }
  return [
    { points: upper, period },
    { points: lower, period },
  ];
}

const hourOf = (at: number): number => Math.floor(at / 3600_000) % 24;

/** What is known before moments that are asked for in order. */
class Known {
  private readonly points: [number, number][];
  private readonly all = new Tally();
  private readonly hours = Array.from({ length: 24 }, () => new Tally());
  private next = 0;

  constructor({ points }: TimeSeries) {
    this.points = [...points];
  }

  before(at: number): Tally {
    for (
      let point = this.points[this.next];
      point && point[0] < at;
      point = this.points[(this.next += 1)]
    ) {
      this.all.add(point[1]);
      this.hours[hourOf(point[0])]?.add(point[1]);
    }
    const hour = this.hours[hourOf(at)];
    return hour && hour.count >= fewestAnHour ? hour : this.all;
  }
}
