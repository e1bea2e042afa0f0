import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { IAM } from '@aws-sdk/client-iam';
import { SSM } from '@aws-sdk/client-ssm';
import { STS } from '@aws-sdk/client-sts';
import type { Account } from '../checker/account';
import {
  type Check,
  type Drill,
  fail,
  type Graded,
  notGradable,
  pass,
  pending,
} from '../checker/check';
import type { GradedTarget } from '../checker/connect';
import type { Progress } from '../checker/progress';
import { type Journal, noJournal, type Unfinished } from '../checker/journal';
import { gradeAndRecord, gradeRecord } from '../checker/recorded';
import { jsonReport } from '../checker/report/json';
import { junitReport } from '../checker/report/junit';
import { markdownReport } from '../checker/report/markdown';
import type { Report } from '../checker/report/result';
import { quietReport, textReport } from '../checker/report/text';
import { grade } from '../checker/run';
import { encode } from '../checker/tape/codec';
import type { GradeRecord } from '../checker/tape/record';
import { emulated } from './support/emulated';
import { deploy, targetOf } from './support/graded';

const template = JSON.stringify({
  Resources: {
    Door: {
      Type: 'AWS::SSM::Parameter',
      Properties: { Name: '/door', Type: 'String', Value: 'shut' },
    },
  },
  Outputs: { DoorName: { Value: { Ref: 'Door' } } },
});

/** An account with a lab of one parameter, `/door`, that is `shut`. */
async function account() {
  const here = emulated();
  await deploy(here, 'lab-99-scene', template);
  const ssm = here.client(SSM);
  const target = targetOf(here);
  const run = (checks: Record<string, Graded>, options = {}) =>
    grade({ lab: 'lab-99', checks, target, options: { drills: true, ...options } });
  const setDoor = (Value: string) => ssm.putParameter({ Name: '/door', Value, Overwrite: true });
  const door = async () => (await ssm.getParameter({ Name: '/door' })).Parameter?.Value;
  return { here, target, run, setDoor, door };
}

const check = (look: Check['look'], more: Partial<Check> = {}): Check => ({
  title: 'The door is shut',
  points: 10,
  reads: ['ssm:GetParameter'],
  objective: 'Shut doors.',
  look,
  ...more,
});

const readDoor = async ({ ssm, outputs }: Account) =>
  (await ssm.getParameter({ Name: outputs['DoorName'] })).Parameter?.Value ?? '';

const isShut = check(async (seen) =>
  (await readDoor(seen)) === 'shut'
    ? pass('/door is shut.')
    : fail({ seen: `/door is ${await readDoor(seen)}.`, wanted: 'A shut door.', where: '/door' }),
);

const open = check(async () => fail({ seen: 'It is open.', wanted: 'Shut.', where: 'here' }));

const drill = (more: Partial<Drill>): Drill => ({
  kind: 'drill',
  title: 'A door that opens is noticed',
  points: 20,
  reads: [],
  objective: 'Notice.',
  announce: 'opens the door',
  writes: ['ssm:PutParameter'],
  prove: async () => {},
  act: async ({ ssm }) => {
    await ssm.putParameter({ Name: '/door', Value: 'open', Overwrite: true });
  },
  look: async (seen) =>
    (await readDoor(seen)) === 'open'
      ? pass('/door is open.')
      : fail({ seen: 'Still shut.', wanted: 'Open.', where: '/door' }),
  undo: async ({ ssm }) => {
    await ssm.putParameter({ Name: '/door', Value: 'shut', Overwrite: true });
  },
  ...more,
});

const result = ({ results }: Report, id: string) => results.find((each) => each.id === id);

