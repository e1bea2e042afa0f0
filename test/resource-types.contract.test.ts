import { emulatedTypes } from '../bin/resource-type-table';
import { factsOf, recreationFor } from '../emulator/cloudformation/resource-types';
import { Services } from '../emulator/services';
import { type Sample, samples } from './support/samples';
import { comparable, walked } from './support/walked';

const types = emulatedTypes();
const services = new Services();
const cases = types.flatMap((type) =>
  (samples[type] ?? []).map(
    (sample, index) => [`${type} (sample ${index + 1})`, type, sample] as const,
  ),
);

const honouredBy = (type: string): string[] => {
  const { properties = [], stored = [] } = services.providerOf(type) ?? {};
  return [...properties, ...stored];
};
const topLevel = (paths: string[]): string[] => [
  ...new Set(paths.map((path) => path.split('.')[0] ?? '')),
];

test('every resource type has a sample, and every sample a type', () => {
  expect(Object.keys(samples).toSorted()).toEqual(types);
});

test.each(types)('the samples of %s set and change every property that it honours', (type) => {
  const all = samples[type] ?? [];
  const honoured = topLevel(honouredBy(type)).toSorted();

  const unset = honouredBy(type).filter((path) =>
    all.every((sample) => !isSet([sample.properties, ...sample.updates], path.split('.'))),
  );
  expect(unset).toEqual([]);
  const changed = all.flatMap(({ updates, constant = {} }) => [
    ...updates.flatMap((update) => Object.keys(update)),
    ...Object.keys(constant),
  ]);
  expect([...new Set(changed)].toSorted()).toEqual(honoured);
});

test.each(types)('%s refuses each property that it does not honour, by name', async (type) => {
  const honoured = honouredBy(type);
  const isHonoured = (path: string) =>
    honoured.some(
      (one) => one === path || one.startsWith(`${path}.`) || path.startsWith(`${one}.`),
    );
  const answers: Record<string, unknown> = {};
  const refused = (factsOf(type)?.properties ?? []).filter((path) => !isHonoured(path));
  for (const path of refused) answers[path] = await answerTo(type, nested(path.split('.')));

  expect(answers).toEqual(
    Object.fromEntries(
      refused.map((path) => [
        path,
        `${type} property ${firstRefused(path, isHonoured)} is not emulated`,
      ]),
    ),
  );
  expect(await answerTo(type, { Colour: 'red' })).toBe('Encountered unsupported property Colour');
});

test('a member that no schema knows is refused where it stands', async () => {
  expect(await answerTo('AWS::SNS::Topic', { Subscription: [{ Colour: 'red' }] })).toBe(
    'Properties validation failed for resource Subject with message:\n#/Subscription: extraneous key [Colour] is not permitted',
  );
});

async function answerTo(type: string, properties: Sample['properties']): Promise<unknown> {
  try {
    await services.providerOf(type)?.create(properties, { logicalId: 'Subject' } as never);
    return 'accepted';
  } catch (error) {
    return (error as Error).message;
  }
}

const nested = ([name = '', ...path]: string[]): Sample['properties'] => ({
  [name]: path.length > 0 ? nested(path) : 'anything',
});

/** A refused member of what is refused itself goes with it. */
function firstRefused(path: string, isHonoured: (path: string) => boolean): string {
  const names = path.split('.');
  const steps = names.map((_, index) => names.slice(0, index + 1).join('.'));
  return steps.find((step) => !isHonoured(step)) ?? path;
}

test.each(cases)(
  '%s lives as its template says, and shows what is done to it',
  async (_, type, sample) => {
    const { deploy, shown, physicalId, resolve, reads, drift, changeBehind, remove } = walked(
      type,
      sample,
    );
    let declared = sample.properties;
    expect(await deploy(declared, 'createStack')).toEqual({
      status: 'CREATE_COMPLETE',
      reasons: [],
    });
    let id = await physicalId();
    const expectShown = async () => {
      expect(comparable(await shown(id, declared))).toMatchObject(
        comparable(resolve(declared)) as object,
      );
      expect(await drift()).toBe('IN_SYNC');
    };
    await expectShown();

    for (const update of sample.updates) {
      const before = { id, declared, resolved: resolve(declared) };
      declared = apply(declared, update);
      expect(await deploy(declared, 'updateStack')).toEqual({
        status: 'UPDATE_COMPLETE',
        reasons: [],
      });
      id = await physicalId();
      await expectShown();
      expectReplacement(type, update, { isSame: id === before.id });
      const removed = Object.keys(update).filter((name) => update[name] === null);
      const now = (await shown(id, declared)) ?? {};
      for (const name of removed) {
        expect({ [name]: comparable(now[name], name) }).not.toEqual({
          [name]: comparable(before.resolved[name], name),
        });
      }
      if (id !== before.id) expect(await shown(before.id, before.declared)).toBeUndefined();
    }

    const set = [sample.properties, ...sample.updates].flatMap((each) => Object.keys(each));
    const { writeOnly = [] } = services.providerOf(type) ?? {};
    expect(set.filter((name) => !reads.has(name) && !writeOnly.includes(name))).toEqual([]);

    await changeBehind();
    expect(await drift()).toMatch(/^(MODIFIED .|DELETED$)/);

    const last = resolve(declared);
    expect(await remove()).toBe('DELETE_COMPLETE');
    expect(await shown(id, last)).toBeUndefined();
  },
  30_000,
);

function isSet(value: unknown, [name, ...path]: string[]): boolean {
  if (Array.isArray(value)) return value.some((each) => isSet(each, [name ?? '', ...path]));
  if (typeof value !== 'object' || value === null) return false;
  const member = (value as Record<string, unknown>)[name ?? ''];
  return path.length > 0 ? isSet(member, path) : member !== undefined;
}

function apply(declared: Sample['properties'], update: Sample['properties']) {
  const after = { ...declared, ...update };
  return Object.fromEntries(Object.entries(after).filter(([, value]) => value !== null));
}

/** Replaced when the generated table says so, or where the type knows no update. */
function expectReplacement(type: string, update: object, { isSame }: { isSame: boolean }): void {
  const recreations = Object.keys(update).map((name) => recreationFor(type, name));
  if (recreations.includes('Conditionally') && !recreations.includes('Always')) return;
  expect(isSame).toBe(!recreations.includes('Always'));
}
