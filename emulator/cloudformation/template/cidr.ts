import { templateError } from '../errors';
import { text } from './text';

/** How the addresses of one family are written. */
interface Family {
  bits: number;
  parse: (address: string) => bigint | undefined;
  print: (value: bigint) => string;
}

/** Fn::Cidr: `[block, count, bits]` → that many blocks one after the other; 32 - bits is their length. */
export function cidr(argument: unknown): string[] {
  const [block, count, bits = 8] = list(argument);
  const [address = '', length = ''] = text(block).split('/');
  const family = address.includes(':') ? six : four;
  const size = family.bits - Number(bits);
  const base = family.parse(address);
  const room = 2 ** (size - Number(length));
  const most = Math.min(room, mostBlocks);
  if (base === undefined || !(Number(count) >= 1 && Number(count) <= most)) {
    // Text not verified against AWS.
    throw templateError(
      `Fn::Cidr: the range ${text(block)} cannot be divided into ${text(count)} blocks of ${text(bits)} bits`,
    );
  }
  return Array.from(
    { length: Number(count) },
    (_, index) => `${family.print(base + (BigInt(index) << BigInt(Number(bits))))}/${size}`,
  );
}

const mostBlocks = 256;

const list = (argument: unknown): unknown[] => (Array.isArray(argument) ? argument : []);

function parseFour(address: string): bigint | undefined {
  const parts = address.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !(part >= 0 && part <= 255))) return undefined;
  return parts.reduce((sum, part) => (sum << 8n) + BigInt(part), 0n);
}

const printFour = (value: bigint): string =>
  [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.');

function parseSix(address: string): bigint | undefined {
  const [left = '', right] = address.split('::');
  const groups = (text: string | undefined) => (text ? text.split(':') : []);
  const [head, tail] = [groups(left), groups(right)];
  const gap = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0');
  const all = right === undefined ? head : [...head, ...gap, ...tail];
  if (all.length !== 8 || all.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return all.reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n);
}

function printSix(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((value >> BigInt((7 - index) * 16)) & 0xffffn).toString(16),
  );
  return groups.join(':').replace(/(^|:)0(:0)+(:|$)/, '::');
}

const four: Family = { bits: 32, parse: parseFour, print: printFour };
const six: Family = { bits: 128, parse: parseSix, print: printSix };
