import { Alarms } from './alarms';

/** Alarms that write down their name. */
function withAlarms() {
  const rung: string[] = [];
  const alarms = new Alarms();
  const set = (id: string, at: number) => alarms.set(id, { at, ring: () => rung.push(id) });
  const ringAll = (): string[] => {
    for (let next = alarms.take(); next; next = alarms.take()) next.ring();
    return rung;
  };
  return { alarms, set, ringAll };
}

test('alarms come out by time, and by the order of setting at the same moment', () => {
  const { set, ringAll } = withAlarms();
  set('c', 30);
  set('a', 10);
  set('b', 20);
  set('b2', 20);

  expect(ringAll()).toEqual(['a', 'b', 'b2', 'c']);
});

test('an alarm set anew has only its new time, behind those that had it before', () => {
  const { alarms, set, ringAll } = withAlarms();
  set('a', 10);
  set('b', 20);
  set('a', 20);

  expect(alarms.nextAt()).toBe(20);
  expect(ringAll()).toEqual(['b', 'a']);
});

test('a cancelled alarm is not the next one', () => {
  const { alarms, set } = withAlarms();
  set('a', 10);
  set('b', 20);
  alarms.cancel('a');

  expect(alarms.nextAt()).toBe(20);
  alarms.cancel('b');
  expect(alarms.nextAt()).toBeUndefined();
});

test('setting and cancelling the earliest ten thousand times keeps the order', () => {
  const { alarms, set, ringAll } = withAlarms();
  set('last', 100_000);
  for (let at = 1; at <= 10_000; at += 1) {
    set('moving', at);
    expect(alarms.nextAt()).toBe(at);
  }
  alarms.cancel('moving');

  expect(ringAll()).toEqual(['last']);
});
