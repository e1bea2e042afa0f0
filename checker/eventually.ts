import { durationOf } from '../lib/duration';
import type { Target } from '../lib/targets/target';
import { unlessStopped } from './bounds';
import type { Eventually, Outcome } from './check';

/** How a look is repeated; without `eventually` one look decides. */
export interface Patience {
  eventually: Eventually | undefined;
  target: Pick<Target, 'name' | 'clock'>;
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
  const timeLeft = remaining(eventually, () => patience.target.clock.now().getTime());
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

/** The emulator jumps to whatever is due next, however far in the window; other clocks only run. */
async function pause(left: number, { every }: Eventually, { target, signal }: Patience) {
  const window = target.name === 'emulator' ? left : Math.min(left, durationOf(every));
  return unlessStopped(() => target.clock.wait(window), signal);
}
