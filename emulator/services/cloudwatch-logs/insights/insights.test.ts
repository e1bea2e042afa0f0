import { compileQuery, type Source } from '.';

const start = Date.parse('2026-01-01T00:00:00Z');

const source = (message: string, index: number): Source => ({
  timestamp: start + index * 60_000,
  ingestionTime: start,
  message,
  logStream: 'one',
  log: '000000000000:/shop',
  pointer: () => `p${index}`,
});

/** Rows as objects, without the pointer; the newest event comes first. */
function answers(query: string, messages: string[], limit = 10_000) {
  const { results } = compileQuery(query).run(messages.map(source).toReversed(), limit);
  return results.map((row) =>
    Object.fromEntries(
      row.flatMap(({ field, value }) => (field === '@ptr' ? [] : [[field, value]])),
    ),
  );
}

const orders = [
  '{"level":"info","latency":120,"path":"/pay","user":{"id":7},"items":["a","b"]}',
  '{"level":"error","latency":900,"path":"/pay","code":500,"foo-bar":"x"}',
  '{"level":"info","latency":80,"path":"/cart"}',
  '{"level":"error","latency":40,"path":"/cart","code":404}',
  'plain text without fields',
];

describe('fields and display', () => {
  test('without columns the time and the message are shown, the newest first', () => {
    const { results } = compileQuery('limit 1').run([source('a', 1), source('b', 0)], 10);

    expect(results).toEqual([
      [
        { field: '@timestamp', value: '2026-01-01 00:01:00.000' },
        { field: '@message', value: 'a' },
        { field: '@ptr', value: 'p1' },
      ],
    ]);
  });

  test('columns are discovered fields, nested ones too, and expressions with or without a name', () => {
    expect(
      answers('fields user.id, items.1, latency / 1000 as seconds, abs(5 - 7), @log', [
        orders[0] ?? '',
      ]),
    ).toEqual([
      {
        'user.id': '7',
        'items.1': 'b',
        seconds: '0.12',
        'abs(5 - 7)': '2',
        '@log': '000000000000:/shop',
      },
    ]);
  });

  test('display wins over fields, and backticks hold odd names', () => {
    expect(answers('fields level | display `foo-bar`', [orders[1] ?? ''])).toEqual([
      { 'foo-bar': 'x' },
    ]);
  });
});

describe('filter', () => {
  test.each([
    ['level = "error"', 2],
    ['level != "error"', 2],
    ['latency > 100', 2],
    ['latency >= 80 and latency <= 120', 2],
    ["level = 'error' and (latency < 50 or path = '/pay')", 2],
    ['not ispresent(level)', 1],
    ['level like "err"', 2],
    ['level like /^ERR/', 0],
    ['level like /(?i)^ERR/', 2],
    ['@message =~ /text\\s+without/', 1],
    ['@message not like /level/', 1],
    ['code in [404, 500]', 2],
    ['level in ["info"] or code = 404', 3],
    ['code not in [404]', 4],
    ['latency % 100 = 20', 1],
    ['strcontains(path, "car") = 1', 2],
    ['strlen(path) = 4', 2],
    ['user.id = 7', 1],
    ['level = "error" # the rest is a comment', 2],
    ['1', 5],
  ])('%s keeps %s events', (condition, count) => {
    expect(answers(`filter ${condition}`, orders)).toHaveLength(count);
  });
});

describe('stats', () => {
  test('counts and measures by fields', () => {
    expect(
      answers(
        'stats count(*) as n, avg(latency), min(latency), max(latency), sum(latency), pct(latency, 50) by level | sort n desc, level',
        orders.slice(0, 4),
      ),
    ).toEqual([
      {
        level: 'error',
        n: '2',
        'avg(latency)': '470',
        'min(latency)': '40',
        'max(latency)': '900',
        'sum(latency)': '940',
        'pct(latency, 50)': '40',
      },
      {
        level: 'info',
        n: '2',
        'avg(latency)': '100',
        'min(latency)': '80',
        'max(latency)': '120',
        'sum(latency)': '200',
        'pct(latency, 50)': '80',
      },
    ]);
  });

  test('buckets time, and computes with what it counts', () => {
    expect(
      answers(
        'stats count(code) * 100 / count() as rate by bin(2m) | sort bin(2m)',
        orders.slice(0, 4),
      ),
    ).toEqual([
      { 'bin(2m)': '2026-01-01 00:00:00.000', rate: '50' },
      { 'bin(2m)': '2026-01-01 00:02:00.000', rate: '50' },
    ]);
  });

  test('is sorted and filtered by the text of a column that has no name', () => {
    expect(
      answers(
        'stats avg(latency) by path | filter avg(latency) > 1 | sort avg(latency) desc',
        orders.slice(0, 4),
      ),
    ).toEqual([
      { path: '/pay', 'avg(latency)': '510' },
      { path: '/cart', 'avg(latency)': '60' },
    ]);
  });

  test('knows distinct, first and last values', () => {
    expect(
      answers(
        'stats count_distinct(path) as paths, earliest(path) as first, latest(code) as last',
        orders,
      ),
    ).toEqual([{ paths: '2', first: '/pay', last: '404' }]);
  });

  test('of nothing is one row with nothing in it', () => {
    expect(
      answers('filter level = "none" | stats count(*) as n, max(latency) as m', orders),
    ).toEqual([{ n: '0' }]);
  });

  test('can be counted once more', () => {
    expect(
      answers(
        'stats count(*) as n by level, path | stats max(n) as most, count(*) as rows',
        orders.slice(0, 4),
      ),
    ).toEqual([{ most: '1', rows: '4' }]);
  });
});

