import { toMilliseconds } from '../control/duration';
import type { FaultKind, FaultRequest } from './fault';
import { table } from '../table';

type Reader = (value: unknown) => boolean;

const isText: Reader = (value) => typeof value === 'string' && value !== '';
const isCount: Reader = (value) => Number.isInteger(value) && (value as number) > 0;

const members: Record<string, [valid: Reader, what: string]> = table({
  operation: [isText, 'an operation name, with * for any letters'],
  account: [(value) => /^\d{12}$/.test(String(value)), 'a 12-digit account id'],
  region: [isText, 'a Region'],
  times: [isCount, 'how many requests it hits'],
  probability: [
    (value) => typeof value === 'number' && value >= 0 && value <= 1,
    'a number from 0 to 1',
  ],
  inside: [(value) => typeof value === 'boolean', 'true or false'],
  code: [isText, 'an error code'],
  message: [(value) => typeof value === 'string', 'a text'],
  status: [
    (value) => Number.isInteger(value) && (value as number) >= 400 && (value as number) < 600,
    'an HTTP status from 400 to 599',
  ],
  duration: [(value) => toMilliseconds(value) !== undefined, 'a duration such as "2s"'],
  clock: [(value) => value === 'simulated' || value === 'wall', '"simulated" or "wall"'],
  changes: [isCount, 'how many changes a read does not see'],
  when: [(value) => value === 'before' || value === 'after', '"before" or "after"'],
});

/** What each kind takes beside service, operation, account, region, times, probability, inside. */
const ofKind: Record<FaultKind, string[]> = {
  throttle: [],
  deny: [],
  error: ['code', 'message', 'status'],
  delay: ['duration', 'clock'],
  drop: ['when'],
  stale: ['duration', 'changes'],
};

const ofAll = ['operation', 'account', 'region', 'times', 'probability', 'inside'];

const needs: Partial<Record<FaultKind, string[]>> = {
  error: ['code'],
  delay: ['duration'],
  stale: ['duration', 'changes'],
};

/** Reads a fault as the control API takes it; a text says what is wrong with it. */
export function readFault(
  body: Record<string, unknown>,
  services: string[],
): FaultRequest | string {
  const { kind, service, duration, ...rest } = body;
  if (!isKind(kind)) return `kind is one of ${Object.keys(ofKind).join(', ')}`;
  if (typeof service !== 'string' || !['*', ...services].includes(service))
    return `service is * or one of ${services.join(', ')}`;
  const wrong = problemOf(kind, duration === undefined ? rest : { ...rest, duration });
  if (wrong !== undefined) return wrong;
  const milliseconds = toMilliseconds(duration);
  return { kind, service, ...rest, ...(milliseconds === undefined ? {} : { milliseconds }) };
}

const isKind = (kind: unknown): kind is FaultKind =>
  typeof kind === 'string' && Object.hasOwn(ofKind, kind);

function problemOf(kind: FaultKind, rest: Record<string, unknown>): string | undefined {
  const taken = [...ofAll, ...ofKind[kind]];
  for (const [name, value] of Object.entries(rest)) {
    const [isValid, what] = (taken.includes(name) && members[name]) || [];
    if (!isValid) return `${kind} takes ${taken.join(', ')}, not "${name}"`;
    if (!isValid(value)) return `${name} is ${what}`;
  }
  const needed = needs[kind];
  const isMissing = needed && !needed.some((name) => name in rest);
  return isMissing ? `${kind} needs ${needed.join(' or ')}` : undefined;
}
