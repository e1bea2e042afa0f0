import {
  AccountNotFoundException,
  OrganizationalUnitNotFoundException,
  ParentNotFoundException,
  PolicyNotFoundException,
  TargetNotFoundException,
} from '@aws-sdk/client-organizations';
import { refuse } from '../../refuse';
import { notAllowed, notInUse } from './errors';
import type { Account, Node, Organization, OrganizationsCall, Policy } from './state';

/** The organization that an account is in, wherever its management account is. */
export function organizationWith(
  accountId: string,
  call: OrganizationsCall,
): Organization | undefined {
  for (const { state } of call.states()) {
    const { organization } = state as OrganizationsCall['state'];
    if (organization?.nodes.has(accountId)) return organization;
  }
  return undefined;
}

/** The caller's organization. */
export function ownOrganization(call: OrganizationsCall): Organization {
  const found = organizationWith(call.accountId, call);
  if (!found) throw notInUse();
  return found;
}

/** The same, for its management account only. */
export function managed(call: OrganizationsCall): Organization {
  const organization = ownOrganization(call);
  if (organization.masterAccountId !== call.accountId) throw notAllowed();
  return organization;
}

/** The same, for whoever may read it: the management account and delegated administrators. */
export function readable(call: OrganizationsCall): Organization {
  const organization = ownOrganization(call);
  const own = organization.nodes.get(call.accountId);
  const isDelegate = own !== undefined && isAccount(own) && own.delegated.size > 0;
  if (organization.masterAccountId !== call.accountId && !isDelegate) throw notAllowed();
  return organization;
}

export const isAccount = (node: Node): node is Account => node.kind === 'ACCOUNT';

export function accountIn({ nodes }: Organization, id = ''): Account {
  const node = nodes.get(id);
  if (!node || !isAccount(node))
    throw refuse(AccountNotFoundException, "You specified an account that doesn't exist.");
  return node;
}

export function unitIn({ nodes }: Organization, id = ''): Node {
  const node = nodes.get(id);
  if (node?.kind !== 'ORGANIZATIONAL_UNIT')
    throw refuse(
      OrganizationalUnitNotFoundException,
      "You specified an organizational unit that doesn't exist.",
    );
  return node;
}

/** A root or a unit. */
export function parentIn({ nodes }: Organization, id = ''): Node {
  const node = nodes.get(id);
  if (!node || isAccount(node))
    throw refuse(ParentNotFoundException, "You specified parent that doesn't exist.");
  return node;
}

/** Whatever a policy can be attached to. */
export function targetIn({ nodes }: Organization, id = ''): Node {
  const node = nodes.get(id);
  if (!node) throw refuse(TargetNotFoundException, "You specified a target that doesn't exist.");
  return node;
}

export function policyIn({ policies }: Organization, id = ''): Policy {
  const policy = policies.get(id);
  if (!policy) throw refuse(PolicyNotFoundException, "You specified a policy that doesn't exist.");
  return policy;
}

/** The same for what changes it or attaches it, which AWS refuses in other words. */
export function changedPolicyIn({ policies }: Organization, id = ''): Policy {
  const policy = policies.get(id);
  if (!policy)
    throw refuse(
      PolicyNotFoundException,
      "We can't find a policy with the PolicyId that you specified.",
    );
  return policy;
}

/** The root and every unit down to the node itself. */
export function pathTo({ nodes }: Organization, id: string): Node[] {
  const node = nodes.get(id);
  if (!node) return [];
  return node.parent === undefined
    ? [node]
    : [...pathTo({ nodes } as Organization, node.parent), node];
}

/** What hangs directly below a node. */
export const childrenOf = ({ nodes }: Organization, id: string): (Node | Account)[] =>
  [...nodes.values()].filter(({ parent }) => parent === id);
