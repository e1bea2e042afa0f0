import { servingByDefault } from './serving/options';
import { serve } from './serving/serve';

/** How `lab` starts it: what it has to say goes to the log file that `lab` has opened. */
async function serveForLab(): Promise<void> {
  const tell = (text: string) => console.log(`${new Date().toISOString()} ${text}`);
  await serve(servingByDefault(), {
    log: console.log,
    started(_emulator, port) {
      tell(`listening on http://127.0.0.1:${port}`);
      process.send?.({ port });
    },
  });
  tell('stopped');
}

/** How somebody starts it who types `npm run emulator`; `lab` has no use for that half of it. */
async function serveForTerminal(): Promise<number> {
  const terminal = require('./serving/command') as Terminal;
  return terminal.serveForTerminal(process.argv.slice(2));
}

interface Terminal {
  serveForTerminal: (words: string[]) => Promise<number>;
}

async function main(): Promise<void> {
  if (process.send === undefined) process.exit(await serveForTerminal());
  await serveForLab();
  process.exit(0);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
