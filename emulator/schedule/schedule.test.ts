import { isTimeZone, nextOccurrence, readSchedule } from '.';

const start = new Date('2026-01-01T00:00:00Z');

/** The first three moments, or as many as there are. */
function firstOf(expression: string, from = '2026-01-01T00:00:00Z', zone?: string): string[] {
  const schedule = readSchedule(expression);
  if (!schedule) return ['no schedule'];
  const found: string[] = [];
  let after: Date | undefined = new Date(from);
  while (after && found.length < 3) {
    after = nextOccurrence(schedule, { after, anchor: start, zone });
    if (after) found.push(after.toISOString().slice(0, 16));
  }
  return found;
}

test.each<[string, string[]]>([
  ['rate(5 minutes)', ['2026-01-01T00:05', '2026-01-01T00:10', '2026-01-01T00:15']],
  ['rate(1 day)', ['2026-01-02T00:00', '2026-01-03T00:00', '2026-01-04T00:00']],
  ['at(2026-03-01T12:30:00)', ['2026-03-01T12:30']],
  ['at(2025-03-01T12:30:00)', []],
  ['cron(0 12 * * ? *)', ['2026-01-01T12:00', '2026-01-02T12:00', '2026-01-03T12:00']],
  ['cron(0/15 10 ? * * *)', ['2026-01-01T10:00', '2026-01-01T10:15', '2026-01-01T10:30']],
  ['cron(30 8 ? * MON-FRI *)', ['2026-01-01T08:30', '2026-01-02T08:30', '2026-01-05T08:30']],
  ['cron(0 9 ? * 2,SAT *)', ['2026-01-03T09:00', '2026-01-05T09:00', '2026-01-10T09:00']],
  ['cron(0 9 ? * FRI-SUN *)', ['2026-01-02T09:00', '2026-01-03T09:00', '2026-01-04T09:00']],
  ['cron(0 22-1 1 1 ? 2027)', ['2027-01-01T00:00', '2027-01-01T01:00', '2027-01-01T22:00']],
  ['cron(0 0 L * ? *)', ['2026-01-31T00:00', '2026-02-28T00:00', '2026-03-31T00:00']],
  ['cron(0 0 1W * ? *)', ['2026-02-02T00:00', '2026-03-02T00:00', '2026-04-01T00:00']],
  ['cron(0 0 LW * ? *)', ['2026-01-30T00:00', '2026-02-27T00:00', '2026-03-31T00:00']],
  ['cron(0 0 ? * 6L *)', ['2026-01-30T00:00', '2026-02-27T00:00', '2026-03-27T00:00']],
  ['cron(0 0 ? * FRIL *)', ['2026-01-30T00:00', '2026-02-27T00:00', '2026-03-27T00:00']],
  ['cron(0 0 ? * L *)', ['2026-01-03T00:00', '2026-01-10T00:00', '2026-01-17T00:00']],
  ['cron(0 0 ? * 2#3 *)', ['2026-01-19T00:00', '2026-02-16T00:00', '2026-03-16T00:00']],
  ['cron(0 0 29 FEB ? *)', ['2028-02-29T00:00', '2032-02-29T00:00', '2036-02-29T00:00']],
  ['cron(0 0 1 1 ? 2027-2028)', ['2027-01-01T00:00', '2028-01-01T00:00']],
  ['cron(0 0 1 1 ? 2020)', []],
  ['cron(0 0 31 2 ? *)', []],
])('%s comes at %p', (expression, expected) => {
  expect(firstOf(expression)).toEqual(expected);
});

test.each([
  'rate(0 minutes)',
  'rate(5 seconds)',
  'rate(5)',
  'rate( 5 minutes)',
  'at(2026-02-30T00:00:00)',
  'at(2026-01-01)',
  'cron(0 12 * * * *)',
  'cron(0 12 ? * ? *)',
  'cron(0 12 1 * MON *)',
  'cron(0 12 * * ?)',
  'cron(60 12 * * ? *)',
  'cron(0 24 * * ? *)',
  'cron(0 0 ? * 0 *)',
  'cron(0 0 ? * 8 *)',
  'cron(0 0 32W * ? *)',
  'cron(0 0 ? * MON#6 *)',
  'cron(0 0 * 13 ? *)',
  'cron(0 0 * * ? 1969)',
  'cron(*/0 0 * * ? *)',
  'every day',
  '0 12 * * ? *',
])('%s is no schedule', (expression) => {
  expect(readSchedule(expression)).toBeUndefined();
});

describe('in a time zone', () => {
  test('cron follows the clocks there', () => {
    expect(firstOf('cron(0 9 ? * * *)', '2026-03-27T12:00:00Z', 'Europe/Paris')).toEqual([
      '2026-03-28T08:00',
      '2026-03-29T07:00',
      '2026-03-30T07:00',
    ]);
  });

  test('a time that daylight saving skips does not come', () => {
    expect(firstOf('cron(30 2 * * ? *)', '2026-03-07T12:00:00Z', 'America/New_York')).toEqual([
      '2026-03-09T06:30',
      '2026-03-10T06:30',
      '2026-03-11T06:30',
    ]);
  });

  test('a time that comes twice counts once', () => {
    expect(firstOf('cron(30 1 * * ? *)', '2026-10-31T12:00:00Z', 'America/New_York')).toEqual([
      '2026-11-01T05:30',
      '2026-11-02T06:30',
      '2026-11-03T06:30',
    ]);
  });

  test('at() names a wall time', () => {
    expect(firstOf('at(2026-07-01T12:00:00)', undefined, 'Asia/Tokyo')).toEqual([
      '2026-07-01T03:00',
    ]);
  });

  test.each([
    ['Europe/Paris', true],
    ['Mars/Olympus', false],
  ])('%s is a zone: %p', (zone, expected) => {
    expect(isTimeZone(zone)).toBe(expected);
  });
});
