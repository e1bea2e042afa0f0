/** `2026-01-01T00:00:00.000+0000`, as AWS writes times into messages and events of alarms. */
export const awsDate = (at: number): string => new Date(at).toISOString().replace('Z', '+0000');

/** `01/01/26 00:00:00`, as reasons have it. */
export function shortDate(at: number): string {
  const [, year, month, day, time] = /^\d\d(\d\d)-(\d\d)-(\d\d)T(.{8})/.exec(
    new Date(at).toISOString(),
  ) ?? [''];
  return `${day}/${month}/${year} ${time}`;
}

/** `Thursday 01 January, 2026 00:00:00 UTC`, as reasons of composite alarms have it. */
export function longDate(at: number): string {
  const date = new Date(at);
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', ...options }).format(date);
  const day = String(date.getUTCDate()).padStart(2, '0');
  const time = date.toISOString().slice(11, 19);
  return `${part({ weekday: 'long' })} ${day} ${part({ month: 'long' })}, ${date.getUTCFullYear()} ${time} UTC`;
}

/** A number as Java prints a double: `2.0`, `1.0E7`. */
export function javaNumber(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) {
    const [digits = '', exponent] = value.toExponential().split('e');
    return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
