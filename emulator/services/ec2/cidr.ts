import { isIPv4, isIPv6 } from 'node:net';
import { invalid } from './kinds';

/** An IPv4 block as two numbers: its first address and how many follow it. */
export interface Block {
  first: number;
  size: number;
  prefix: number;
}

const toNumber = (address: string) =>
  address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

/** The dotted form of an address held as a number. */
export const toAddress = (number: number) =>
  [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');

const isPrefix = (text: string | undefined, bits: number) =>
  text !== undefined && /^\d{1,3}$/.test(text) && Number(text) <= bits;

/** The block of an IPv4 CIDR, its host bits cleared as EC2 does; `undefined` when malformed. */
export function parseBlock(cidr: string): Block | undefined {
  const [address = '', prefix, ...rest] = cidr.split('/');
  if (!isIPv4(address) || !isPrefix(prefix, 32) || rest.length) return undefined;
  const size = 2 ** (32 - Number(prefix));
  return { first: Math.floor(toNumber(address) / size) * size, size, prefix: Number(prefix) };
}

/** A block in its canonical text form. */
export const formatBlock = ({ first, prefix }: Block) => `${toAddress(first)}/${prefix}`;

export const contains = (outer: Block, inner: Block) =>
  inner.first >= outer.first && inner.first + inner.size <= outer.first + outer.size;

export const overlap = (one: Block, other: Block) =>
  one.first < other.first + other.size && other.first < one.first + one.size;

const malformed = (cidr: string) => invalid(`CIDR block ${cidr} is malformed`);

/** A rule's or route's IPv4 block in canonical form, or AWS's error. */
export function canonicalIpv4(cidr: string): string {
  const block = parseBlock(cidr);
  if (!block) throw malformed(cidr);
  return formatBlock(block);
}

/** An IPv6 address in its shortest form, as WHATWG URLs write it. */
const compress = (address: string) => new URL(`http://[${address}]`).hostname.slice(1, -1);

const groupsOf = (half: string) => (half === '' ? [] : half.split(':'));

function expand(address: string): number[] {
  const [head = '', rest] = compress(address).split('::');
  const left = groupsOf(head);
  const right = groupsOf(rest ?? '');
  const zeros = Array<string>(rest === undefined ? 0 : 8 - left.length - right.length).fill('0');
  return [...left, ...zeros, ...right].map((group) => Number.parseInt(group, 16));
}

function mask(group: number, bits: number) {
  if (bits <= 0) return 0;
  return bits >= 16 ? group : group & (0xffff << (16 - bits));
}

/** A rule's or route's IPv6 block in canonical form (`::/0`, `2001:db8::/32`), or AWS's error. */
export function canonicalIpv6(cidr: string): string {
  const [address = '', prefix, ...rest] = cidr.split('/');
  if (!isIPv6(address) || address.includes('%') || !isPrefix(prefix, 128) || rest.length) {
    throw malformed(cidr);
  }
  const network = expand(address).map((group, index) => mask(group, Number(prefix) - index * 16));
  return `${compress(network.map((group) => group.toString(16)).join(':'))}/${Number(prefix)}`;
}
