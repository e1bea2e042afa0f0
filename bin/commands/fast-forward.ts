import { durationOf, offsetText } from '../../lib/duration';
import { advanceClock } from '../../lib/embedded/control';
import { findEmulator } from '../../lib/embedded/process';
import { LearnerError } from '../../lib/errors';
import { defineCommand } from '../cli/command';

export default defineCommand({
  summary: "Move the emulator's clock on, and let happen what was due",
  usage: 'lab fast-forward <duration>',
  details: 'A duration is a number and s, m, h or d: 90s, 5m, 1h30m.',
  async run({ positionals: [duration = ''], terminal }) {
    const milliseconds = durationOf(duration);
    const running = await findEmulator();
    if (!running) throw new LearnerError('EMULATOR_NOT_RUNNING');
    terminal.progress(`moving the clock on by ${duration}`);
    await advanceClock(running.port, milliseconds);
    const after = await findEmulator();
    if (!after) throw new LearnerError('EMULATOR_STOPPED', [`fast-forward ${duration}`]);
    terminal.print(`The emulator's clock is at ${offsetText(after.health.clock.offsetMs)}.`);
    return 0;
  },
});
