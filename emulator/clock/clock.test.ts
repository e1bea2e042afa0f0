import { Clock } from './clock';
import { Workload } from './work';

const start = new Date('2026-01-01T00:00:00Z');

function frozen() {
  const workload = new Workload();
  return { workload, clock: new Clock(workload, { frozenAt: start }) };
}

const seconds = (count: number) => new Date(start.getTime() + count * 1000);

test('a frozen clock moves only when it is advanced', async () => {
  const { clock } = frozen();

  await clock.advance(90_000);

  expect(clock.now()).toEqual(seconds(90));
});

test('alarms ring in order of their time, each at its own moment', async () => {
  const { clock } = frozen();
  const rung: [string, Date][] = [];
  clock.set('late', seconds(20), () => rung.push(['late', clock.now()]));
  clock.set('early', seconds(10), () => rung.push(['early', clock.now()]));

  await clock.advance(30_000);

  expect(rung).toEqual([
    ['early', seconds(10)],
    ['late', seconds(20)],
  ]);
});

test('an alarm set by an alarm rings in the same advance when it is due', async () => {
  const { clock } = frozen();
  const rung: number[] = [];
  const again = (count: number) => () => {
    rung.push(count);
    if (count < 3) clock.set('again', seconds(count + 1), again(count + 1));
  };
  clock.set('again', seconds(1), again(1));

  await clock.advance(2_000);

  expect(rung).toEqual([1, 2]);
});

test('time stands still until everything an alarm set off is done', async () => {
  const { clock, workload } = frozen();
  let finished: Date | undefined;
  clock.set('work', seconds(10), () => {
    void workload.root(async () => {
      for (let turn = 0; turn < 50; turn += 1)
        await new Promise((resolve) => setImmediate(resolve));
      finished = clock.now();
    });
  });

  await clock.advance(60_000);

  expect(finished).toEqual(seconds(10));
});

test('a request that waits for a parked request does not hold the clock', async () => {
  const { clock, workload } = frozen();
  let wake = () => {};
  const parked = new Promise<void>((resolve) => (wake = resolve));
  const outer = workload.root(() => workload.nested(() => workload.parked(parked)));
  clock.set('wake', seconds(20), () => wake());

  await clock.advance(20_000);
  await outer;

  expect(clock.now()).toEqual(seconds(20));
});

test('one running part keeps the clock still although another part of it is parked', async () => {
  const { clock, workload } = frozen();
  const never = new Promise<void>(() => {});
  let release = () => {};
  const running = new Promise<void>((resolve) => (release = resolve));
  let releasedAt: Date | undefined;
  void workload.root(() =>
    Promise.race([workload.nested(() => workload.parked(never)), workload.nested(() => running)]),
  );
  const advanced = clock.advance(1_000);
  setImmediate(() => {
    releasedAt = clock.now();
    release();
  });

  await advanced;

  expect(releasedAt).toEqual(start);
});

test('jump goes to the next alarm inside the window and says so', async () => {
  const { clock } = frozen();
  clock.set('due', seconds(40), () => {});

  await expect(clock.jump(60_000)).resolves.toBe(true);

  expect(clock.now()).toEqual(seconds(40));
});

test('jump stays where it is when nothing is due inside the window', async () => {
  const { clock } = frozen();
  clock.set('far', seconds(3600), () => {});

  await expect(clock.jump(60_000)).resolves.toBe(false);

  expect(clock.now()).toEqual(start);
});

test('two advances at once happen one after the other', async () => {
  const { clock } = frozen();

  await Promise.all([clock.advance(1_000), clock.advance(2_000)]);

  expect(clock.now()).toEqual(seconds(3));
});
