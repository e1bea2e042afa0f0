import { Cron } from 'croner';
import { numberOf, numbersOf, type Range } from './field';
import { instantAt, wallTimeAt } from './zone';

const minutes: Range = { least: 0, most: 59 };
const hours: Range = { least: 0, most: 23 };
const days: Range = { least: 1, most: 31 };
const months: Range = {
  least: 1,
  most: 12,
  names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
};
const weekdays: Range = {
  least: 1,
  most: 7,
  names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'],
};
const years: Range = { least: 1970, most: 2199 };

/**
 * Six fields as AWS writes them (minutes, hours, day of month, month, day of week, year) in the
 * spelling of the calendar library; nothing when AWS takes them for no cron expression. One of
 * the two days must be `?`. Source: EventBridge's and EventBridge Scheduler's user guides.
 */
export function readCron(text: string): string | undefined {
  const fields = text.trim().split(/\s+/);
  const isOneDay = (fields[2] === '?') !== (fields[4] === '?');
  if (fields.length !== readers.length || !isOneDay) return undefined;
  const read = readers.map((reader, index) => reader(fields[index] ?? ''));
  return read.includes(undefined) ? undefined : `0 ${read.join(' ')}`;
}

const listOf = (field: string, range: Range): string | undefined =>
  field === '*' ? '*' : numbersOf(field, range)?.join(',');

function dayOf(field: string): string | undefined {
  if (field === '?') return '*';
  if (field === 'L' || field === 'LW') return field;
  const nearest = /^(\d{1,2})W$/.exec(field)?.[1];
  if (nearest === undefined) return listOf(field, days);
  return numberOf(nearest, days) === undefined ? undefined : field;
}

/** AWS counts weekdays from 1 for Sunday, the library from 0. */
function weekdayOf(field: string): string | undefined {
  if (field === '?' || field === '*') return '*';
  if (field === 'L') return '6';
  const special = /^(?<day>\w+?)(?:(?<last>L)|#(?<nth>[1-5]))$/.exec(field)?.groups;
  if (special) return weekdayInMonth(special['day'], special['nth'] ?? 'L');
  return numbersOf(field, weekdays)
    ?.map((number) => number - 1)
    .join(',');
}

function weekdayInMonth(day: string | undefined, which: string): string | undefined {
  const number = numberOf(day ?? '', weekdays);
  return number === undefined ? undefined : `${number - 1}#${which}`;
}

/** One for each field. */
const readers: ((field: string) => string | undefined)[] = [
  (field) => listOf(field, minutes),
  (field) => listOf(field, hours),
  dayOf,
  (field) => listOf(field, months),
  weekdayOf,
  (field) => listOf(field, years),
];

/**
 * The next moment after `after` that a pattern of `readCron` names on the clocks of a time zone.
 * A wall time that daylight saving skips is skipped; one that comes twice counts the first time.
 */
export function nextOfCron(pattern: string, after: Date, zone: string): Date | undefined {
  // The library sees wall time as if it were UTC's: its own rules for clock changes are not AWS's.
  const calendar = new Cron(pattern, { timezone: 'UTC', paused: true });
  let wall = calendar.nextRun(wallTimeAt(after, zone));
  while (wall) {
    const instant = instantAt(wall, zone);
    if (instant && instant > after) return instant;
    wall = calendar.nextRun(wall);
  }
  return undefined;
}
