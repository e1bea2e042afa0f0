import { lazyClients } from '../../checker/clients';
import { findLabs } from '../../lib/discover';
import { offsetText } from '../../lib/duration';
import { endpointOf } from '../../lib/embedded/control';
import { findEmulator, type Running } from '../../lib/embedded/process';
import { entriesOf } from '../../lib/drill-journal';
import { progressOf } from '../../lib/progress';
import { emulatorAt } from '../../lib/targets/embedded';
import type { Terminal } from '../../lib/terminal';
import { defineCommand } from '../cli/command';
import { jsonOption } from '../cli/options';
import { begunLabs, type Step } from '../cli/path';

export default defineCommand({
  summary: 'Show the emulator, its clock, the stacks of labs, your scores and where you left',
  usage: 'lab status',
  options: jsonOption,
  async run({ flag, terminal }) {
    const running = await findEmulator();
    const stacks = running ? await stacksAt(running) : [];
    const state = {
      emulator: running ? emulatorState(running) : null,
      stacks,
      scores: scores(terminal),
      begun: begunLabs(terminal),
      drills: entriesOf('')
        .filter(({ isActing }) => !isActing)
        .map(drillOf),
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
  /** Labs that were begun and not passed. */
  begun: Step[];
  /** Drills of runs that were killed. */
  drills: ReturnType<typeof drillOf>[];
}

/** A journal's key: `emulator/000000000000/us-east-1/lab-05/openSshIsClosedAndTold`. */
function drillOf({ key, since }: { key: string; since: string }) {
  const [target, , , lab, drill] = key.split('/');
  return { target, lab, drill, since };
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

function show(
  { emulator, stacks, scores: runs, begun, drills }: State,
  { paint, print }: Terminal,
) {
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
  for (const { lab, drill } of drills) {
    print(`${paint('bold', 'drill')}     ${drill} was cut short; npm run check ${lab} undoes it`);
  }
  for (const { lab, state, command } of begun) {
    print(`${paint('bold', 'go on')}     ${lab}  ${state}: ${command}`);
  }
}
