import { workStack } from '../../lib/deploy/app';
import { deleteStack, recoverStack } from '../../lib/deploy/stacks';
import { remember } from '../../lib/progress';
import { deploy } from './deploy';
import type { Session } from './session';
import { undoDrills } from './undo';

/** Deletes the work stack, deploys the starter again and brings the scene back to its flaws. */
export async function resetLab(session: Session): Promise<void> {
  const { folder, short, clients, terminal } = session;
  await undoDrills(session);
  terminal.progress(`deleting ${workStack(folder)}`);
  await recoverStack(clients.cloudformation, workStack(folder));
  await deleteStack(clients.cloudformation, workStack(folder));
  await deploy(session, {
    command: 'reset',
    answer: 'starter',
    scene: { parameters: {}, prepare: true },
  });
  // What has passed once counts until the lab begins anew.
  remember(short, { passed: {} }, terminal.note);
}
