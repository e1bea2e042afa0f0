import { tellWaiting } from './appearing';
import { publish } from './metrics';
import type { SqsCall } from './state';

/**
 * The end of a minute in which something happened: metrics are published, and whoever missed the
 * news of messages because the emulator was ended in between hears it once more.
 */
export async function endMinute(_payload: unknown, call: SqsCall): Promise<void> {
  for (const name of call.state.active ?? []) {
    const queue = call.state.queues.get(name);
    if (queue) tellWaiting(queue, call);
  }
  await publish(call);
}