describe('verdicts and scores', () => {
  test('all checks passed: all points, passed, exit code 0', async () => {
    const { run } = await account();

    const report = await run({ isShut });

    expect(report).toMatchObject({
      version: 1,
      lab: 'lab-99',
      target: 'emulator',
      accountId: '000000000000',
      passed: true,
      exitCode: 0,
      score: { points: 10, of: 10, undecided: 0 },
    });
  });

  test('a failed check says what was seen and wanted, and costs its points', async () => {
    const { run, setDoor } = await account();
    await setDoor('ajar');

    const report = await run({ isShut, other: check(async () => pass('Fine.')) });

    expect(result(report, 'isShut')).toMatchObject({
      verdict: 'fail',
      seen: '/door is ajar.',
      wanted: 'A shut door.',
      where: '/door',
    });
    expect(report).toMatchObject({ exitCode: 1, score: { points: 10, of: 20 } });
  });

  test('a check is blocked when its need failed, and is not looked at', async () => {
    const { run } = await account();
    const look = jest.fn(async () => pass('Never.'));

    const report = await run({ needy: check(look, { needs: ['open'] }), open });

    expect(result(report, 'needy')).toMatchObject({ verdict: 'blocked', blockedBy: 'open' });
    expect(look).not.toHaveBeenCalled();
  });

  test('what is not gradable here leaves the total, with all that needs it', async () => {
    const { run } = await account();

    const report = await run({
      isShut,
      unknown: check(async () => notGradable('No Python here.')),
      needy: check(async () => pass('Never.'), { needs: ['unknown'] }),
    });

    expect(result(report, 'needy')).toMatchObject({ verdict: 'not gradable here' });
    expect(report).toMatchObject({ passed: true, exitCode: 0, score: { points: 10, of: 10 } });
  });

  test('pending is not passed', async () => {
    const { run } = await account();

    const report = await run({ soon: check(async () => pending('On its way.', 'Soon.')) });

    expect(report).toMatchObject({ passed: false, exitCode: 1 });
  });

  test('needs that go round in a circle are the author’s mistake', async () => {
    const { run } = await account();
    const one = check(async () => pass('.'), { needs: ['two'] });
    const two = check(async () => pass('.'), { needs: ['one'] });

    await expect(run({ one, two })).rejects.toThrow('checks need each other: one → two → one');
  });

  test('a need that no check bears is the author’s mistake', async () => {
    const { run } = await account();

    await expect(run({ one: check(async () => pass('.'), { needs: ['gone'] }) })).rejects.toThrow(
      'check one needs "gone", which is no check of this lab',
    );
  });
});

describe('what cannot be seen', () => {
  test('a denied call is inconclusive, names the IAM action and never costs points', async () => {
    const { here, target } = await account();
    const credentials = await readerWithout(here);
    const reader = { ...target, connection: { ...target.connection, credentials } };

    const report = await grade({
      lab: 'lab-99',
      checks: { isShut },
      target: reader,
      options: { drills: true },
    });

    expect(result(report, 'isShut')).toMatchObject({
      verdict: 'inconclusive',
      action: 'ssm:GetParameter',
      error: 'AccessDeniedException',
      why: expect.stringContaining('Allow it ssm:GetParameter.') as string,
    });
    expect(report).toMatchObject({ exitCode: 2, score: { points: 0, of: 10, undecided: 10 } });
  });

  test('a failed check decides even when another could not be looked at', async () => {
    const { run } = await account();

    const report = await run({ open, broken: check(async () => Promise.reject(new Error('x'))) });

    expect(report).toMatchObject({ exitCode: 1 });
  });

  test('an account that does not answer gives exit code 2 and says so', async () => {
    const { target } = await account();
    const connection = { region: 'us-east-1', endpoint: 'http://127.0.0.1:9', credentials: nobody };

    const report = await grade({
      lab: 'lab-99',
      checks: { isShut },
      target: { ...target, connection },
      options: { drills: true },
    });

    expect(report).toMatchObject({
      exitCode: 2,
      problem: expect.stringContaining('The account stopped answering') as string,
    });
  });

  test('a lab that was never started is the learner’s to start', async () => {
    const { target } = await account();

    await expect(
      grade({ lab: 'lab-98', checks: { isShut }, target, options: { drills: true } }),
    ).rejects.toMatchObject({ code: 'LAB_NOT_STARTED' });
  });

  test('a check that throws is inconclusive, not failed', async () => {
    const { run } = await account();

    const report = await run({ broken: check(async () => Promise.reject(new TypeError('oops'))) });

    expect(result(report, 'broken')).toMatchObject({
      verdict: 'inconclusive',
      why: expect.stringContaining('TypeError: oops') as string,
    });
  });

  test('a look that writes is stopped before the call is sent', async () => {
    const { run, door } = await account();
    const vandal = check(async ({ ssm }) => {
      await ssm.putParameter({ Name: '/door', Value: 'open', Overwrite: true });
      return pass('Done.');
    });

    const report = await run({ vandal });

    expect(result(report, 'vandal')).toMatchObject({
      verdict: 'inconclusive',
      why: expect.stringContaining('ssm:PutParameter was not sent') as string,
    });
    expect(await door()).toBe('shut');
  });
});

