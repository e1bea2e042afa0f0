import { offsetText } from '../../lib/duration';
import { endpointOf } from '../../lib/embedded/control';
import {
  ensureEmulator,
  findEmulator,
  logFile,
  stopEmulator,
  type Running,
} from '../../lib/embedded/process';
import { LearnerError } from '../../lib/errors';
import { readText } from '../../lib/files';
import { shown } from '../../lib/home';
import type { Terminal } from '../../lib/terminal';
import { defineCommand } from '../cli/command';
import { jsonOption } from '../cli/options';

const usage = 'lab emulator <start|stop|status|logs> [--iam enforce]';
const lastLines = 100;

export default defineCommand({
  summary: 'Start, stop or look at the emulator',
  usage,
  details:
    'It starts by itself when a command needs it, keeps its state on disk, and listens on DOP_LABS_PORT (4566). With --iam enforce (or DOP_LABS_IAM=enforce) an unknown access key is nobody, and resource policies bind root users, too: see docs/iam.md.',
  options: {
    ...jsonOption,
    iam: { type: 'string', value: 'mode', help: 'enforce, or learn (default); with start' },
  },
  async run({ positionals: [what = ''], flag, text, terminal }) {
    chooseIam(text('iam'));
    const action = actions[what];
    if (!action)
      throw new LearnerError('USAGE', [`"${what}" is none of start, stop, status, logs`, usage]);
    return await action(terminal, flag('json'));
  },
});

const actions: Record<string, (terminal: Terminal, json: boolean) => Promise<number>> = {
  async start(terminal, json) {
    await stopOther();
    const running = await ensureEmulator(() => terminal.progress('starting the emulator'));
    return show(running, terminal, json);
  },
  async stop({ print }) {
    const running = await findEmulator();
    if (running) await stopEmulator(running);
    print(
      running ? 'The emulator has stopped; its state is kept.' : 'The emulator is not running.',
    );
    return 0;
  },
  async status(terminal, json) {
    const running = await findEmulator();
    if (!running) throw new LearnerError('EMULATOR_NOT_RUNNING');
    return show(running, terminal, json);
  },
  async logs({ print }) {
    const text = readText(logFile());
    if (text === undefined) print(`There is no ${shown(logFile())} yet.`);
    else print(text.trimEnd().split('\n').slice(-lastLines).join('\n'));
    return 0;
  },
};

/** The mode goes to the emulator's process in its environment. */
function chooseIam(mode: string | undefined): void {
  if (mode === undefined) return;
  if (mode !== 'enforce' && mode !== 'learn')
    throw new LearnerError('USAGE', [`"${mode}" is none of enforce, learn`, usage]);
  process.env['DOP_LABS_IAM'] = mode;
}

/** An emulator that runs in another mode than the one asked for makes way; its state stays. */
async function stopOther(): Promise<void> {
  const wanted = process.env['DOP_LABS_IAM'];
  const running = await findEmulator();
  if (running && wanted !== undefined && (running.health.iam ?? 'learn') !== wanted)
    await stopEmulator(running);
}

function show({ port, health }: Running, { print }: Terminal, json: boolean): number {
  const { pid, version, clock, iam } = health;
  if (json) print(JSON.stringify({ endpoint: endpointOf(port), pid, version, clock }, null, 2));
  else
    print(
      `The emulator listens on ${endpointOf(port)} (process ${pid}), clock ${offsetText(clock.offsetMs)}${iam === 'enforce' ? ', IAM enforced for every caller' : ''}.`,
    );
  return 0;
}
