import { resolve } from 'node:path';
import { LearnerError } from '../../lib/errors';
import { labFile } from '../../lib/home';
import type { Invocation } from '../cli/command';

/** How an emulator is to be served. */
export interface Serving {
  port: number;
  /** Absent: in memory only. */
  folder?: string;
  /** Where it says that it runs, for whoever wants to use the same state. */
  record?: string;
  frozenAt?: Date;
  iam?: 'enforce' | 'learn';
}

/** What the environment says: how `lab` starts it. */
export const servingByDefault = (): Serving => ({
  port: Number(process.env['DOP_LABS_PORT'] || 4566),
  folder: labFile('state'),
  record: labFile('emulator.json'),
  // Tests take the wall out of the clock: time then moves by fast-forward only.
  ...(process.env['DOP_LABS_CLOCK'] === 'frozen' ? { frozenAt: new Date() } : {}),
  ...(process.env['DOP_LABS_IAM'] === 'enforce' ? { iam: 'enforce' } : {}),
});

export type OptionName = 'port' | 'clock' | 'state' | 'iam' | 'log';

/** What the words say, over what the environment says. */
export function servingOf({ text }: Invocation<OptionName>): Serving {
  const serving = { ...servingByDefault(), ...placeOf(text('state')) };
  if (text('state') === 'memory') {
    delete serving.folder;
    delete serving.record;
  }
  const frozenAt = clockOf(text('clock'));
  const iam = oneOf('iam', text('iam'), ['learn', 'enforce'] as const);
  return {
    ...serving,
    port: portOf(text('port')) ?? serving.port,
    ...(frozenAt === undefined ? {} : { frozenAt }),
    ...(iam === undefined ? {} : { iam }),
  };
}

/** A folder of one's own has a record of its own: `lab` does not know of it. */
function placeOf(state: string | undefined): Pick<Serving, 'folder' | 'record'> {
  if (state === undefined || state === 'memory') return {};
  return { folder: resolve(state), record: resolve(state, 'emulator.json') };
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw usage(`--port is "${text}", which is no port`);
}

function clockOf(text: string | undefined): Date | undefined {
  if (text === undefined || text === 'wall') return undefined;
  const moment = text === 'frozen' ? new Date() : new Date(text);
  if (Number.isNaN(moment.getTime()))
    throw usage(`--clock is "${text}": wall, frozen, or a moment such as 2026-01-01T00:00:00Z`);
  return moment;
}

/** One of some words; undefined when nothing was said. */
export function oneOf<const T extends string>(
  name: OptionName,
  text: string | undefined,
  words: readonly T[],
): T | undefined {
  const found = words.find((word) => word === text);
  if (text === undefined || found !== undefined) return found;
  throw usage(`--${name} is "${text}", not one of ${words.join(', ')}`);
}

const usage = (reason: string) => new LearnerError('USAGE', [reason, 'emulator -- --help']);
