import { findFunction, findVersion } from '../find-function';
import type { LambdaCall } from '../state';
import { gather, type Watch } from './gathering';
import type { Mapping } from './mapping';
import { processBatch } from './processing';
import { openSource, type Source } from './source';

/** Batches that AWS begins with, side by side. */
const atFirst = 5;

/** What a mapping does at this moment; nothing of it outlives a restart. */
interface Work {
  isFetching: boolean;
  /** Something may have come since the last look. */
  isWanted: boolean;
  /** Batches that the function has. */
  running: number;
  /** How many it may have; less after errors. */
  limit: number;
  /** The queue as the role reaches it, as long as the session is fresh. */
  opened?: { role: string; until: number; source: Source };
}

/** How long a session of the role is used, in simulated milliseconds; it lasts an hour. */
const sessionFor = 15 * 60_000;

class Works {
  private readonly works = new Map<string, Work>();

  of({ id, maximumConcurrency = atFirst }: Mapping): Work {
    const known = this.works.get(id);
    const most = Math.min(maximumConcurrency, atFirst);
    const work = known ?? { isFetching: false, isWanted: false, running: 0, limit: most };
    work.limit = Math.min(work.limit, most);
    this.works.set(id, work);
    return work;
  }

  close(): void {
    this.works.clear();
  }
}

const workOf = (mapping: Mapping, { runtime }: LambdaCall): Work =>
  runtime.keep('lambda-mappings', () => new Works()).of(mapping);

/** Has the mapping look whether there are messages; called when there may be, never by ticks. */
export function pump(mapping: Mapping, call: LambdaCall): void {
  const work = workOf(mapping, call);
  settleIn(mapping);
  work.isWanted = true;
  call.wake(gatheringOf(mapping));
  if (work.isFetching || !mayFetch(mapping, work, call)) return;
  work.isFetching = true;
  call.background(async () => {
    try {
      while (work.isWanted && mayFetch(mapping, work, call)) {
        work.isWanted = false;
        await fetchAll(mapping, work, call);
      }
    } finally {
      work.isFetching = false;
    }
  });
}

/** A mapping that was on its way when the emulator was ended arrives. */
function settleIn(mapping: Mapping): void {
  if (['Creating', 'Enabling', 'Updating'].includes(mapping.state)) mapping.state = 'Enabled';
}

/** What a mapping that gathers a batch waits for. */
const gatheringOf = ({ id }: Mapping): string => `mapping/${id}`;

function mayFetch(mapping: Mapping, work: Work, call: LambdaCall): boolean {
  return (
    call.state.mappings.get(mapping.id) === mapping &&
    mapping.state === 'Enabled' &&
    work.running < work.limit &&
    (mapping.pausedUntil ?? 0) <= call.now().getTime()
  );
}

/** Fetches batch after batch until the queue has no more or the function has enough. */
async function fetchAll(mapping: Mapping, work: Work, call: LambdaCall): Promise<void> {
  const source = await sourceOf(mapping, work, call);
  while (source && mayFetch(mapping, work, call)) {
    const { messages, hasMore } = await gather(source, mapping, watchOf(mapping, work, call));
    if (messages.length > 0) hand(mapping, { source, messages, work }, call);
    if (!hasMore) return;
  }
}

/** News that comes while the queue answers is not missed: the flag keeps it. */
const watchOf = (mapping: Mapping, work: Work, call: LambdaCall): Watch => ({
  now: call.now,
  look: () => void (work.isWanted = false),
  wait: async (until) => {
    if (!work.isWanted) await call.park(gatheringOf(mapping), until);
  },
});

/** Without a function, or a role that Lambda may take on, nothing is fetched. */
async function sourceOf(
  mapping: Mapping,
  work: Work,
  call: LambdaCall,
): Promise<Source | undefined> {
  try {
    const found = findFunction({ FunctionName: mapping.functionArn }, call);
    const { role } = findVersion(found).settings;
    const now = call.now().getTime();
    if (work.opened?.role === role && now < work.opened.until) return work.opened.source;
    const as = { role, functionName: found.fn.name };
    const source = await openSource(mapping.sourceArn, as, call);
    work.opened = { role, until: now + sessionFor, source };
    return source;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return undefined;
  }
}

const isRefusal = (error: unknown): boolean =>
  error instanceof Error && ('$fault' in error || error.name.startsWith('AccessDenied'));

type Batch = Parameters<typeof processBatch>[1];

function hand(
  mapping: Mapping,
  { source, messages, work }: Batch & { work: Work },
  call: LambdaCall,
): void {
  work.running += 1;
  call.background(async () => {
    try {
      const outcome = await processBatch(mapping, { source, messages }, call);
      settle(mapping, { work, outcome }, call);
    } finally {
      work.running -= 1;
    }
    pump(mapping, call);
  });
}

const longestPause = 60;

/**
 * After errors the function gets fewer batches at once, and after being throttled none for a
 * while; successes bring the pace back.
 */
function settle(
  mapping: Mapping,
  { work, outcome }: { work: Work; outcome: Awaited<ReturnType<typeof processBatch>> },
  call: LambdaCall,
): void {
  call.touch();
  if (outcome === 'done') {
    mapping.throttles = 0;
    work.limit += 1;
    return;
  }
  work.limit = Math.max(1, Math.floor(work.limit / 2));
  if (outcome !== 'throttled') return;
  const seconds = Math.min(2 ** mapping.throttles, longestPause);
  mapping.throttles += 1;
  mapping.pausedUntil = call.now().getTime() + seconds * 1000;
  const at = new Date(mapping.pausedUntil);
  call.timers.set({ id: mapping.id, name: 'resumeMapping', at, payload: mapping.id });
}
