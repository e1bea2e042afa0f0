const account = '000000000000';

/** Few names, so that requests meet what earlier ones have made; and texts that trip readers up. */
export const texts = [
  'a',
  'b',
  'orders',
  'orders.fifo',
  '/a/b',
  'default',
  '',
  ' ',
  '*',
  '$LATEST',
  '0',
  '-1',
  'true',
  'null',
  '{}',
  '[]',
  '{"a":{"b":[1,null,"x"]}}',
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
  '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":{"AWS":["*"]},"Action":["sqs:*"],"Resource":["*"]}}',
  '{"source":["aws.ssm",{"prefix":"a"},{"anything-but":["b"]}],"detail":{"n":[{"numeric":[">",1]}]}}',
  '{"Resources":{"Q":{"Type":"AWS::SQS::Queue"}}}',
  '{"Resources":{"Q":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":{"Ref":"Nope"}}}}}',
  '{"schemaVersion":"0.3","mainSteps":[{"name":"a","action":"aws:sleep","inputs":{"Duration":"PT1S"}}]}',
  `arn:aws:sqs:us-east-1:${account}:orders`,
  `arn:aws:sns:us-east-1:${account}:a`,
  `arn:aws:iam::${account}:role/a`,
  `arn:aws:iam::${account}:policy/a`,
  `arn:aws:lambda:us-east-1:${account}:function:a`,
  `arn:aws:logs:us-east-1:${account}:log-group:/a/b`,
  `arn:aws:states:us-east-1:111111111111:x`,
  'arn:aws:::',
  'arn:',
  `http://127.0.0.1:4566/${account}/orders`,
  'vpc-0123456789abcdef0',
  'sg-0123456789abcdef0',
  '10.0.0.0/16',
  '0.0.0.0/0',
  '::/0',
  'rate(1 minute)',
  'cron(0 12 * * ? *)',
  '2026-01-01T00:00:00Z',
  'ERROR',
  '[a, b=1, c]',
  '{ $.x = "y" }',
  'fields @message | limit 2',
  'constructor',
  '__proto__',
  'toString',
  '../../etc/passwd',
  'ü & <b> "c" \'d\' %20?\n\t',
  '\u0000\u0007\uFFFF',
  '👩‍💻',
  'x'.repeat(300),
  'y'.repeat(20_000),
] as const;

export const numbers = [
  0, 1, -1, 2, 10, 60, 300, 1000, 65_536, 2_147_483_648, -2_147_483_649, 1.5, 9e15, 1e308,
] as const;

/** What stands where something else is expected. */
export const values = [
  null,
  true,
  false,
  0,
  -1,
  Number.MAX_VALUE,
  '',
  'a',
  [],
  [null],
  {},
  { a: 1 },
  [[[[]]]],
  { __proto__: null, constructor: 'x' },
] as const;

const byName: [RegExp, string[]][] = [
  [/url$/i, [`http://127.0.0.1:4566/${account}/orders`]],
  [/(topic|target|resource|role|policy|function|destination)_?arn$/i, texts.filter(isArn)],
  [/(document$|policy$|template(body)?$)/i, texts.filter((text) => text.startsWith('{'))],
  [/(pattern|input|detail|event)$/i, texts.filter((text) => text.startsWith('{'))],
  [/cidr/i, ['10.0.0.0/16', '10.0.1.0/24', '0.0.0.0/0']],
  [/(name|prefix|key|bucket|identifier|path)s?$/i, ['a', 'b', 'orders', '/a/b', 'default']],
  [/schedule/i, ['rate(1 minute)', 'cron(0 12 * * ? *)']],
];

function isArn(text: string): boolean {
  return text.startsWith('arn:aws:') && text.length > 12;
}

/** Texts that would do for a member of this name. */
export const fitting = (name: string): string[] =>
  byName.find(([pattern]) => pattern.test(name))?.[1] ?? [];
