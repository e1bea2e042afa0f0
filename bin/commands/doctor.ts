import type { Finding } from '../../checker/doctor';
import type { Terminal } from '../../lib/terminal';
import { defineCommand } from '../cli/command';
import { labFindings, machineFindings } from '../cli/doctor';
import { jsonOption, targetOptions } from '../cli/options';
import { openSession } from '../cli/session';

export default defineCommand({
  summary: 'Look whether this machine and an account are fit for a lab',
  usage: 'lab doctor [lab]',
  details:
    'Reads only. What it finds to stop for also stops `lab start`, until it is mended or accepted there.',
  options: { ...targetOptions, ...jsonOption },
  async run(invocation) {
    const { positionals, terminal, flag } = invocation;
    const about = positionals.length > 0 ? await labFindings(await openSession(invocation)) : [];
    const findings = [...machineFindings(), ...about];
    if (flag('json')) terminal.print(JSON.stringify({ findings }, null, 2));
    else for (const finding of findings) tell(finding, terminal);
    return findings.some(({ verdict }) => verdict === 'stop') ? 1 : 0;
  },
});

const colours = { fine: 'green', note: 'yellow', stop: 'red' } as const;

function tell({ verdict, seen, advice, accept }: Finding, { print, paint }: Terminal): void {
  print(`${paint(colours[verdict], verdict)}  ${seen}`);
  if (advice !== undefined) print(`      ${advice}`);
  if (accept !== undefined) print(`      to start all the same: --accept ${accept}`);
}
