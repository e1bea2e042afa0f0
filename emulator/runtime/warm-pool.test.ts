import { type Warm, WarmPool } from './warm-pool';

class Fake implements Warm {
  isAlive = true;
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  end(): void {
    this.isAlive = false;
  }
}

/** A pool of two, and what was started in it. */
function poolOfTwo() {
  const pool = new WarmPool<Fake>({ limit: 2, idleMs: 60_000 });
  const started: Fake[] = [];
  const use = (
    key: string,
    task: (fake: Fake) => Promise<unknown> = async () => {},
    isUrgent = false,
  ) =>
    pool.use(
      {
        key,
        isUrgent,
        start: async () => {
          const fake = new Fake(`${key}${started.length}`);
          started.push(fake);
          return fake;
        },
      },
      task,
    );
  return { pool, started, use };
}

const alive = (fakes: Fake[]) => fakes.filter(({ isAlive }) => isAlive).map(({ name }) => name);

/** A task that goes on until it is let go. */
function held() {
  let letGo = () => {};
  const task = () => new Promise<void>((resolve) => (letGo = resolve));
  return { task, letGo: () => letGo() };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('an idle member is used again by its own key only', async () => {
  const { started, use } = poolOfTwo();
  await use('a');
  await use('a');
  await use('b');

  expect(alive(started)).toEqual(['a0', 'b1']);
});

test('the member that was used longest ago makes room', async () => {
  const { started, use } = poolOfTwo();
  await use('a');
  await use('b');
  await use('a');
  await use('c');

  expect(alive(started)).toEqual(['a0', 'c2']);
});

test('when all are busy a task waits for its turn', async () => {
  const { started, use } = poolOfTwo();
  const [one, other] = [held(), held()];
  const busy = [use('a', one.task), use('a', other.task)];
  await turn();
  const waiting = use('b');
  await turn();
  expect(alive(started)).toEqual(['a0', 'a1']);

  one.letGo();
  await waiting;
  expect(alive(started)).toEqual(['a1', 'b2']);

  other.letGo();
  await Promise.all(busy);
});

test('a task that another one waits for does not wait for room', async () => {
  const { started, use } = poolOfTwo();
  const [one, other] = [held(), held()];
  const busy = [use('a', one.task), use('a', other.task)];
  await turn();

  await use('b', undefined, true);

  expect(alive(started)).toEqual(['a0', 'a1', 'b2']);
  one.letGo();
  other.letGo();
  await Promise.all(busy);
});

test('a member that has died is not used again', async () => {
  const { started, use } = poolOfTwo();
  await use('a', async (fake) => fake.end());
  await use('a');

  expect(alive(started)).toEqual(['a1']);
});

test('retired members end now when idle, and after their task when busy', async () => {
  const { pool, started, use } = poolOfTwo();
  const one = held();
  const busy = use('a', one.task);
  await turn();
  await use('b');
  pool.retire(() => true);
  expect(alive(started)).toEqual(['a0']);

  one.letGo();
  await busy;
  expect(alive(started)).toEqual([]);
});

test('what cannot be started leaves room for others', async () => {
  const { pool, started, use } = poolOfTwo();
  const start = () => Promise.reject(new Error('no python'));
  const failing = () => pool.use({ key: 'x', isUrgent: false, start }, async () => {});

  await expect(failing()).rejects.toThrow('no python');
  await expect(failing()).rejects.toThrow('no python');
  await expect(failing()).rejects.toThrow('no python');
  await use('a');
  await use('b');
  expect(alive(started)).toEqual(['a0', 'b1']);
});

test('what is idle for too long ends by itself', async () => {
  const pool = new WarmPool<Fake>({ limit: 2, idleMs: 1 });
  const fake = new Fake('a');
  const ended = new Promise<void>((resolve) => (fake.end = resolve));
  await pool.use({ key: 'a', isUrgent: false, start: async () => fake }, async () => {});

  await ended;
});
