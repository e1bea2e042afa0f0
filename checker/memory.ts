/** A map that tells of each change before anything else happens, so that a journal is never behind. */
export class Memory extends Map<string, unknown> {
  private tell: () => void = () => {};

  constructor(known: Iterable<readonly [string, unknown]> = []) {
    super();
    for (const [key, value] of known) super.set(key, value);
  }

  onChange(tell: () => void): this {
    this.tell = tell;
    return this;
  }

  override set(key: string, value: unknown): this {
    super.set(key, value);
    this.tell();
    return this;
  }
}