describe('facts and evidence', () => {
  test('the same read is sent once for all checks of a run', async () => {
    const { run, target } = await account();
    const sent = counted(target);

    await run({ isShut, again: isShut, thrice: isShut });

    expect(sent()).toBe(1);
  });

  test('a verdict carries its calls, their parameters and their time', async () => {
    const { run } = await account();

    const report = await run({ isShut });

    expect(result(report, 'isShut')?.evidence).toEqual([
      {
        order: 3,
        call: 'ssm:GetParameter',
        parameters: { Name: '/door' },
        time: '2026-01-01T00:00:00.000Z',
        answer: 'ok',
      },
    ]);
  });
});

describe('drills', () => {
  test('a drill is announced, acts, looks anew and undoes what it did', async () => {
    const { run, door } = await account();
    const news: Progress[] = [];

    const report = await run(
      { isShut, rehearsal: drill({ needs: ['isShut'] }) },
      { onProgress: (each: Progress) => news.push(each) },
    );

    expect(result(report, 'rehearsal')).toMatchObject({ verdict: 'pass', seen: '/door is open.' });
    expect(news).toContainEqual(
      expect.objectContaining({ type: 'acting', announce: 'opens the door' }),
    );
    expect(await door()).toBe('shut');
  });

  test('a drill whose target is not proved never acts', async () => {
    const { run } = await account();
    const act = jest.fn();

    const report = await run({
      rehearsal: drill({ act, prove: async () => Promise.reject(new Error('not ours')) }),
    });

    expect(act).not.toHaveBeenCalled();
    expect(result(report, 'rehearsal')).toMatchObject({ verdict: 'inconclusive' });
  });

  test('a drill that fails half-way is undone all the same', async () => {
    const { run, door } = await account();
    const act: Drill['act'] = async ({ ssm }) => {
      await ssm.putParameter({ Name: '/door', Value: 'open', Overwrite: true });
      throw new Error('half-way');
    };

    const report = await run({ rehearsal: drill({ act }) });

    expect(await door()).toBe('shut');
    expect(result(report, 'rehearsal')).toMatchObject({ verdict: 'inconclusive' });
  });

  test('stopping the run undoes the drill first and leaves the rest unknown', async () => {
    const { run, door } = await account();
    const stop = new AbortController();
    const look: Drill['look'] = async () => {
      stop.abort();
      return pass('Too late.');
    };

    const report = await run(
      { rehearsal: drill({ look, eventually: { within: '5m', every: '1s', stableFor: '1m' } }) },
      { signal: stop.signal },
    );

    expect(await door()).toBe('shut');
    expect(report).toMatchObject({ exitCode: 2, results: [{ verdict: 'inconclusive' }] });
  });

  test('what cannot be undone is told, whatever the drill saw', async () => {
    const { run } = await account();

    const report = await run({
      rehearsal: drill({ undo: async () => Promise.reject(new Error('stuck')) }),
    });

    expect(result(report, 'rehearsal')).toMatchObject({
      verdict: 'inconclusive',
      why: expect.stringContaining('could not be undone') as string,
    });
  });

  test('without drills their points leave the total', async () => {
    const { run } = await account();

    const report = await run({ isShut, rehearsal: drill({}) }, { drills: false });

    expect(report).toMatchObject({ passed: false, exitCode: 0, score: { points: 10, of: 10 } });
  });
});

describe('guards', () => {
  const guard: Graded = { ...isShut, kind: 'guard', title: 'The door stays shut' };

  test('a guard that a drill breaks fails the lab, whatever the score', async () => {
    const { run } = await account();

    const report = await run({ guard, rehearsal: drill({ undo: async () => {} }) });

    expect(result(report, 'guard')).toMatchObject({ verdict: 'fail', seen: '/door is open.' });
    expect(report).toMatchObject({ passed: false, exitCode: 1, score: { points: 20, of: 20 } });
  });

  test('no drill acts on a scene that a guard found broken', async () => {
    const { run, setDoor } = await account();
    await setDoor('open');

    const report = await run({ guard, rehearsal: drill({}) });

    expect(result(report, 'rehearsal')).toMatchObject({ verdict: 'blocked', blockedBy: 'guard' });
  });
});

