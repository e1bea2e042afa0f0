import { emulatedTypes } from '../bin/resource-type-table';
import type { Properties } from '../emulator/cloudformation/provider';
import { samples } from './support/samples';
import { walked } from './support/walked';

const cases = emulatedTypes().flatMap((type) =>
  (samples[type] ?? []).map(
    (sample, index) => [`${type} (sample ${index + 1})`, type, sample] as const,
  ),
);

test.each(cases)('%s is in sync until something else changes it', async (_name, type, sample) => {
  const { deploy, changeBehind, cloudformation } = walked(type, sample);
  const drift = async () => {
    await cloudformation.detectStackDrift({ StackName: 'walk' });
    const { StackResourceDrifts: found = [] } = await cloudformation.describeStackResourceDrifts({
      StackName: 'walk',
    });
    const subject = found.find(({ LogicalResourceId: id }) => id === 'Subject');
    return { status: subject?.StackResourceDriftStatus, at: subject?.PropertyDifferences };
  };
  let declared = sample.properties;
  await deploy(declared, 'createStack');
  expect(await drift()).toEqual({ status: 'IN_SYNC', at: [] });
  for (const update of sample.updates) {
    declared = applied(declared, update);
    await deploy(declared, 'updateStack');
    expect(await drift()).toEqual({ status: 'IN_SYNC', at: [] });
  }

  await changeBehind();

  expect((await drift()).status).toMatch(/^(MODIFIED|DELETED)$/);
});

const applied = (declared: Properties, update: Properties): Properties =>
  Object.fromEntries(
    Object.entries({ ...declared, ...update }).filter(([, value]) => value !== null),
  );
