import {
  ChildNotFoundException,
  DestinationParentNotFoundException,
  DuplicateAccountException,
  SourceParentNotFoundException,
} from '@aws-sdk/client-organizations';
import { refuse } from '../../refuse';
import { announceAccount } from './announce';
import { invalidInput } from './errors';
import { accountIn, childrenOf, isAccount, managed, parentIn, readable } from './find';
import { paged } from './listing';
import type { OrganizationsHandlers } from './state';

/** Where accounts and units hang in the tree. */
export const placement = {
  MoveAccount({ AccountId: id, SourceParentId: from = '', DestinationParentId: to = '' }, call) {
    const organization = managed(call);
    const account = accountIn(organization, id);
    const source = organization.nodes.get(from);
    if (!source || source.id !== account.parent)
      throw refuse(
        SourceParentNotFoundException,
        "You specified a source parent that doesn't exist.",
      ); // text unverified
    const destination = organization.nodes.get(to);
    if (!destination || isAccount(destination))
      throw refuse(
        DestinationParentNotFoundException,
        "You specified a destination parent that doesn't exist.", // text unverified
      );
    if (destination.id === source.id)
      throw refuse(
        DuplicateAccountException,
        'That account is already present in the specified destination.',
      );
    account.parent = destination.id;
    announceAccount('UPDATE', account.id, call);
  },

  ListParents({ ChildId: id = '', ...paging }, call) {
    const organization = readable(call);
    const child = organization.nodes.get(id);
    if (!child || child.kind === 'ROOT')
      throw refuse(ChildNotFoundException, "You specified a child that doesn't exist."); // text unverified
    const parent = parentIn(organization, child.parent);
    const { page, end } = paged([parent], paging);
    return {
      Parents: page.map((node) => ({
        Id: node.id,
        Type: node.kind === 'ROOT' ? ('ROOT' as const) : ('ORGANIZATIONAL_UNIT' as const),
      })),
      ...end,
    };
  },

  ListChildren({ ParentId: parentId, ChildType: type, ...paging }, call) {
    const organization = readable(call);
    if (type !== 'ACCOUNT' && type !== 'ORGANIZATIONAL_UNIT')
      throw invalidInput('INVALID_ENUM', 'You specified an invalid value.');
    const below = childrenOf(organization, parentIn(organization, parentId).id);
    const { page, end } = paged(
      below.filter(({ kind }) => kind === type),
      paging,
    );
    return { Children: page.map(({ id }) => ({ Id: id, Type: type })), ...end };
  },
} satisfies OrganizationsHandlers;
