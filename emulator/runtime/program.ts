import { afterWallTime } from '../clock/wall';
import type { ChildOptions, Exit } from './child';
import type { Processes } from './processes';

/**
 * A shell that becomes the program. Beside it runs a `cat` which ends when the emulator does,
 * however it does, and then takes the whole process group along.
 */
const watched = '(cat <&5 >/dev/null 2>&1; kill -KILL -$$) 3<&- 4<&- & exec 5<&- "$@"';

/** How a program ended; `isLate` when it was stopped because its wall time was up. */
export interface Ended extends Exit {
  isLate: boolean;
}

/** Gets what stops the program before its time. */
export type Started = (stop: () => void) => void;

/**
 * Runs a program that knows nothing of the emulator (`bash`, `python3`) to its end, and ends it
 * with the emulator. `timeoutMs` is wall time.
 */
export async function runProgram(
  { program, words, ...options }: ChildOptions & { timeoutMs?: number },
  { processes, started }: { processes: Processes; started?: Started | undefined },
): Promise<Ended> {
  const child = processes.start({
    ...options,
    // A bash at level 1 whose input is a socket takes itself for a remote shell and reads .bashrc.
    env: { ...options.env, SHLVL: '1' },
    program: 'sh',
    words: ['-c', watched, 'sh', program, ...words],
  });
  started?.(() => child.kill());
  let isLate = false;
  const onTime = () => {
    isLate = true;
    child.kill();
  };
  const { timeoutMs } = options;
  const disarm = timeoutMs === undefined ? () => {} : afterWallTime(timeoutMs, onTime);
  const exit = await child.exited;
  disarm();
  return { ...exit, isLate };
}
