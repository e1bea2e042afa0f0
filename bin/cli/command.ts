import type { Terminal } from '../../lib/terminal';

export interface Option {
  type: 'boolean' | 'string';
  help: string;
  /** What the value stands for in the help, `name`. */
  value?: string;
}

/** What a command was called with. */
export interface Invocation<N extends string = string> {
  /** The words after the command's name, in the order of its usage. */
  positionals: string[];
  /** True when the option was given. */
  flag: (name: N) => boolean;
  text: (name: N) => string | undefined;
  terminal: Terminal;
}

export interface Command<N extends string = string> {
  /** One line for the list of commands. */
  summary: string;
  /** `lab hint <lab> [task]`: required words in angle brackets, others in square ones. */
  usage: string;
  /** What the summary cannot say, shown by `--help`. */
  details?: string;
  options?: Record<N, Option>;
  /** Exit code: 0 all well, 1 something failed, 2 could not look. */
  run(invocation: Invocation<N>): Promise<number>;
}

/** Declares a command; the default export of `bin/commands/<name>.ts`, whose name it bears. */
export const defineCommand = <const N extends string = never>(command: Command<N>): Command<N> =>
  command;
