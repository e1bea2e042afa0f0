import { defineCommand } from '../cli/command';
import { oneOf, servingOf } from './options';
import { serveAlone } from './serve';
import { createTerminal } from '../../lib/terminal';
import { runCommand } from '../cli/main';
import { banner } from './banner';
import { createLog, logs } from './log';

const command = defineCommand({
  summary: 'Run the emulator in this terminal until Ctrl-C',
  usage: 'emulator',
  details: 'Any AWS client can use it: the SDKs, aws, cdk, cdklocal.',
  options: {
    port: { type: 'string', value: 'port', help: 'where it listens (4566, or DOP_LABS_PORT)' },
    state: {
      type: 'string',
      value: 'folder',
      help: 'where its state is kept, or memory for nowhere (.lab/state)',
    },
    clock: {
      type: 'string',
      value: 'clock',
      help: 'wall, frozen, or frozen from a moment such as 2026-01-01T00:00:00Z (wall)',
    },
    iam: {
      type: 'string',
      value: 'mode',
      help: 'enforce refuses unknown keys and binds root users to resource policies (learn)',
    },
    log: { type: 'string', value: 'what', help: 'calls, changes, json or none (calls)' },
  },
  async run(invocation) {
    const { text, terminal } = invocation;
    const shown = oneOf('log', text('log'), logs) ?? 'calls';
    const serving = servingOf(invocation);
    await serveAlone(serving, {
      log: terminal.note,
      started(emulator) {
        const { endpoint } = emulator.core;
        if (shown !== 'json') terminal.print(banner(emulator, serving, terminal));
        else terminal.print(JSON.stringify({ kind: 'listening', endpoint }));
        const watch = createLog(shown, terminal.print);
        if (watch) emulator.core.watchers.add(watch);
      },
    });
    if (shown !== 'json') terminal.print('stopped');
    return 0;
  },
});

/** `npm run emulator`: the emulator alone, in this terminal. Answers the exit code. */
export const serveForTerminal = (words: string[]): Promise<number> =>
  runCommand(command, words, createTerminal(process.stdout, process.stderr));
