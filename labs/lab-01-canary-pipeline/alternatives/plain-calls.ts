import type { Account } from '../../../checker/account';
import { findLive } from '../release/live';
import { output } from '../release/output';
import { moveByCalls } from './plain-calls/moving';
import { pipelineByCalls } from './plain-calls/pipeline';

/**
 * Everything around the service by SDK calls, on top of the untouched starter: a pipeline with other
 * names, roles of its own, and a deployment group that the template only names.
 */
export default async function byCalls(account: Account): Promise<void> {
  const live = await findLive(account);
  await moveByCalls(account, live?.functionName ?? '');
  await pipelineByCalls(account, (key) => output(account, key));
}
