import { compilePattern, matches, snsGrammar } from '.';

const fits = (pattern: unknown, event: unknown): boolean =>
  matches(compilePattern(JSON.stringify(pattern)), event);

describe('an event pattern', () => {
  test.each<[string, unknown, unknown, boolean]>([
    ['equal text', { source: ['aws.config'] }, { source: 'aws.config' }, true],
    ['other text', { source: ['aws.config'] }, { source: 'aws.ssm' }, false],
    ['one of several', { a: ['x', 'y'] }, { a: 'y' }, true],
    ['a missing field', { a: ['x'] }, { b: 'x' }, false],
    ['an element of an array', { a: ['x'] }, { a: ['w', 'x'] }, true],
    ['a number', { a: [300] }, { a: 3e2 }, true],
    ['a number against text', { a: [1] }, { a: '1' }, false],
    ['null', { a: [null] }, { a: null }, true],
    ['null against a missing field', { a: [null] }, {}, false],
    ['a boolean', { a: [true] }, { a: false }, false],
    ['nested objects', { d: { s: ['x'] } }, { d: { s: 'x', t: 1 } }, true],
    [
      'fields of one array element',
      { d: { a: [1], b: [2] } },
      { d: [{ a: 1 }, { a: 1, b: 2 }] },
      true,
    ],
    [
      'fields of different array elements',
      { d: { a: [1], b: [2] } },
      { d: [{ a: 1 }, { b: 2 }] },
      false,
    ],
    ['prefix', { a: [{ prefix: 'aws.' }] }, { a: 'aws.s3' }, true],
    ['suffix', { a: [{ suffix: '.png' }] }, { a: 'a.jpg' }, false],
    ['equals-ignore-case', { a: [{ 'equals-ignore-case': 'ALARM' }] }, { a: 'Alarm' }, true],
    [
      'prefix in any case',
      { a: [{ prefix: { 'equals-ignore-case': 'EC2' } }] },
      { a: 'ec2 x' },
      true,
    ],
    [
      'suffix in any case',
      { a: [{ suffix: { 'equals-ignore-case': '.PNG' } }] },
      { a: 'a.png' },
      true,
    ],
    ['wildcard', { a: [{ wildcard: 'arn:*:role/*' }] }, { a: 'arn:aws:role/x' }, true],
    ['an escaped star', { a: [{ wildcard: 'a\\*b' }] }, { a: 'axb' }, false],
    ['a dot in a wildcard', { a: [{ wildcard: 'a.b*' }] }, { a: 'axb' }, false],
    ['anything-but', { a: [{ 'anything-but': 'x' }] }, { a: 'y' }, true],
    ['anything-but with numbers', { a: [{ 'anything-but': [1, 2] }] }, { a: 2 }, false],
    ['anything-but of a missing field', { a: [{ 'anything-but': 'x' }] }, {}, false],
    ['anything-but of null', { a: [{ 'anything-but': 'x' }] }, { a: null }, true],
    ['anything-but prefix', { a: [{ 'anything-but': { prefix: 'aws.' } }] }, { a: 'aws.x' }, false],
    [
      'anything-but prefix of a number',
      { a: [{ 'anything-but': { prefix: 'a' } }] },
      { a: 1 },
      true,
    ],
    [
      'anything-but several suffixes',
      { a: [{ 'anything-but': { suffix: ['.a', '.b'] } }] },
      { a: 'x.b' },
      false,
    ],
    [
      'anything-but in any case',
      { a: [{ 'anything-but': { 'equals-ignore-case': ['X'] } }] },
      { a: 'x' },
      false,
    ],
    [
      'anything-but wildcard',
      { a: [{ 'anything-but': { wildcard: '*/lib/*' } }] },
      { a: 'x/lib/y' },
      false,
    ],
    ['a numeric range', { a: [{ numeric: ['>', 0, '<=', 5] }] }, { a: 5 }, true],
    ['a number below the range', { a: [{ numeric: ['>', 0, '<=', 5] }] }, { a: 0 }, false],
    ['numeric against text', { a: [{ numeric: ['=', 5] }] }, { a: '5' }, false],
    ['exists', { a: [{ exists: true }] }, { a: null }, true],
    ['exists of an object', { a: [{ exists: true }] }, { a: { b: 1 } }, false],
    ['absent', { a: [{ exists: false }] }, { b: 1 }, true],
    [
      'absent in only some elements',
      { d: { a: [{ exists: false }] } },
      { d: [{ a: 1 }, { b: 1 }] },
      false,
    ],
    ['absent below what is absent', { d: { a: [{ exists: false }] } }, {}, true],
    ['cidr', { a: [{ cidr: '10.0.0.0/24' }] }, { a: '10.0.0.255' }, true],
    ['cidr outside', { a: [{ cidr: '10.0.0.0/24' }] }, { a: '10.0.1.0' }, false],
    ['cidr of version 6', { a: [{ cidr: '2001:db8::/32' }] }, { a: '2001:db8::1' }, true],
    ['cidr against other text', { a: [{ cidr: '10.0.0.0/24' }] }, { a: 'host' }, false],
    ['an alternative', { $or: [{ a: [1] }, { b: [2] }] }, { b: 2 }, true],
    [
      'an alternative inside a field',
      { d: { $or: [{ a: [1] }, { b: [2] }] } },
      { d: { b: 2 } },
      true,
    ],
    [
      'alternatives one in another',
      { $or: [{ $or: [{ a: [1] }, { b: [1] }] }, { c: [1] }] },
      { b: 1 },
      true,
    ],
    ['empty text', { a: [''] }, { a: '' }, true],
    [
      'a list of anything-but without its values',
      { a: [{ 'anything-but': ['x', 'y'] }] },
      { a: 'z' },
      true,
    ],
    [
      'an element that is not among anything-but',
      { a: [{ 'anything-but': 'x' }] },
      { a: ['x', 'z'] },
      true,
    ],
    [
      'anything-but several wildcards',
      { a: [{ 'anything-but': { wildcard: ['*.tmp', 'x*'] } }] },
      { a: 'b.tmp' },
      false,
    ],
    ['anything-but suffix', { a: [{ 'anything-but': { suffix: '.tmp' } }] }, { a: 'b.txt' }, true],
    [
      'anything-but next to an exact value',
      { a: [{ 'anything-but': 'x' }, 'x'] },
      { a: 'x' },
      true,
    ],
    [
      'a number equal to another spelling',
      { a: [{ numeric: ['=', 3.018e2] }] },
      { a: 301.8 },
      true,
    ],
    ['a number above an open end', { a: [{ numeric: ['>=', 7] }] }, { a: 9.5 }, true],
    ['a number below', { a: [{ numeric: ['<', 7] }] }, { a: 6.9 }, true],
    ['cidr of another family', { a: [{ cidr: '10.0.0.0/8' }] }, { a: '::1' }, false],
    ['exists of an empty list', { a: [{ exists: true }] }, { a: [] }, false],
    ['a wildcard over slashes', { a: [{ wildcard: 'a/*/z' }] }, { a: 'a/b/c/z' }, true],
    ['a wildcard that is nothing', { a: [{ wildcard: 'a*z' }] }, { a: 'az' }, true],
    ['no alternative', { $or: [{ a: [1] }, { b: [2] }] }, { a: 2 }, false],
    ['fields and an alternative', { c: [0], $or: [{ a: [1] }, { b: [2] }] }, { a: 1 }, false],
  ])('decides about %s', (...[, pattern, event, expected]) => {
    expect(fits(pattern, event)).toBe(expected);
  });
});

