/** A property for an API that takes text: a document as JSON, a number or boolean as written. */
export const asText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);