describe('looking again', () => {
  const soon = { within: '10m', every: '15s' };

  test('a look is final without a move of the clock when nothing is due in its window', async () => {
    const { run, here } = await account();
    const look = jest.fn(open.look);

    const report = await run({ late: check(look, { eventually: soon }) });

    expect(look).toHaveBeenCalledTimes(2);
    expect(result(report, 'late')).toMatchObject({ verdict: 'fail', seconds: 0 });
    expect(here.clock.now()).toEqual(new Date('2026-01-01T00:00:00Z'));
  });

  test('a look is repeated after what was due, with fresh facts', async () => {
    const { run, here, setDoor } = await account();
    await setDoor('open');
    here.core.clock.set('shut', new Date('2026-01-01T00:04:00Z'), () => void setDoor('shut'));

    const report = await run({ isShut: { ...isShut, eventually: soon } });

    expect(result(report, 'isShut')).toMatchObject({ verdict: 'pass', seconds: 240 });
  });

  test('a state that must hold is looked at until it has held', async () => {
    const { run, here, setDoor } = await account();
    here.core.clock.set('open', new Date('2026-01-01T00:01:00Z'), () => void setDoor('open'));

    const report = await run({ isShut: { ...isShut, eventually: { ...soon, stableFor: '2m' } } });

    expect(result(report, 'isShut')).toMatchObject({ verdict: 'fail', seen: '/door is open.' });
  });
});

describe('answers that cannot be trusted', () => {
  const flaky = (...answers: boolean[]) =>
    check(async ({ ssm, outputs }) => {
      await ssm.getParameter({ Name: outputs['DoorName'] });
      return answers.shift() ? pass('Seen.') : fail({ seen: 'No.', wanted: 'Yes.', where: 'it' });
    });

  test('a fail counts when a second look with facts of its own says the same', async () => {
    const { run, target } = await account();
    const sent = counted(target);

    const report = await run({ late: flaky(false, true, true), really: flaky(false, false) });

    expect(result(report, 'late')).toMatchObject({ verdict: 'pass' });
    expect(result(report, 'really')).toMatchObject({ verdict: 'fail' });
    expect(sent()).toBe(3);
  });

  test('what is seen differently each time is inconclusive', async () => {
    const { run } = await account();

    const report = await run({ wavers: flaky(false, true, false, true) });

    expect(result(report, 'wavers')).toMatchObject({ verdict: 'inconclusive', error: 'Wavering' });
  });

  test('a call that is not answered in time is inconclusive and named', async () => {
    const { run, here } = await account();
    here.core.faults.set({
      kind: 'delay',
      service: 'ssm',
      operation: 'GetParameter',
      milliseconds: 500,
      clock: 'wall',
    });

    const report = await run({ isShut }, { timeouts: { call: 30 } });

    expect(result(report, 'isShut')).toMatchObject({
      verdict: 'inconclusive',
      call: 'ssm:GetParameter',
      why: expect.stringContaining('ssm:GetParameter was not answered within 0.03 s') as string,
    });
    expect(report).toMatchObject({ exitCode: 2 });
  });

  test('a run counts what it asked and what it sent', async () => {
    const { run } = await account();

    const { calls } = await run({ isShut, again: isShut });

    expect(calls).toEqual({
      asked: 4,
      sent: 3,
      operations: {
        'cloudformation:DescribeStacks': 1,
        'ssm:GetParameter': 1,
        'sts:GetCallerIdentity': 1,
      },
    });
  });
});

describe('drills that were cut short', () => {
  const left: Unfinished[] = [];
  const journal: Journal = {
    ...noJournal,
    note: (drill) => void left.splice(0, 1, { ...drill, memory: encode(drill.memory) }),
    close: () => void left.splice(0),
    unfinished: () => [...left],
  };
  const remembering = drill({
    act: async ({ ssm, memory }) => {
      memory.set('before', 'shut');
      await ssm.putParameter({ Name: '/door', Value: 'open', Overwrite: true });
    },
    undo: async ({ ssm, memory }) => {
      const Value = memory.get('before');
      if (typeof Value === 'string')
        await ssm.putParameter({ Name: '/door', Value, Overwrite: true });
    },
  });

  /** The process ends after `act`, so that nobody undoes it: what it noted is all there is. */
  const killed = async ({ run }: Awaited<ReturnType<typeof account>>) => {
    const notes: Unfinished[] = [];
    await run(
      { rehearsal: { ...remembering, undo: async () => void notes.push(...left) } },
      { journal },
    );
    left.push(...notes);
  };

  afterEach(() => left.splice(0));

  test('the next run undoes what a killed one left, before it looks', async () => {
    const here = await account();
    await killed(here);
    expect(await here.door()).toBe('open');

    const report = await here.run({ isShut, rehearsal: remembering }, { journal });

    expect(report).toMatchObject({ passed: true });
    expect(await here.door()).toBe('shut');
    expect(left).toEqual([]);
  });

  test('while it cannot be undone the drill does not act again', async () => {
    const here = await account();
    await killed(here);
    const stuck = { ...remembering, undo: async () => Promise.reject(new Error('stuck')) };

    const report = await here.run({ rehearsal: stuck }, { journal });

    expect(result(report, 'rehearsal')).toMatchObject({
      verdict: 'inconclusive',
      why: expect.stringContaining('An earlier run of this drill was cut short') as string,
    });
    expect(left).toHaveLength(1);
  });

  test('a drill makes no call that it does not declare', async () => {
    const { run, door } = await account();

    const report = await run({ rehearsal: drill({ writes: [] }) });

    expect(result(report, 'rehearsal')).toMatchObject({
      verdict: 'inconclusive',
      why: expect.stringContaining('does not declare it among its writes') as string,
    });
    expect(await door()).toBe('shut');
  });
});

