import { join } from 'node:path';
import type { Emulator } from '../../emulator';
import { projectRoot, shown } from '../../lib/home';
import type { Terminal } from '../../lib/terminal';
import type { Serving } from './options';

/** What somebody who has just started it needs to know. */
export function banner(
  { core }: Emulator,
  { folder, frozenAt, iam = 'learn' }: Serving,
  { paint }: Terminal,
): string {
  const rows = {
    endpoint: core.endpoint,
    state: folder === undefined ? 'in memory' : shown(folder),
    clock: `${core.clock.now().toISOString()}${frozenAt ? ', frozen' : ''}`,
    iam,
    coverage: shown(join(projectRoot, 'docs', 'coverage.md')),
    'to use it': `export AWS_ENDPOINT_URL=${core.endpoint} AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_REGION=us-east-1`,
  };
  const lines = Object.entries(rows).map(([name, text]) => `  ${name.padEnd(9)}  ${text}`);
  return [paint('bold', 'The emulator of DOP Labs; Ctrl-C stops it'), ...lines, ''].join('\n');
}