describe('a text that is no pattern', () => {
  const place = (source: string, column: number): string =>
    `\n at [Source: (String)"${source}"; line: 1, column: ${column}]`;

  test.each<[string, string, number | undefined]>([
    ['{"int": 42}', '"int" must be an object or an array', 11],
    ['{"string": "my-value"}', '"string" must be an object or an array', 13],
    ['{"resources": []}', 'Empty arrays are not allowed', 17],
    ['{"my_key": [{"EXISTS": true}]}', 'Unrecognized match type EXISTS', 28],
    [
      '{"detail": {"c-count": [{"numeric": [">", 0, ">", 0]}]}}',
      'Bad numeric range operator: >',
      49,
    ],
    ['{"detail": {"c-count": [{"numeric": [">", 0, "<"]}]}}', 'Value of < must be numeric', 50],
    ['{"key":[{"numeric":[]}]}', 'Invalid member in numeric match: ]', 22],
    ['{"key":[{"numeric":["operator"]}]}', 'Unrecognized numeric range operator: operator', 32],
    ['{"key":[{"numeric":["=","000"]}]}', 'Value of equals must be numeric', 26],
    ['{"key":[{"numeric":[">",3,"<",1]}]}', 'Bottom must be less than top', 33],
    [
      '{"key":[{"numeric":[">",20,"<",30,"<",50]}]}',
      'Too many terms in numeric range expression',
      36,
    ],
    ['{"key":[{"numeric":["<",100,">",10]}]}', 'Too many elements in numeric expression', 30],
    [
      '{"key":[{"suffix":"value","prefix":"value2"}]}',
      'Only one key allowed in match expression',
      37,
    ],
    ['{"key":[["value"]]}', 'Match value must be String, number, true, false, or null', 10],
    ['{"key":[{"cidr":["bad-filter"]}]}', 'prefix match pattern must be a string', 18],
    ['{"key":[{"cidr":"bad-filter"}]}', "Malformed CIDR, one '/' required", undefined],
    ['{"key":[{"cidr":"xx.11.xx/8"}]}', 'Nonstandard IP address: xx.11.xx', undefined],
    ['["not", "a", "dict"]', 'Filter is not an object', 2],
    [
      "{'bad': 'quotation'}",
      "Unexpected character (''' (code 39)): was expecting double-quote to start field name",
      2,
    ],
    [
      '{"not": closed mark"',
      "Unrecognized token 'closed': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
      15,
    ],
    ['{}', 'Empty objects are not allowed', 3],
    ['{"$or": [{"a": [1]}]}', 'There must have at least 2 Objects in $or relationship.', 21],
  ])("is refused in AWS's words: %s", (source, reason, column) => {
    const text = column === undefined ? reason : reason + place(source, column);
    expect(() => compilePattern(source)).toThrow(text);
  });

  test.each<[string, boolean]>([
    ['*a*', true],
    ['arn:aws:*:*:*:role/*', true],
    ['*a*aa*aaa*aaaa*', false],
    ['*aaaaaaaaaaaa*', false],
  ])('of EventBridge is simple enough with the wildcard %s: %p', (wildcard, isSimple) => {
    const compile = () => compilePattern(JSON.stringify({ a: [{ wildcard }] }));

    if (isSimple) expect(compile).not.toThrow();
    else
      expect(compile).toThrow(
        'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character',
      );
  });

  test('counts the wildcards of a field together', () => {
    const many = (count: number) => ({
      a: Array.from({ length: count }, (_, index) => ({ wildcard: `*x${index}*` })),
    });

    expect(() => compilePattern(JSON.stringify(many(2)))).not.toThrow();
    expect(() => compilePattern(JSON.stringify(many(11)))).toThrow('Rule is too complex');
    expect(() =>
      compilePattern(JSON.stringify({ $or: [many(2), { b: many(2).a }] })),
    ).not.toThrow();
  });

  test('counts the position of a repeated star from the quote before the text', () => {
    expect(() => compilePattern('{"a": [{"wildcard": "ab**"}]}')).toThrow(
      'Consecutive wildcard characters at pos 3',
    );
  });

  test('of SNS does not know suffix inside anything-but', () => {
    const source = '{"key":[{"anything-but":{"suffix":"test"}}]}';

    expect(() => compilePattern(source, snsGrammar)).toThrow(
      `Unsupported anything-but pattern: suffix${place(source, 36)}`,
    );
  });
});
