import { findEmulator } from '../../../lib/embedded/process';
import { onEveryChange } from '../../../lib/embedded/events';
import type { Session } from '../session';

/** Wall milliseconds between two looks at an account that does not tell of its changes. */
const everyLook = 20_000;

/** Calls back when the account may have changed: at once on the emulator, by the clock elsewhere. */
export async function onChange(
  { target }: Session,
  changed: () => void,
  lost: () => void,
): Promise<() => void> {
  const running = target.name === 'emulator' ? await findEmulator() : undefined;
  let stop = () => {};
  const poll = () => {
    const timer = setInterval(changed, everyLook);
    stop = () => clearInterval(timer);
  };
  // An emulator that was started by an older version tells of nothing.
  const ended = () => void findEmulator().then((alive) => (alive ? poll() : lost()));
  if (running) stop = onEveryChange(running.port, changed, ended);
  else poll();
  return () => stop();
}
