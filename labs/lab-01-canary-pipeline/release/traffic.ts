import type { Account } from '../../../checker/account';
import type { Live } from './live';

/** An order that every sound release serves, as the drills mark theirs. */
const drillOrder = { item: 'tea', quantity: 2, channel: 'drill' };

interface Traffic {
  functionName: string;
  /** The alias; without one the unqualified function is called. */
  qualifier?: string;
  calls: number;
}

/** Sends orders, a few at a time, and does not mind how they are answered. */
export async function sendOrders({ lambda }: Account, traffic: Traffic): Promise<void> {
  const { functionName: FunctionName, qualifier: Qualifier, calls } = traffic;
  const Payload = Buffer.from(JSON.stringify(drillOrder));
  let left = calls;
  const lane = async () => {
    while (left > 0) {
      left -= 1;
      await lambda.invoke({ FunctionName, Qualifier, Payload });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

/** A minute's orders to `live`: three of them are the 150 that a shift needs to be judged. */
export const aMinutesOrders = (account: Account, live: Live): Promise<void> =>
  sendOrders(account, { functionName: live.functionName, qualifier: live.alias, calls: 50 });

// --- internal ---

const atOnce = 3;
