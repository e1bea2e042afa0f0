import { createHash } from 'node:crypto';

const upperAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * Ids from a seed: the same calls in the same order give the same ids. A restart goes on from
 * another point (the count drawn so far), so that no id is drawn twice.
 * The generator is Chris Doty-Humphrey's sfc32: fast, 128 bits of state.
 */
export class Random {
  private readonly words: Uint32Array;
  private count: number;

  constructor(seed: string, drawn = 0) {
    const digest = createHash('sha256').update(`${seed}:${drawn}`).digest();
    this.words = Uint32Array.from([0, 4, 8, 12], (offset) => digest.readUInt32LE(offset));
    this.count = drawn;
  }

  /** Lower-case hexadecimal digits. */
  hex(length: number): string {
    let digits = '';
    while (digits.length < length) digits += this.next().toString(16).padStart(8, '0');
    return digits.slice(0, length);
  }

  /** Capital letters and the digits 2 to 7, as in access key ids. */
  upper(length: number): string {
    let text = '';
    while (text.length < length) text += upperAlphabet[this.next() >>> 27];
    return text;
  }

  uuid(): string {
    const digits = this.hex(32);
    return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20)}`;
  }

  /** How many numbers have been drawn, for the next start. */
  drawn(): number {
    return this.count;
  }

  private next(): number {
    const [a = 0, b = 0, c = 0, counter = 0] = this.words;
    const sum = (a + b + counter) >>> 0;
    this.words[0] = b ^ (b >>> 9);
    this.words[1] = c + (c << 3);
    this.words[2] = ((c << 21) | (c >>> 11)) + sum;
    this.words[3] = counter + 1;
    this.count += 1;
    return sum;
  }
}
