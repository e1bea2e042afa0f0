import { parseArgs } from 'node:util';
import { LearnerError } from '../../lib/errors';
import type { Terminal } from '../../lib/terminal';
import type { Command, Invocation } from './command';
import { helpOption } from './help';

/** Reads a command's words and options as its definition allows; `help` wins over everything else. */
export function parseInvocation(
  command: Command,
  words: string[],
  terminal: Terminal,
): Invocation | 'help' {
  const options = { ...command.options, help: helpOption };
  const { values, positionals } = parsed(words, options, command.usage);
  if (values['help']) return 'help';
  refuseKeptByNpm(Object.keys(command.options ?? {}), values);
  refuseWordCount(positionals, command.usage);
  return {
    positionals,
    flag: (name) => values[name] === true,
    text(name) {
      const value = values[name];
      return typeof value === 'string' ? value : undefined;
    },
    terminal,
  };
}

function parsed(words: string[], options: NonNullable<Command['options']>, usage: string) {
  try {
    return parseArgs({ args: words, options, allowPositionals: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LearnerError('USAGE', [lowered(firstSentence(reason)), usage], { cause: error });
  }
}

function refuseWordCount(positionals: string[], usage: string): void {
  const missing = [...usage.matchAll(/<([\w|-]+)>/g)][positionals.length]?.[1];
  if (missing) throw new LearnerError('USAGE', [`the ${missing} is missing`, usage]);
  const allowed = [...usage.matchAll(/[<[][\w|-]+[>\]]/g)].length;
  const surplus = positionals[allowed];
  if (surplus !== undefined)
    throw new LearnerError('USAGE', [`"${surplus}" is one word too many`, usage]);
}

/** `npm run check lab-05 --json` gives --json to npm, which says nothing. */
function refuseKeptByNpm(names: string[], values: Record<string, unknown>): void {
  if (process.env['npm_command'] !== 'run-script') return;
  const kept = names.find(
    (name) => process.env[`npm_config_${name.replaceAll('-', '_')}`] && values[name] === undefined,
  );
  if (kept && process.env['npm_lifecycle_script']?.includes('bin/lab.js')) {
    throw new LearnerError('OPTION_KEPT_BY_NPM', [kept]);
  }
}

const firstSentence = (text: string): string => text.split(/\. |\.?\n/)[0] ?? text;
const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
