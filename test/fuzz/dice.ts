import { Random } from '../../emulator/random';

/** Draws from a seed, so that a run that has found something finds it again. */
export class Dice {
  private readonly random: Random;

  constructor(seed: string) {
    this.random = new Random(seed);
  }

  /** From 0 up to but not including the limit. */
  below(limit: number): number {
    return Number.parseInt(this.random.hex(8), 16) % limit;
  }

  /** True so often out of a hundred times. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<T>(items: readonly [T, ...T[]]): T {
    return items[this.below(items.length)] ?? items[0];
  }
}