describe('parse', () => {
  const lines = ['user=ann, method:GET, took 12 ms', 'user=bob, method:PUT, took 40 ms'];

  test('takes wildcards', () => {
    expect(
      answers(
        'parse @message "user=*, method:*, took * ms" as user, method, took | filter took > 20 | display user, method',
        lines,
      ),
    ).toEqual([{ user: 'bob', method: 'PUT' }]);
  });

  test('takes named groups, and the message when no field is named', () => {
    expect(
      answers(
        'parse /user=(?<who>\\w+), (method):(?<how>[A-Z]+)/ | display who, how | sort who',
        lines,
      ),
    ).toEqual([
      { who: 'ann', how: 'GET' },
      { who: 'bob', how: 'PUT' },
    ]);
  });
});

describe('sort, limit and dedup', () => {
  test('sort is by number where there are numbers, with what is missing last', () => {
    const latencies = (order: string) =>
      answers(`fields latency | sort latency ${order}`, orders).map(({ latency }) => latency);

    expect(latencies('desc')).toEqual(['900', '120', '80', '40', undefined]);
    expect(latencies('asc')).toEqual(['40', '80', '120', '900', undefined]);
  });

  test('dedup keeps the newest of each, and limit cuts', () => {
    expect(answers('fields level, latency | dedup level | limit 2', orders.slice(0, 4))).toEqual([
      { level: 'error', latency: '40' },
      { level: 'info', latency: '80' },
    ]);
    expect(answers('fields @message', orders, 3)).toHaveLength(3);
  });
});

test.each([
  ['toupper("a")', 'A'],
  ['lower("A")', 'a'],
  ['concat("a", 1, "b")', 'a1b'],
  ['replace("foo", "o", "0")', 'f00'],
  ['trim("xyZfooxyZ", "xyZ")', 'foo'],
  ['ltrim("  a ")', 'a '],
  ['rtrim("xa  ")', 'xa'],
  ['substr("xyZfooxyZ", 3, 3)', 'foo'],
  ['coalesce(none, level, "z")', 'info'],
  ['isempty(none)', 'true'],
  ['isblank(" ")', 'true'],
  ['floor(1.7)', '1'],
  ['ceil(1.2)', '2'],
  ['sqrt(16)', '4'],
  ['greatest(1, 12, 3)', '12'],
  ['least(4, 2)', '2'],
  ['2 ^ 3 + 4 * -1', '4'],
  ['(1 + 2) * 3', '9'],
  ['tonumber("12.50")', '12.5'],
  ['1 / 3', '0.3333'],
  ['datefloor(@timestamp, 1h)', '2026-01-01 00:00:00.000'],
  ['dateceil(fromMillis(1), 1d)', '1970-01-02 00:00:00.000'],
  ['toMillis(@timestamp)', '1767225600000'],
  ['if(latency > 100, "slow", "fast")', 'slow'],
])('%s is %s', (expression, expected) => {
  expect(answers(`fields ${expression} as x`, [orders[0] ?? ''])).toEqual([{ x: expected }]);
});

test('the lines that Lambda writes have fields of their own', () => {
  const report =
    'REPORT RequestId: 5d3a\tDuration: 12.30 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\tMax Memory Used: 64 MB\tInit Duration: 140.00 ms\t';
  const line =
    '2026-01-01T00:00:00.000Z\t11111111-2222-3333-4444-555555555555\tINFO\t{"level":"info"}';

  expect(
    answers(
      'filter @type = "REPORT" | stats max(@duration) as d, max(@memorySize / 1000000) as mb by @requestId',
      [report, line],
    ),
  ).toEqual([{ '@requestId': '5d3a', d: '12.3', mb: '128' }]);
  expect(answers('fields @requestId, level', [line])).toEqual([
    { '@requestId': '11111111-2222-3333-4444-555555555555', level: 'info' },
  ]);
});

test.each([
  ['', 'unexpected end of input'],
  ['fields', 'unexpected end of input'],
  ['find level', 'unexpected symbol found find at line 1 and position 0'],
  ['fields @timestamp | count()', 'unexpected symbol found count at line 1 and position 20'],
  ['fields a\n| filter a ==  1', 'unexpected symbol found = at line 2 and position 12'],
  ['filter a = ', 'unexpected end of input'],
  ['filter (a = 1', 'unexpected end of input'],
  ['fields nosuch(a)', 'unexpected symbol found nosuch at line 1 and position 7'],
  ['fields abs(1, 2)', 'unexpected symbol found abs at line 1 and position 7'],
  ['fields count(*)', 'unexpected symbol found * at line 1 and position 13'],
  ['stats sum() by a', 'unexpected symbol found sum at line 1 and position 6'],
  ['limit many', 'unexpected symbol found many at line 1 and position 6'],
  ['limit 10001', 'limit must be between 1 and 10000'],
  ['dedup a | sort a', 'unexpected symbol found sort at line 1 and position 10'],
  ['parse @message "a*b*" as one', 'Wildcards in parse must be as many as the fields behind as'],
  ['filter a like /(/', 'Invalid regular expression: ('],
  ['stats count(*) | stats count(*) | stats count(*)', 'at most 2 stats'],
])('%s is malformed', (query, text) => {
  expect(() => compileQuery(query)).toThrow(
    expect.objectContaining({
      name: 'MalformedQueryException',
      message: expect.stringContaining(text) as string,
    }) as Error,
  );
});

test('commands that are not emulated are refused by name', () => {
  expect(() => compileQuery('pattern @message')).toThrow(
    'the query command pattern is not emulated',
  );
});
