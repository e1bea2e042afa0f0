import { createTerminal } from '../lib/terminal';
import { main } from './cli/main';

const terminal = createTerminal(process.stdout, process.stderr);

main(process.argv.slice(2), terminal).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 2;
  },
);
