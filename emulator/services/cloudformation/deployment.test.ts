import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emulated } from '../../../test/support/emulated';
import type { ResourceProvider } from '../../cloudformation/provider';

const template = (Resources: object) => JSON.stringify({ Resources });
const thing = (Properties: object = {}, more: object = {}) => ({
  Type: 'AWS::Test::Thing',
  ...more,
  Properties,
});

/** A resource type that fails or waits as its properties say. */
function things() {
  const there = new Map<string, unknown>();
  const broken = new Set<string>();
  const provider: ResourceProvider = {
    async create(properties, { logicalId, sleep }) {
      if (typeof properties['Wait'] === 'number') await sleep?.(properties['Wait']);
      if (broken.has(logicalId)) throw new Error(`${logicalId} is broken`);
      there.set(logicalId, properties['Value']);
      return { physicalId: `id-of-${logicalId}`, attributes: { Arn: `arn:${logicalId}` } };
    },
    async update(physicalId, { properties }, { logicalId, sleep }) {
      if (typeof properties['Wait'] === 'number') await sleep?.(properties['Wait']);
      if (broken.has(logicalId)) throw new Error(`${logicalId} is broken`);
      there.set(logicalId, properties['Value']);
      return { physicalId };
    },
    async delete(_physicalId, _properties, { logicalId }) {
      if (broken.has(logicalId)) throw new Error(`${logicalId} is broken`);
      // Others are heard meanwhile.
      await new Promise((heard) => setImmediate(heard));
      there.delete(logicalId);
    },
  };
  return { there, broken, provider };
}

function setUp(options: { folder?: string } = {}) {
  const emulator = emulated(options);
  const world = things();
  const { services } = emulator.core;
  const real = services.providerOf.bind(services);
  services.providerOf = (type) => (type === 'AWS::Test::Thing' ? world.provider : real(type));
  const cfn = emulator.client(CloudFormation);
  return {
    ...emulator,
    ...world,
    cfn,
    stack: async (StackName: string) => {
      const { Stacks: [stack] = [] } = await cfn.describeStacks({ StackName });
      return stack;
    },
  };
}

test('a creation that waits answers at once and goes on as time passes (LocalStack test_update_stack.py, of another state)', async () => {
  const { cfn, clock, stack, there } = setUp();

  await cfn.createStack({
    StackName: 's',
    TemplateBody: template({ A: thing({ Wait: 300_000 }), B: thing({}, { DependsOn: 'A' }) }),
  });

  expect(await stack('s')).toMatchObject({ StackStatus: 'CREATE_IN_PROGRESS' });
  await expect(
    cfn.updateStack({ StackName: 's', TemplateBody: template({ A: thing() }) }),
  ).rejects.toThrow('is in CREATE_IN_PROGRESS state and can not be updated.');

  await clock.advance('5m');

  expect(await stack('s')).toMatchObject({ StackStatus: 'CREATE_COMPLETE' });
  expect([...there.keys()]).toEqual(['A', 'B']);
});

test('an update that waits can be cancelled, and goes back then', async () => {
  const { cfn, clock, stack, there } = setUp();
  await cfn.createStack({
    StackName: 's',
    TemplateBody: template({ A: thing({ Value: 1 }), B: thing({ Value: 1 }, { DependsOn: 'A' }) }),
  });

  await cfn.updateStack({
    StackName: 's',
    TemplateBody: template({
      A: thing({ Value: 2, Wait: 60_000 }),
      B: thing({ Value: 2 }, { DependsOn: 'A' }),
    }),
  });
  await cfn.cancelUpdateStack({ StackName: 's' });
  await clock.advance('2m');

  expect(await stack('s')).toMatchObject({ StackStatus: 'UPDATE_ROLLBACK_COMPLETE' });
  expect(there).toEqual(
    new Map([
      ['A', 1],
      ['B', 1],
    ]),
  );
  await expect(cfn.cancelUpdateStack({ StackName: 's' })).rejects.toThrow();
});

test('a deletion that fails leaves what depends on it no more, and succeeds when retried', async () => {
  const { broken, cfn, stack, there } = setUp();
  await cfn.createStack({
    StackName: 's',
    TemplateBody: template({
      Base: thing(),
      Stuck: thing({}, { DependsOn: 'Base' }),
      Other: thing(),
    }),
  });
  broken.add('Stuck');

  await cfn.deleteStack({ StackName: 's' });

  expect(await stack('s')).toMatchObject({
    StackStatus: 'DELETE_FAILED',
    StackStatusReason: 'The following resource(s) failed to delete: [Stuck]. ',
  });
  expect([...there.keys()]).toEqual(['Base', 'Stuck']);

  const id = (await stack('s'))?.StackId ?? '';
  await cfn.deleteStack({ StackName: 's', RetainResources: ['Stuck'] });

  expect(await stack(id)).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
  expect([...there.keys()]).toEqual(['Stuck']);
});

