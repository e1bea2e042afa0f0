import { mapped } from '../../../../test/support/mapped';

test('1,000 messages through a mapping are each handled once, and the queue is empty', async () => {
  const { sqs, QueueUrl, clock, batches, held } = await mapped();
  const bodies = Array.from({ length: 1000 }, (_, index) => `message-${index}`);
  for (let start = 0; start < bodies.length; start += 10)
    await sqs.sendMessageBatch({
      QueueUrl,
      Entries: bodies
        .slice(start, start + 10)
        .map((MessageBody, index) => ({ Id: `m${index}`, MessageBody })),
    });
  await clock.advance('5m');

  const handled = (await batches()).flat();
  expect(handled.toSorted()).toEqual(bodies.toSorted());
  expect(await held()).toEqual([0, 0]);
}, 30_000);
