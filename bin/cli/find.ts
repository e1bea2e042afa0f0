import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LearnerError } from '../../lib/errors';
import { nearest } from '../../lib/nearest';
import type { Command } from './command';

const folder = join(__dirname, '..', 'commands');

/** Names of all commands: their files' names. */
const commandNames = (): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();

/** Loads one command, and only that one. */
export function findCommand(name: string): Command {
  const names = commandNames();
  if (!names.includes(name)) {
    throw new LearnerError('COMMAND_UNKNOWN', [name, nearest(name, names) ?? '']);
  }
  return (require(join(folder, name)) as { default: Command }).default;
}

export const allCommands = (): Map<string, Command> =>
  new Map(commandNames().map((name) => [name, findCommand(name)]));
