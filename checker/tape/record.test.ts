import { type Body, decode, encode, settled } from './codec';
import { createSecrets, shownInput } from './secrets';

test('dates, bytes, streams, sets and maps come back as they were', async () => {
  const stream = { transformToByteArray: async () => Buffer.from('a file') };
  const answer = (await settled({ Body: stream, Size: 6 })) as { Body: Body };
  const value = {
    at: new Date('2026-01-01T00:00:00Z'),
    list: [1, null, { deep: true }],
    known: new Set(['a']),
    memory: new Map([['opened', new Date(0)]]),
    answer,
  };

  const back = decode(JSON.parse(JSON.stringify(encode(value)))) as typeof value;

  expect(back).toMatchObject({ at: value.at, list: value.list, known: value.known });
  expect(back.memory.get('opened')).toEqual(new Date(0));
  await expect(back.answer.Body.transformToString()).resolves.toBe('a file');
  await expect(back.answer.Body.transformToString()).resolves.toBe('a file');
});

test.each<[string, unknown, unknown]>([
  [
    'keys of an account',
    {
      Credentials: { AccessKeyId: 'ASIAABCDEFGHIJKLMNOP', SecretAccessKey: 'k', SessionToken: 't' },
    },
    {
      Credentials: {
        AccessKeyId: '«secret 1»',
        SecretAccessKey: '«secret 2»',
        SessionToken: '«secret 3»',
      },
    },
  ],
  [
    'a secret string',
    { Name: 'db', SecretString: '{"password":"x"}' },
    { Name: 'db', SecretString: '«secret 1»' },
  ],
  [
    'a parameter that is secure, and no other',
    [
      { Name: '/a', Type: 'SecureString', Value: 'x' },
      { Name: '/b', Type: 'String', Value: 'x' },
    ],
    [
      { Name: '/a', Type: 'SecureString', Value: '«secret 1»' },
      { Name: '/b', Type: 'String', Value: 'x' },
    ],
  ],
  [
    'environment variables by their names',
    { Environment: { Variables: { DB_PASSWORD: 'x', TABLE: 'orders' } } },
    { Environment: { Variables: { DB_PASSWORD: '«secret 1»', TABLE: 'orders' } } },
  ],
  [
    'a variable of a build',
    { environmentVariables: [{ name: 'apiKey', value: 'x' }] },
    { environmentVariables: [{ name: 'apiKey', value: '«secret 1»' }] },
  ],
  [
    'signatures in an address',
    { Url: 'https://b.s3/?X-Amz-Signature=abc&X-Amz-Date=20260101' },
    { Url: 'https://b.s3/?X-Amz-Signature=«secret 1»&X-Amz-Date=20260101' },
  ],
  ['tokens of pages, which are none', { NextToken: 'page-2' }, { NextToken: 'page-2' }],
])('a record holds no secrets: %s', (_name, answer, expected) => {
  expect(createSecrets().remove(answer)).toEqual(expected);
});

test('the same secret has the same name, so that facts still compare, and a name is no secret again', () => {
  const { remove } = createSecrets();

  const first = remove({ SecretString: 'one' });
  const again = remove({ SecretString: 'one' });
  const other = remove({ SecretString: 'two' });

  expect(first).toEqual(again);
  expect(first).not.toEqual(other);
  expect(remove(first)).toEqual(first);
  expect(shownInput(first)).toEqual(shownInput({ SecretString: 'literal' }));
});
