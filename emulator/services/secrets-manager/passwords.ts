import type { GetRandomPasswordRequest } from '@aws-sdk/client-secrets-manager';
import { randomInt } from 'node:crypto';
import { checkRange, invalidParameter } from './errors';
import type { SecretsHandlers } from './state';

const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/** Random passwords. */
export const passwords = {
  GetRandomPassword: (input) => ({ RandomPassword: randomPassword(input) }),
} satisfies SecretsHandlers;

/** As long as asked, of the kinds that are not excluded, each of them at least once by default. */
function randomPassword(input: GetRandomPasswordRequest): string {
  const { PasswordLength: length = 32, RequireEachIncludedType: each = true } = input;
  const kinds = alphabets(input);
  checkLength(length, each ? kinds.length : 1);
  const all = kinds.join('');
  if (all === '') throw invalidParameter('At least one character type must be included.'); // text unverified
  const characters = each ? kinds.map(pick) : [];
  while (characters.length < length) characters.push(pick(all));
  return shuffled(characters).join('');
}

function checkLength(length: number, least: number): void {
  checkRange(length, 'passwordLength', [1, 4096]);
  if (length < least)
    throw invalidParameter('Password length is too short based on the required types.');
}

function alphabets(input: GetRandomPasswordRequest): string[] {
  const included = [
    input.ExcludeLowercase ? '' : 'abcdefghijklmnopqrstuvwxyz',
    input.ExcludeUppercase ? '' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    input.ExcludeNumbers ? '' : '0123456789',
    input.ExcludePunctuation ? '' : punctuation,
    input.IncludeSpace ? ' ' : '',
  ];
  const excluded = new Set(input.ExcludeCharacters ?? '');
  return included
    .map((alphabet) =>
      alphabet
        .split('')
        .filter((character) => !excluded.has(character))
        .join(''),
    )
    .filter((alphabet) => alphabet !== '');
}

const pick = (alphabet: string): string => alphabet[randomInt(alphabet.length)] ?? '';

function shuffled(characters: string[]): string[] {
  for (let last = characters.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    const held = characters[last] ?? '';
    characters[last] = characters[other] ?? '';
    characters[other] = held;
  }
  return characters;
}
