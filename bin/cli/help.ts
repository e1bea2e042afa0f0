import type { Terminal } from '../../lib/terminal';
import type { Command, Option } from './command';

/** The page that `lab --help` shows. */
export function overview(commands: Map<string, Command>, { paint }: Terminal): string {
  const rows = [...commands].map(([name, { summary }]): [string, string] => [name, summary]);
  return [
    'Hands-on labs for the AWS DevOps Engineer – Professional exam.',
    '',
    `${paint('bold', 'Usage')}: npm run lab <command> -- [options]`,
    '',
    paint('bold', 'Commands'),
    ...table(rows, paint),
    '',
    'More about a command: npm run lab <command> -- --help',
  ].join('\n');
}

/** The page that `lab <command> --help` shows, made from the command's own definition. */
export function commandHelp(command: Command, { paint }: Terminal): string {
  const options = Object.entries<Option>({ ...command.options, help: helpOption });
  const rows = options.map(([name, { value, help }]): [string, string] => [
    `--${name}${value ? ` <${value}>` : ''}`,
    help,
  ]);
  const details = command.details ? ['', command.details] : [];
  return [
    `${command.summary}.`,
    '',
    `${paint('bold', 'Usage')}: npm run ${command.usage} -- [options]`,
    ...details,
    '',
    paint('bold', 'Options'),
    ...table(rows, paint),
  ].join('\n');
}

export const helpOption: Option = { type: 'boolean', help: 'show this page' };

function table(rows: [string, string][], paint: Terminal['paint']): string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${paint('cyan', name.padEnd(width))}  ${text}`);
}
