import { lazyClients } from '../../checker/clients';
import { findLabs } from '../../lib/discover';
import { offsetText } from '../../lib/duration';
import { endpointOf } from '../../lib/embedded/control';
import { findEmulator, type Running } from '../../lib/embedded/process';
import { progressOf } from '../../lib/progress';
import { emulatorAt } from '../../lib/targets/embedded';
import type { Terminal } from '../../lib/terminal';
import { defineCommand } from '../cli/command';
import { jsonOption } from '../cli/options';

export default defineCommand({
  summary: 'Show the emulator, its clock, the stacks of labs and your last scores',
  usage: 'lab status',
  options: jsonOption,
  async run({ flag, terminal }) {
    const running = await findEmulator();
    const stacks = running ? await stacksAt(running) : [];
    const state = {
      emulator: running ? emulatorState(running) : null,
      stacks,
      scores: scores(terminal),
    };
    if (flag('json')) terminal.print(JSON.stringify(state, null, 2));
    else show(state, terminal);
    return 0;
  },
});

interface State {
  emulator: ReturnType<typeof emulatorState> | null;
  stacks: { name: string; status: string }[];
  scores: ReturnType<typeof scores>;
}

const emulatorState = ({ port, health }: Running) => ({
  endpoint: endpointOf(port),
  pid: health.pid,
  version: health.version,
  clock: { ...health.clock, offset: offsetText(health.clock.offsetMs) },
});

async function stacksAt({ port, health }: Running): Promise<State['stacks']> {
  const { cloudformation } = lazyClients(emulatorAt(port, health.clock).connection);
  const { Stacks = [] } = await cloudformation.describeStacks({});
  return Stacks.map(({ StackName = '', StackStatus = '' }) => ({
    name: StackName,
    status: StackStatus,
  }))
    .filter(({ name }) => name.startsWith('lab-'))
    .sort((a, b) => a.name.localeCompare(b.name));
}

const scores = (terminal: Terminal) =>
  findLabs().flatMap(({ short }) => {
    const { lastRun } = progressOf(short, terminal.note);
    return lastRun ? [{ lab: short, ...lastRun }] : [];
  });

function show({ emulator, stacks, scores: runs }: State, { paint, print }: Terminal): void {
  if (emulator) {
    const { endpoint, pid, clock } = emulator;
    print(
      `${paint('bold', 'emulator')}  running at ${endpoint} (process ${pid}), clock ${clock.offset}`,
    );
  } else {
    print(
      `${paint('bold', 'emulator')}  not running (it starts by itself: npm run lab start <lab>)`,
    );
  }
  for (const { name, status } of stacks) print(`${paint('bold', 'stack')}     ${name}  ${status}`);
  for (const { lab, points, of, target, time } of runs) {
    print(`${paint('bold', 'score')}     ${lab}  ${points}/${of} on ${target}, ${time}`);
  }
}