describe('records', () => {
  const lab = { isShut, open, rehearsal: drill({ eventually: { within: '5m', every: '1s' } }) };

  test('a replayed record gives the same report, byte by byte, and asks nobody', async () => {
    const { target } = await account();
    const { report, record } = await gradeAndRecord({
      lab: 'lab-99',
      checks: lab,
      target,
      options: { drills: true },
    });

    const kept = JSON.parse(JSON.stringify(record)) as GradeRecord;
    const replayed = await gradeRecord(kept, lab);

    expect(report.results.map(({ verdict }) => verdict)).toEqual(['pass', 'fail', 'pass']);
    expect(jsonReport(replayed)).toBe(jsonReport(report));
  });

  test('a check that asks for what is not on the record is inconclusive', async () => {
    const { target } = await account();
    const { record } = await gradeAndRecord({
      lab: 'lab-99',
      checks: { isShut },
      target,
      options: { drills: true },
    });
    const other = check(async ({ ssm }) => {
      await ssm.getParameter({ Name: '/window' });
      return pass('.');
    });

    const replayed = await gradeRecord(record, { isShut: other });

    expect(result(replayed, 'isShut')).toMatchObject({
      verdict: 'inconclusive',
      error: 'NotRecorded',
      call: 'ssm:GetParameter',
    });
  });
});

