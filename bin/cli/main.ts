import { LearnerError } from '../../lib/errors';
import type { Terminal } from '../../lib/terminal';
import type { Command } from './command';
import { allCommands, findCommand } from './find';
import { commandHelp, overview } from './help';
import { parseInvocation } from './parse';

/** Runs one command line and answers its exit code; every error ends here, in words. */
export async function main(words: string[], terminal: Terminal): Promise<number> {
  const [name = '--help', ...rest] = words;
  try {
    if (['--help', '-h', 'help'].includes(name)) return await help(rest, terminal);
    return await runCommand(findCommand(name), rest, terminal);
  } catch (error) {
    return explain(error, terminal);
  }
}

/** Runs one command, or shows its page. */
export async function runCommand<N extends string>(
  command: Command<N>,
  words: string[],
  terminal: Terminal,
): Promise<number> {
  try {
    const invocation = parseInvocation(command, words, terminal);
    if (invocation !== 'help') return await command.run(invocation);
    terminal.print(commandHelp(command, terminal));
    return 0;
  } catch (error) {
    return explain(error, terminal);
  }
}

async function help([name]: string[], terminal: Terminal): Promise<number> {
  terminal.print(
    name === undefined
      ? overview(allCommands(), terminal)
      : commandHelp(findCommand(name), terminal),
  );
  return 0;
}

function explain(thrown: unknown, terminal: Terminal): number {
  const error = refusedFile(thrown) ?? thrown;
  if (error instanceof LearnerError) {
    terminal.note(`${terminal.paint('red', 'error')}: ${error.message}`);
    terminal.note(`${terminal.paint('green', '  fix')}: ${error.fix}`);
    return error.exit;
  }
  terminal.note(error instanceof Error ? String(error.stack) : String(error));
  terminal.note('\nThis is a bug of DOP Labs: please report it with the lines above.');
  return 2;
}

const refusals = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOTDIR', 'EISDIR'];

/** A file that the system does not let us have is the machine's matter, not a bug. */
function refusedFile(error: unknown): LearnerError | undefined {
  const { code = '', path } = Object(error) as { code?: string; path?: string };
  if (path === undefined || !refusals.includes(code)) return undefined;
  return new LearnerError('FILE_NOT_WRITABLE', [path, code]);
}
