import { compilePattern } from '.';

const matches = (pattern: string, message: string): boolean =>
  compilePattern(pattern).match(message) !== undefined;

describe('terms', () => {
  test.each([
    ['', 'anything', true],
    ['ERROR', '[ERROR] A fatal exception', true],
    ['ERROR', 'Exiting with ERRORCODE: -1', true],
    ['ERROR', 'error', false],
    ['error', '{"errors":0}', true],
    ['ERROR Exception', '[ERROR] Unhandled Exception', true],
    ['ERROR Exception', '[ERROR] Unhandled', false],
    ['"ERROR" - "Exiting"', 'Exiting with ERRORCODE', false],
    ['ERROR -Exiting', 'ERROR again', true],
    ['?ERROR ?WARN', 'WARN message', true],
    ['?ERROR ?WARN', 'INFO message', false],
    ['?ERROR INFO', 'INFO message', true],
    ['"Task timed out after 3.00 seconds"', 'x Task timed out after 3.00 seconds', true],
    ['"say \\"no\\""', 'they say "no"', true],
    ['%AUTHORIZED%', '[ERROR 401] UNAUTHORIZED', true],
    ['%^ERROR%', 'an ERROR', false],
    ['%colou?r%', 'color', true],
    ['%\\d{3}\\s%', '404 x', true],
  ])('%s on %s: %s', (pattern, message, expected) => {
    expect(matches(pattern, message)).toBe(expected);
  });

  test.each([
    ['foo-bar', "Invalid character(s) in term 'foo-bar'"],
    ['"open', 'Invalid filter pattern'],
    ['%something!%', 'Invalid filter pattern'],
    ['%(group)%', 'Invalid filter pattern'],
    ['%a{2,1}%', 'Invalid filter pattern'],
    ['x'.repeat(1025), 'Invalid filter pattern'],
  ])('%s is refused', (pattern, text) => {
    expect(() => compilePattern(pattern)).toThrow(text);
  });
});

const trail = JSON.stringify({
  eventType: 'UpdateTrail',
  sourceIPAddress: '111.111.111.111',
  arrayKey: ['value', 'another value'],
  objectList: [
    { name: 'a', id: 1 },
    { name: 'b', id: 2 },
  ],
  SomeObject: null,
  ThisFlag: true,
  latency: 12.5,
  text: '404',
  'with-dash': 'x',
});

describe('JSON', () => {
  test.each([
    ['{ $.eventType = "UpdateTrail" }', true],
    ['{ $.eventType = UpdateTrail }', true],
    ['{ $.eventType = "Update*" }', true],
    ['{ $.eventType = *Trail }', true],
    ['{ $.eventType = *date* }', true],
    ['{ $.eventType = Up*Trail }', false],
    ['{ $.sourceIPAddress != 123.123.* }', true],
    ['{ $.sourceIPAddress != 111.* }', false],
    ['{ $.arrayKey[0] = "value" }', true],
    ['{ $.arrayKey[2] = "value" }', false],
    ['{ $.objectList[1].id = 2 }', true],
    ['{ $.SomeObject IS NULL }', true],
    ['{ $.eventType IS NULL }', false],
    ['{ $.SomeOtherObject NOT EXISTS }', true],
    ['{ $.SomeObject NOT EXISTS }', false],
    ['{ $.ThisFlag IS TRUE }', true],
    ['{ $.ThisFlag IS FALSE }', false],
    ['{ $.latency > 12 }', true],
    ['{ $.latency >= 12.5 && $.latency < 1.3e1 }', true],
    ['{ $.latency = 12.50 }', true],
    ['{ $.latency = * }', true],
    ['{ $.text >= 404 }', true],
    ['{ $.missing != "a" }', false],
    ['{ $.arrayKey = 1 }', false],
    ['{ $.arrayKey != 1 }', false],
    ['{ $.with-dash = x }', true],
    ['{ $.eventType = %^Update[A-Z]% }', true],
    ['{ ($.eventType = a || $.latency > 1) && $.text = nomatch }', false],
    ['{ $.eventType = UpdateTrail || $.latency = a && $.text = nomatch }', true],
    ['{ (($.eventType = UpdateTrail)) }', true],
  ])('%s: %s', (pattern, expected) => {
    expect(matches(pattern, trail)).toBe(expected);
  });

  test('does not match what is no JSON object, such as a line with a prefix', () => {
    expect(matches('{ $.a = * }', '2026-01-01T00:00:00Z INFO {"a":1}')).toBe(false);
    expect(matches('{ $.a = * }', '[1]')).toBe(false);
    expect(matches('{ $.a = * }', '{"a":1}\n')).toBe(true);
  });

  test('answers the values that it names, and others by selector', () => {
    const pattern = compilePattern('{ $.objectList[0].id = 1 || $.none = 1 }');

    expect(pattern.match(trail)).toEqual({ '$.objectList[0].id': '1' });
    expect(pattern.valueOf(trail, '$.latency')).toBe('12.5');
    expect(pattern.valueOf(trail, '$.none')).toBeUndefined();
  });

  test.each([
    '{ }',
    '{ $.a }',
    '{ $.a = }',
    '{ $.a = 1',
    '{ $.a = 1 } x',
    '{ $.a > b }',
    '{ a = 1 }',
    '{ $.a IS GOOD }',
    '{ $.a[*] = 1 }',
    '{ $.a = 1 & $.b = 2 }',
    '{ $.a = %x% && $.b = %y% && $.c = %z% }',
  ])('%s is refused', (pattern) => {
    expect(() => compilePattern(pattern)).toThrow('Invalid filter pattern');
  });
});

const line =
  '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /products/index.html HTTP/1.0" 404 1534';

describe('space-delimited', () => {
  test.each([
    ['[ip, user, username, timestamp, request, status_code, bytes]', true],
    ['[ip, user, username, timestamp, request, status_code]', false],
    ['[ip, user, ...]', true],
    ['[..., status_code, bytes]', true],
    ['[ip, ..., status_code = 4*, bytes]', true],
    ['[ip, user, username, timestamp, request = *html*, status_code = 4*, bytes]', true],
    ['[..., bytes > 1000]', true],
    ['[..., bytes > 2000]', false],
    ['[..., bytes>1000&&bytes<2000]', true],
    ['[..., status_code = 4* && status_code != 404, bytes]', false],
    ['[..., status_code = 500 || status_code = 404, bytes]', true],
    ['[ip = %^127\\.%, ...]', true],
    ['[]', true],
  ])('%s: %s', (pattern, expected) => {
    expect(matches(pattern, line)).toBe(expected);
  });

  test('answers each field by its name or place', () => {
    const pattern = compilePattern('[..., request=*.html*, status_code=4*,]');

    expect(pattern.match(line)).toEqual({
      $1: '127.0.0.1',
      $2: '-',
      $3: 'frank',
      $4: '10/Oct/2000:13:25:15 -0700',
      $request: 'GET /products/index.html HTTP/1.0',
      $status_code: '404',
      $7: '1534',
    });
    expect(pattern.valueOf(line, '$7')).toBe('1534');
  });

  test.each(['[a', '[a, ..., b, ...]', '[a = ]', '[a = 1 && b = 2]', '[a] b'])(
    '%s is refused',
    (pattern) => {
      expect(() => compilePattern(pattern)).toThrow('Invalid filter pattern');
    },
  );
});
