/** A template's scalars as the strings that CloudFormation takes them for. */
export const text = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
