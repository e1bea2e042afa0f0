import { awaitSignals } from '../deployment/signals';
import type { Run } from '../deployment/run';
import type { ResourceProvider } from '../provider';
import { text } from '../template/text';
import { openCallback, closeCallback } from './callbacks';

/** An address that takes signals for a wait condition. */
export const waitConditionHandle = (run: Run): ResourceProvider => ({
  async create(_properties, { logicalId }) {
    const { call, stack } = run;
    const bucket = `waitcondition-${call.region}`;
    return { physicalId: openCallback(call, { bucket, stackId: stack.id, logicalId }).url };
  },
  update: async (physicalId) => ({ physicalId }),
  async delete(physicalId) {
    closeCallback(run.call, nameIn(physicalId));
  },
});

const nameIn = (url: string): string =>
  decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? '');

const longest = 43_200;

/** Waits for as many signals at its handle as it counts; one with a CreationPolicy has no handle. */
export const waitCondition = (run: Run): ResourceProvider => ({
  async create(properties, { logicalId }) {
    const physicalId = `${run.stack.id}/${logicalId}`;
    const { Handle: handle, Timeout: timeout, Count: count } = properties;
    if (handle === undefined) return { physicalId, attributes: { Data: '{}' } };
    const wanted = Number(count ?? 1);
    const signals = await awaitSignals(run, {
      source: nameIn(text(handle)).split('|')[1] ?? '',
      count: wanted,
      deadline: new Date(run.call.now().getTime() + secondsOf(timeout) * 1000),
      onFailure: ({ reason, uniqueId }) =>
        `WaitCondition received failed message: '${reason}' for uniqueId: ${uniqueId}`,
      onTimeout: (received) =>
        `WaitCondition timed out. Received ${received} conditions when expecting ${wanted}`,
    });
    const data = Object.fromEntries(signals.map((each) => [each.uniqueId, each.data]));
    return { physicalId, attributes: { Data: JSON.stringify(data) } };
  },

  // Nobody waits a second time for a condition that was met.
  async update() {
    // Text not verified against AWS.
    throw new Error('Update to resource type AWS::CloudFormation::WaitCondition is not supported.');
  },
  delete: async () => undefined,
});

function secondsOf(timeout: unknown): number {
  const seconds = Number(timeout);
  if (seconds >= 1 && seconds <= longest) return seconds;
  // Text not verified against AWS.
  throw new Error(`Timeout must be a number of seconds between 1 and ${longest}`);
}
