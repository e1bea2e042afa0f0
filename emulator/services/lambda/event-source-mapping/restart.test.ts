import { Lambda } from '@aws-sdk/client-lambda';
import { SQS } from '@aws-sdk/client-sqs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emulated } from '../../../../test/support/emulated';
import { heldIn, mapped } from '../../../../test/support/mapped';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dop-labs-mapping-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** An emulator that ends with one message in flight, and one behind it that was never received. */
async function ended() {
  const { lambda, emulator, sendTogether, held } = await mapped({
    mapping: { BatchSize: 1 },
    options: { folder },
  });
  await lambda.putFunctionConcurrency({ FunctionName: 'orders', ReservedConcurrentExecutions: 0 });
  await sendTogether('a');
  await sendTogether('b');
  expect(await held()).toEqual([1, 1]);
  await emulator.close();
}

test('a mapping goes on after a restart with what was in flight and what was waiting', async () => {
  await ended();
  const { client, clock, emulator } = emulated({ folder });
  const sqs = client(SQS);
  const { QueueUrl = '' } = await sqs.getQueueUrl({ QueueName: 'jobs' });
  expect(await heldIn(sqs, QueueUrl)).toEqual([1, 1]);
  await client(Lambda).deleteFunctionConcurrency({ FunctionName: 'orders' });
  await clock.advance('30s');

  expect(await heldIn(sqs, QueueUrl)).toEqual([0, 0]);
  await emulator.close();
});
