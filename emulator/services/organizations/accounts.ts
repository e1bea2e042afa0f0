import {
  AccountAlreadyClosedException,
  type Account as Shape,
  type AccountStatus,
  MasterCannotLeaveOrganizationException,
} from '@aws-sdk/client-organizations';
import { refuse } from '../../refuse';
import { announceAccount } from './announce';
import { violation } from './errors';
import {
  accountIn,
  childrenOf,
  isAccount,
  managed,
  ownOrganization,
  parentIn,
  pathTo,
  readable,
} from './find';
import { paged } from './listing';
import type { Account, Organization, OrganizationsCall, OrganizationsHandlers } from './state';

/** Accounts of the organization. */
export const accounts = {
  DescribeAccount({ AccountId: id }, call) {
    const organization = readable(call);
    return { Account: shapeOf(accountIn(organization, id), organization) };
  },

  ListAccounts(input, call) {
    const organization = readable(call);
    const { page, end } = paged([...organization.nodes.values()].filter(isAccount), input);
    return { Accounts: page.map((account) => shapeOf(account, organization)), ...end };
  },

  ListAccountsForParent({ ParentId: parentId, ...paging }, call) {
    const organization = readable(call);
    const below = childrenOf(organization, parentIn(organization, parentId).id);
    const { page, end } = paged(below.filter(isAccount), paging);
    return { Accounts: page.map((account) => shapeOf(account, organization)), ...end };
  },

  CloseAccount({ AccountId: id }, call) {
    const organization = managed(call);
    const account = accountIn(organization, id);
    refuseMaster(account, organization);
    if (account.state === 'SUSPENDED')
      throw refuse(AccountAlreadyClosedException, 'The provided account is already closed.');
    account.state = 'SUSPENDED';
    announceAccount('UPDATE', account.id, call);
  },

  RemoveAccountFromOrganization({ AccountId: id }, call) {
    const organization = managed(call);
    const account = accountIn(organization, id);
    if (account.id === organization.masterAccountId) throw masterCannotLeave();
    leave(account, organization, call);
  },

  LeaveOrganization(_input, call) {
    const organization = ownOrganization(call);
    if (call.accountId === organization.masterAccountId) throw masterCannotLeave();
    leave(accountIn(organization, call.accountId), organization, call);
  },
} satisfies OrganizationsHandlers;

function leave(account: Account, organization: Organization, call: OrganizationsCall): void {
  if (account.delegated.size > 0)
    throw violation(
      'CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG',
      'You cannot remove an account that is a delegated administrator.', // text unverified
    );
  organization.nodes.delete(account.id);
  announceAccount('DELETE', account.id, call);
}

const masterCannotLeave = () =>
  refuse(
    MasterCannotLeaveOrganizationException,
    "You can't remove a management account from an organization.", // text unverified
  );

function refuseMaster({ id }: Account, { masterAccountId }: Organization): void {
  if (id === masterAccountId)
    throw violation('CANNOT_CLOSE_MANAGEMENT_ACCOUNT', 'You cannot close the management account.'); // text unverified
}

/** An account as AWS tells of it, with its place in the tree. */
export function shapeOf(account: Account, organization: Organization): Shape {
  const path = pathTo(organization, account.id).map(({ id }) => id);
  return {
    Id: account.id,
    Arn: account.arn,
    Email: account.email,
    Name: account.name,
    Status: account.state as AccountStatus,
    State: account.state,
    Paths: [`${[organization.id, ...path].join('/')}/`],
    JoinedMethod: account.joinedMethod,
    JoinedTimestamp: account.joinedAt,
  };
}