describe('reports', () => {
  test('the text says verdict, seen, wanted, where and what next', async () => {
    const { run, setDoor } = await account();
    await setDoor('ajar');
    const report = await run({
      guard: { ...isShut, kind: 'guard', look: async () => pass('Quiet.'), title: 'Nobody shouts' },
      isShut: { ...isShut, task: 'a' },
      locked: check(async () => pass('.'), {
        title: 'The door is locked',
        task: 'a',
        needs: ['isShut'],
      }),
    });

    expect(textReport(report, { colours: false })).toMatchInlineSnapshot(`
     "lab-99 on emulator (account 000000000000, us-east-1)
     [--------------------] 0 of 20 points
     4 API calls (asked 6 times)

     First: task (a), FAIL: The door is shut
       seen    /door is ajar.
       wanted  A shut door.
       where   /door
       hint    npm run lab hint lab-99 a

     Guards
       ✔ pass     Nobody shouts

     Task (a)
       ✘ FAIL     The door is shut 0/10
           seen    /door is ajar.
           wanted  A shut door.
           where   /door
       · blocked  The door is locked 0/10
           why     It needs "The door is shut" first.

     Score 0/20: not passed
       next: npm run lab hint lab-99 a"
    `);
  });

  test('colours come only when they are wanted', async () => {
    const { run } = await account();
    const report = await run({ isShut });

    expect(textReport(report, { colours: false })).not.toContain('\u001B[');
    expect(textReport(report, { colours: true })).toContain('\u001B[');
  });

  const everyVerdict = () => ({
    guard: { ...isShut, kind: 'guard' as const },
    isShut: { ...isShut, task: 'a' },
    open,
    needy: check(async () => pass('.'), { needs: ['open'] }),
    soon: check(async () => pending('On its way.', 'Soon.')),
    unknown: check(async () => notGradable('No Python <here> & "now".')),
    broken: check(async () => Promise.reject(new Error('x'))),
    rehearsal: drill({}),
  });

  test('the JSON fits its published schema, whatever the verdicts', async () => {
    const { run } = await account();
    const schema: object = JSON.parse(
      readFileSync(join(__dirname, '../docs/schemas/report-1.schema.json'), 'utf8'),
    );
    const fits = new Ajv2020({ allErrors: true, strict: false }).compile(schema);
    const report = JSON.parse(jsonReport(await run(everyVerdict(), { drills: false }))) as Report;

    fits(report);

    expect(fits.errors).toBeNull();
    expect(new Set(report.results.map(({ verdict }) => verdict)).size).toBe(7);
    expect(fits({ ...report, version: 2 })).toBe(false);
  });

  test('JUnit counts fails, errors and skips, and escapes what XML cannot hold', async () => {
    const { run } = await account();

    const xml = junitReport(await run(everyVerdict(), { drills: false }));

    expect(xml).toContain(
      '<testsuite name="lab-99" tests="8" failures="2" errors="1" skipped="3" time="0" timestamp="2026-01-01T00:00:00">',
    );
    expect(xml).toContain('<skipped message="No Python &lt;here&gt; &amp; &quot;now&quot;."/>');
    expect(xml).toContain('seen: It is open.&#10;wanted: Shut.&#10;where: here</failure>');
  });

  test('Markdown has a row a check and what to mend first', async () => {
    const { run } = await account();

    const page = markdownReport(await run({ isShut: { ...isShut, task: 'a' }, open }));

    expect(page).toContain('## lab-99: 10/20, not passed');
    expect(page).toContain('**Mend first: The door is shut**');
    expect(page).toContain('| a | The door is shut | ✔ pass | 10/10 |');
  });

  test('quiet is one line, and explained shows calls and proof', async () => {
    const { run } = await account();
    const proof = {
      call: 'ssm:GetParameter',
      resource: '/door',
      path: 'Parameter.Value',
      expected: 'shut',
      actual: 'shut',
    };
    const proved = check(async (seen) => pass(`/door is ${await readDoor(seen)}.`, proof));
    const report = await run({ proved, open });

    expect(quietReport(report, { colours: false })).toBe(
      'lab-99 10/20 not passed; The door is shut: It is open.',
    );
    expect(textReport(report, { colours: false, explain: true })).toContain(
      [
        '      proof   ssm:GetParameter Parameter.Value',
        '      of      /door',
        '      expect  "shut"',
        '      actual  "shut"',
        '      call    2026-01-01T00:00:00.000Z ssm:GetParameter {"Name":"/door"} → ok',
      ].join('\n'),
    );
    expect(result(report, 'proved')?.proof?.time).toBe('2026-01-01T00:00:00.000Z');
  });

  test('no line is longer than a narrow terminal, and every verdict has its word', async () => {
    const { run } = await account();

    const text = textReport(await run(everyVerdict()), { colours: false, columns: 44 });

    expect(text.split('\n').filter((line) => line.length > 44)).toEqual([]);
    expect(text).toMatch(/✘ FAIL .*\n/);
  });
});

const nobody = { accessKeyId: 'none', secretAccessKey: 'none' };

/** Credentials of a role that may see the stacks and nothing else. */
async function readerWithout({ client }: ReturnType<typeof emulated>) {
  const Version = '2012-10-17';
  const RoleName = 'stacks-only';
  const statement = (Action: string, more: object) => [{ Effect: 'Allow', Action, ...more }];
  const { Role } = await client(IAM).createRole({
    RoleName,
    AssumeRolePolicyDocument: JSON.stringify({
      Version,
      Statement: statement('sts:AssumeRole', { Principal: { AWS: '000000000000' } }),
    }),
  });
  await client(IAM).putRolePolicy({
    RoleName,
    PolicyName: 'read',
    PolicyDocument: JSON.stringify({
      Version,
      Statement: statement('cloudformation:DescribeStacks', { Resource: '*' }),
    }),
  });
  const { Credentials } = await client(STS).assumeRole({
    RoleArn: Role?.Arn,
    RoleSessionName: 'grader',
  });
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
}

/** Counts the GetParameter calls that really leave. */
function counted({ connection }: GradedTarget): () => number {
  let count = 0;
  const handler = connection.requestHandler as { handle: (request: Sent) => Promise<unknown> };
  const { handle } = handler;
  handler.handle = (request) => {
    if (request.headers['x-amz-target']?.endsWith('.GetParameter')) count += 1;
    return handle.call(handler, request);
  };
  return () => count;
}

interface Sent {
  headers: Record<string, string>;
}
