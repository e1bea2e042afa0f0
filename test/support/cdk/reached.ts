import type { Core } from '../../../emulator/core';
import type { Watcher } from '../../../emulator/watch';

/** The CloudFormation of a stack acts in the role that the front end has handed to it. */
const bootstrapRole = ':assumed-role/cdk-';

/**
 * Folders of the services that calls from outside, or of CloudFormation in a front end's role, have
 * driven since it was last asked: by a change, or by any call where no resource type is of the service.
 */
export function reachedIn({ services, watchers }: Core): () => string[] {
  const readOnly = services.cards
    .filter(({ cloudformation }) => cloudformation.length === 0)
    .map(({ name }) => name);
  const reached = new Set<string>();
  const watch: Watcher = (happening) => {
    if (happening.kind !== 'call' || happening.errorCode !== undefined) return;
    const { service, isRead, isInside, principal } = happening;
    const isItsOwn = !isInside || principal.includes(bootstrapRole);
    if (isItsOwn && (!isRead || readOnly.includes(service))) reached.add(service);
  };
  watchers.add(watch);
  return () => {
    const names = [...reached].toSorted();
    reached.clear();
    return names;
  };
}
