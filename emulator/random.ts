import { createHash } from 'node:crypto';

const upperAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Ids from a seed and a counter: the same calls in the same order give the same ids. */
export function createRandom(seed: string, start = 0) {
  let counter = start;

  function bytes(length: number): Buffer {
    const parts: Buffer[] = [];
    for (let have = 0; have < length; have += 32) {
      counter += 1;
      parts.push(createHash('sha256').update(`${seed}:${counter}`).digest());
    }
    return Buffer.concat(parts).subarray(0, length);
  }

  const hex = (length: number): string =>
    bytes(Math.ceil(length / 2))
      .toString('hex')
      .slice(0, length);

  return {
    hex,
    upper: (length: number): string =>
      Array.from(bytes(length), (byte) => upperAlphabet[byte % 32]).join(''),
    uuid(): string {
      const digits = hex(32);
      return [
        digits.slice(0, 8),
        digits.slice(8, 12),
        `4${digits.slice(13, 16)}`,
        `8${digits.slice(17, 20)}`,
        digits.slice(20),
      ].join('-');
    },
    /** How many have been drawn, to go on from there after a restart. */
    drawn: (): number => counter,
  };
}

export type Random = ReturnType<typeof createRandom>;
