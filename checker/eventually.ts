import { durationOf } from '../lib/duration';
import type { TargetClock } from '../lib/targets/target';
import { unlessStopped } from './bounds';
import type { Eventually, Outcome } from './check';

/** How a look is repeated; without `eventually` one look decides. */
export interface Patience {
  eventually: Eventually | undefined;
  clock: TargetClock;
  /** True on the emulator, whose clock jumps to what is due next; other clocks only run. */
  jumps: boolean;
  signal: AbortSignal;
  onWait: (outcome: Outcome) => void;
}

/** Looks until the outcome passes (and holds), the window is over, or nothing more can change. */
export async function lookUntil(
  look: () => Promise<Outcome>,
  patience: Patience,
): Promise<Outcome> {
  const { eventually, onWait } = patience;
  if (!eventually) return look();
  const timeLeft = remaining(eventually, () => patience.clock.now().getTime());
  for (;;) {
    const outcome = await look();
    const left = timeLeft(outcome);
    if (left <= 0) return outcome;
    onWait(outcome);
    // Nothing is due, and what was still in flight has ended meanwhile: the next look is the last.
    if (!(await pause(left, eventually, patience))) return look();
  }
}

// --- internal ---

/** How much longer to look: until the window is over, or until a pass has held long enough. */
function remaining({ within, stableFor = '0s' }: Eventually, now: () => number) {
  const deadline = now() + durationOf(within);
  let passedSince: number | undefined;
  return ({ verdict }: Outcome): number => {
    if (verdict === 'not gradable here') return 0;
    passedSince = verdict === 'pass' ? (passedSince ?? now()) : undefined;
    return (passedSince === undefined ? deadline : passedSince + durationOf(stableFor)) - now();
  };
}

/** A clock that jumps goes to whatever is due next, however far in the window. */
async function pause(left: number, { every }: Eventually, { clock, jumps, signal }: Patience) {
  const window = jumps ? left : Math.min(left, durationOf(every));
  return unlessStopped(() => clock.wait(window), signal);
}
