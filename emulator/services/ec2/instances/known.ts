import { awsError } from '../../../errors';
import { find, isWellFormed } from '../kinds';
import { all, type Ec2Call } from '../state';
import type { Instance } from './instance';

/** How long a terminated instance is still shown. */
const remembered = 3_600_000;

function isForgotten({ terminatedAt }: Instance, now: Date) {
  return terminatedAt !== undefined && now.getTime() - terminatedAt.getTime() >= remembered;
}

/** The instances that are shown: terminated ones for an hour more. */
export const knownInstances = (call: Ec2Call): Instance[] =>
  [...all(call, 'instance').values()].filter((each) => !isForgotten(each, call.now()));

/** Forgets what was terminated more than an hour ago. */
export function forgetTerminated(call: Ec2Call): void {
  const now = call.now();
  for (const instance of all(call, 'instance').values())
    if (isForgotten(instance, now)) {
      all(call, 'instance').delete(instance.id);
      call.state.tags.delete(instance.id);
    }
}

/** The instances of those ids; one error names all that do not exist. */
export function instancesBy(call: Ec2Call, ids: string[]): Instance[] {
  const known = new Map(knownInstances(call).map((each) => [each.id, each]));
  const unknown = ids.filter((id) => isWellFormed('instance', id) && !known.has(id));
  if (unknown.length === 0) return ids.map((id) => find(call, 'instance', id));
  throw awsError(
    'InvalidInstanceID.NotFound',
    unknown.length > 1
      ? `The instance IDs '${unknown.join(', ')}' do not exist`
      : `The instance ID '${unknown[0]}' does not exist`,
  );
}
