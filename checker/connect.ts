import { LearnerError } from '../lib/errors';
import type { Target } from '../lib/targets/target';
import type { Account, Clients } from './account';
import { lazyClients, type Connection } from './clients';
import { everyPage } from './pages';

/** What grading needs of a target; `lib/targets` opens one. */
export interface GradedTarget extends Pick<Target, 'name' | 'clock'> {
  connection: Connection;
}

/**
 * Opens the account with the outputs of the lab's stacks (`lab-05-scene`, `lab-05-work`, …), for
 * grading and for a lab's `prepare` and `cleanUp`.
 */
export async function connect(target: GradedTarget, lab: string): Promise<Account> {
  const clients = lazyClients(target.connection);
  const { Account: accountId = '' } = await clients.sts.getCallerIdentity({});
  const stacks = await stacksOf(clients, lab);
  if (stacks.length === 0) throw new LearnerError('LAB_NOT_STARTED', [lab, target.name]);
  const outputs = stacks.flatMap(({ Outputs = [] }) => Outputs);
  return Object.assign(clients, {
    target: target.name,
    accountId,
    region: target.connection.region,
    lab,
    outputs: Object.fromEntries(
      outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
    ),
    memory: new Map<string, unknown>(),
    now: () => target.clock.now(),
  });
}

// --- internal ---

async function stacksOf({ cloudformation }: Clients, lab: string) {
  const pages = await everyPage(
    (NextToken) => cloudformation.describeStacks({ NextToken }),
    ({ NextToken }) => NextToken,
  );
  const stacks = pages.flatMap(({ Stacks = [] }) => Stacks);
  return stacks.filter(({ StackName = '' }) => StackName.startsWith(`${lab}-`));
}
