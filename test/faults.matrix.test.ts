import type { FaultRequest } from '../emulator/faults/fault';
import type { Happening } from '../emulator/watch';
import { type Journal, noJournal, type Unfinished } from '../checker/journal';
import type { Report } from '../checker/report/result';
import { grade } from '../checker/run';
import { encode } from '../checker/tape/codec';
import { findLab } from '../lib/discover';
import { LearnerError } from '../lib/errors';
import { type Learner, started } from './support/proof/learner';
import { loadLabWhole } from './support/proof/loaded';

jest.setTimeout(60_000);

const lab = loadLabWhole(findLab('lab-05'));

/** Each call once or for good: what the network and AWS do to calls. */
const faults: [string, Partial<FaultRequest>][] = [
  ['throttled for good', { kind: 'throttle' }],
  ['denied', { kind: 'deny' }],
  ['failing on the server', { kind: 'error', code: 'InternalError', message: 'boom', status: 500 }],
  ['slower than its deadline', { kind: 'delay', milliseconds: 40, clock: 'wall' }],
  ['cut off before it arrives', { kind: 'drop', when: 'before' }],
  ['cut off after it was carried out', { kind: 'drop', when: 'after', times: 1 }],
  ['answered once from the state before the answer', { kind: 'stale', changes: 100, times: 1 }],
];

interface Tried {
  learner: Learner;
  journal: Journal;
  /** Every call of a whole run: service folder and operation, and whether drills make it. */
  calls: { service: string; operation: string; inDrills: boolean }[];
  baseline: Map<string, string>;
}

function journalInMemory(): Journal {
  const left: Unfinished[] = [];
  return {
    ...noJournal,
    note: (drill) => void left.splice(0, 1, { ...drill, memory: encode(drill.memory) }),
    close: () => void left.splice(0),
    unfinished: () => [...left],
  };
}

interface Look {
  drills?: boolean;
  timeouts?: { call?: number };
}

const look = (
  { learner, journal }: Pick<Tried, 'learner' | 'journal'>,
  { drills = true, timeouts = {} }: Look = {},
) => {
  const { target } = learner;
  const connection = { ...target.connection, maxAttempts: 1, retryMode: 'standard' as const };
  return grade({
    lab: lab.short,
    checks: lab.checks,
    target: { ...target, connection },
    options: { drills, journal, timeouts },
  });
};

const verdicts = ({ results }: Report) => new Map(results.map(({ id, verdict }) => [id, verdict]));

/** An account with the solution, or as it was started, and what a healthy run asks and finds there. */
async function account(answer: 'solution' | 'starter'): Promise<Tried> {
  const learner = await started(lab);
  const { core } = learner.here;
  // A fault that hits nothing keeps the states of before, for reads that are stale later.
  core.faults.set({ kind: 'stale', service: '*', times: 0 });
  if (answer === 'solution') await learner.answer(lab.solution());
  const journal = journalInMemory();
  const seenIn = async (drills: boolean) => {
    const counts = new Map<string, number>();
    const watch = (happening: Happening) => {
      if (happening.kind !== 'call' || happening.isInside) return;
      const call = `${happening.service} ${happening.operation}`;
      counts.set(call, (counts.get(call) ?? 0) + 1);
    };
    core.watchers.add(watch);
    const report = await look({ learner, journal }, { drills });
    core.watchers.delete(watch);
    return { counts, report };
  };
  const still = await seenIn(false);
  const whole = await seenIn(true);
  const calls = [...whole.counts].map(([call, count]) => {
    const [service = '', operation = ''] = call.split(' ');
    return { service, operation, inDrills: count > (still.counts.get(call) ?? 0) };
  });
  return { learner, journal, calls, baseline: verdicts(whole.report) };
}

interface Told {
  /** Verdicts that are neither what they were nor an honest "could not see". */
  flips: string[];
  isUndecided: boolean;
}

/** Drills run where the call is one of theirs. */
async function under(fault: FaultRequest, tried: Tried, drills: boolean): Promise<Told> {
  const { core } = tried.learner.here;
  const { id } = core.faults.set(fault);
  const timeouts = fault.kind === 'delay' ? { call: 15 } : {};
  try {
    const report = await look(tried, { drills, timeouts });
    const flips = [...verdicts(report)]
      .filter(([, now]) => now !== 'inconclusive' && (drills || now !== 'skipped'))
      .filter(([id, now]) => now !== tried.baseline.get(id))
      .map(([check, now]) => `${fault.service}.${fault.operation}: ${check} ${now}`);
    return { flips, isUndecided: report.exitCode === 2 || report.score.undecided > 0 };
  } catch (error) {
    // The account could not be opened, which is no verdict either.
    if (error instanceof LearnerError && error.code === 'LAB_NOT_STARTED')
      return { flips: [], isUndecided: true };
    throw error;
  } finally {
    core.faults.clear(id);
    await tried.learner.here.clock.settle();
  }
}

const some = faults.filter(([, { kind }]) => kind && ['deny', 'throttle', 'stale'].includes(kind));

describe.each([
  ['solution', faults],
  ['starter', some],
] as const)('with the %s deployed', (answer, injected) => {
  let tried: Tried;

  beforeAll(async () => {
    tried = await account(answer);
  });

  test.each([...injected])(
    'no verdict flips when each call in turn is %s',
    async (_name, fault) => {
      const told: Told[] = [];
      for (const { service, operation, inDrills } of tried.calls) {
        const injection = { ...(fault as FaultRequest), service, operation };
        told.push(await under(injection, tried, inDrills));
      }

      expect(told.length).toBeGreaterThan(10);
      expect(told.flatMap(({ flips }) => flips)).toEqual([]);
      // What lasts cannot be overlooked; what happens once may be.
      const undecided = told.filter(({ isUndecided }) => isUndecided).length;
      expect(undecided).toBeGreaterThanOrEqual(fault.times === 1 ? 0 : told.length - 2);
    },
  );

  test('when the faults are over, the verdicts are what they were', async () => {
    expect(verdicts(await look(tried))).toEqual(tried.baseline);
  });
});

describe('throttled calls', () => {
  let tried: Tried;
  const throttle = (more: Partial<FaultRequest> = {}) =>
    tried.learner.here.core.faults.set({
      kind: 'throttle',
      service: 'iam',
      operation: 'ListRoles',
      ...more,
    });

  beforeAll(async () => {
    tried = await account('solution');
  });

  test('a call that is throttled once is tried again, and nothing is lost', async () => {
    throttle({ times: 1 });

    const report = await tried.learner.grade();

    expect(report).toMatchObject({ passed: true, score: { points: 100 } });
  });

  test('a throttled call is named, and costs no points', async () => {
    throttle();

    const report = await look(tried);
    const role = report.results.find(({ id }) => id === 'roleIsTrustedBySsmOnly');

    expect(role).toMatchObject({ verdict: 'inconclusive', call: 'iam:ListRoles' });
    expect(role?.why).toContain('iam:ListRoles was throttled again and again');
    expect(report).toMatchObject({ exitCode: 2, passed: false });
  });
});