test('a forced deletion leaves behind what cannot be deleted', async () => {
  const { broken, cfn, stack } = setUp();
  const { StackId: id = '' } = await cfn.createStack({
    StackName: 's',
    TemplateBody: template({ Stuck: thing() }),
  });
  broken.add('Stuck');
  await cfn.deleteStack({ StackName: 's' });

  await cfn.deleteStack({ StackName: 's', DeletionMode: 'FORCE_DELETE_STACK' });

  expect(await stack(id)).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
});

test('a rollback that fails can be continued, or its resource skipped', async () => {
  const { broken, cfn, provider, stack, there } = setUp();
  await cfn.createStack({ StackName: 's', TemplateBody: template({ A: thing({ Value: 1 }) }) });
  const update = provider.update?.bind(provider);
  // The first update works; everything after it is broken.
  provider.update = async (...all) => {
    const answer = await update?.(...all);
    broken.add('A');
    return answer ?? { physicalId: all[0] };
  };
  const failing = template({
    A: thing({ Value: 2 }),
    B: { Type: 'AWS::Foo::Bar', DependsOn: 'A' },
  });

  await cfn.updateStack({ StackName: 's', TemplateBody: failing });

  expect(await stack('s')).toMatchObject({
    StackStatus: 'UPDATE_ROLLBACK_FAILED',
    StackStatusReason: 'The following resource(s) failed to update: [A]. ',
  });

  broken.delete('A');
  await cfn.continueUpdateRollback({ StackName: 's' });

  expect(await stack('s')).toMatchObject({ StackStatus: 'UPDATE_ROLLBACK_COMPLETE' });
  expect(there.get('A')).toBe(1);

  broken.delete('A');
  await cfn.updateStack({ StackName: 's', TemplateBody: failing });
  await cfn.continueUpdateRollback({ StackName: 's', ResourcesToSkip: ['A'] });

  expect(await stack('s')).toMatchObject({ StackStatus: 'UPDATE_ROLLBACK_COMPLETE' });
  expect(there.get('A')).toBe(2);
});

test('what cannot be cleaned up after an update is left behind and said so', async () => {
  const { broken, cfn, stack } = setUp();
  await cfn.createStack({ StackName: 's', TemplateBody: template({ A: thing(), B: thing() }) });
  broken.add('B');

  await cfn.updateStack({ StackName: 's', TemplateBody: template({ A: thing() }) });

  expect(await stack('s')).toMatchObject({
    StackStatus: 'UPDATE_COMPLETE',
    StackStatusReason: 'Update successful. One or more resources could not be deleted.',
  });
  const { StackResources: left = [] } = await cfn.describeStackResources({ StackName: 's' });
  expect(left.map(({ LogicalResourceId: logicalId }) => logicalId)).toEqual(['A']);
});

test('a deployment cut short by the end of the emulator is rolled back after the next start', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cloudformation-'));
  const first = setUp({ folder });
  try {
    await first.cfn.createStack({
      StackName: 'updated',
      TemplateBody: template({ A: thing({ Value: 1 }) }),
    });
    await first.cfn.createStack({
      StackName: 'created',
      TemplateBody: template({ A: thing(), B: thing({ Wait: 60_000 }, { DependsOn: 'A' }) }),
    });
    await first.cfn.updateStack({
      StackName: 'updated',
      TemplateBody: template({
        A: thing({ Value: 2 }),
        B: thing({ Wait: 60_000 }, { DependsOn: 'A' }),
      }),
    });
    await first.emulator.flush();

    const second = setUp({ folder });

    expect(await second.stack('created')).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
    expect(await second.stack('updated')).toMatchObject({
      StackStatus: 'UPDATE_ROLLBACK_COMPLETE',
    });
    expect(second.there).toEqual(new Map([['A', 1]]));
    await second.cfn.deleteStack({ StackName: 'created' });
    await expect(second.stack('created')).rejects.toThrow();
    await second.emulator.close();
  } finally {
    await first.emulator.close();
    rmSync(folder, { recursive: true });
  }
});

test('several who ask at once after a start have each stack rolled back once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cloudformation-'));
  const first = setUp({ folder });
  const names = ['one', 'two', 'three'];
  try {
    for (const StackName of names)
      await first.cfn.createStack({
        StackName,
        TemplateBody: template({ A: thing(), B: thing({ Wait: 60_000 }, { DependsOn: 'A' }) }),
      });
    await first.emulator.flush();
    const { cfn, emulator } = setUp({ folder });

    await Promise.all(names.map((StackName) => cfn.describeStacks({ StackName })));

    for (const StackName of names) {
      const { StackEvents = [] } = await cfn.describeStackEvents({ StackName });
      const ends = StackEvents.filter(
        ({ ResourceStatus: status }) => status === 'ROLLBACK_COMPLETE',
      );
      expect(ends).toHaveLength(1);
    }
    await emulator.close();
  } finally {
    await first.emulator.close();
    rmSync(folder, { recursive: true });
  }
});
