import type { IAM } from '@aws-sdk/client-iam';
import {
  type CreateAccountRequest,
  type CreateAccountStatus,
  CreateAccountStatusNotFoundException,
} from '@aws-sdk/client-organizations';
import { rootOf } from '../../principal';
import { refuse } from '../../refuse';
import { tagRecord } from '../../tags';
import { announceAccount } from './announce';
import { invalidInput } from './errors';
import { isAccount, managed, readable } from './find';
import { initialPolicies } from './full-access';
import { paged } from './listing';
import type { Account, Organization, OrganizationsCall, OrganizationsHandlers } from './state';

/** New accounts: asked for now, there once the answer has been given. */
export const creation = {
  CreateAccount(input, call) {
    const organization = managed(call);
    checkEmail(input.Email);
    const id = `car-${call.random.hex(32)}`;
    const status = {
      Id: id,
      AccountName: input.AccountName,
      State: 'IN_PROGRESS' as const,
      RequestedTimestamp: call.now(),
      email: input.Email ?? '',
      roleName: input.RoleName ?? 'OrganizationAccountAccessRole',
      tags: tagRecord(input.Tags),
    };
    organization.creations.set(id, status);
    const answer = { CreateAccountStatus: shapeOf(status) };
    call.background(() => finish({ organization, status }, call));
    return answer;
  },

  DescribeCreateAccountStatus({ CreateAccountRequestId: id = '' }, call) {
    const status = readable(call).creations.get(id);
    if (!status)
      throw refuse(
        CreateAccountStatusNotFoundException,
        "You specified a create account request ID that doesn't exist.", // text unverified
      );
    return { CreateAccountStatus: shapeOf(status) };
  },

  ListCreateAccountStatus({ States: states, ...paging }, call) {
    const wanted = [...readable(call).creations.values()].filter(
      ({ State: state }) => states === undefined || states.some((each) => each === state),
    );
    const { page, end } = paged(wanted, paging);
    return { CreateAccountStatuses: page.map(shapeOf), ...end };
  },
} satisfies OrganizationsHandlers;

type Creation = Organization['creations'] extends Map<string, infer C> ? C : never;

const shapeOf = ({
  email: _email,
  roleName: _role,
  tags: _tags,
  ...status
}: Creation): CreateAccountStatus => status;

function checkEmail(email: CreateAccountRequest['Email'] = ''): void {
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
    throw invalidInput('INVALID_PATTERN', 'The email address is not valid.'); // text unverified
}

interface Wanted {
  organization: Organization;
  status: Creation;
}

async function finish({ organization, status }: Wanted, call: OrganizationsCall): Promise<void> {
  const failure = await failureOf({ organization, status }, call);
  status.CompletedTimestamp = call.now();
  status.State = failure === undefined ? 'SUCCEEDED' : 'FAILED';
  status.FailureReason = failure;
  call.touch();
}

/** Makes the account, with the role by which the management account may enter it. */
async function failureOf(
  { organization, status }: Wanted,
  call: OrganizationsCall,
): Promise<CreateAccountStatus['FailureReason']> {
  const isTaken = [...organization.nodes.values()].some(
    (node) => isAccount(node) && node.email === status.email,
  );
  if (isTaken) return 'EMAIL_ALREADY_EXISTS';
  const account = newAccount(organization, status, call);
  try {
    await makeEntrance(account.id, status.roleName, call);
  } catch (error) {
    if (error instanceof Error) return 'INTERNAL_FAILURE';
    throw error;
  }
  organization.nodes.set(account.id, account);
  status.AccountId = account.id;
  announceAccount('CREATE', account.id, call);
  return undefined;
}

function newAccount(
  organization: Organization,
  { AccountName: name = '', email, tags }: Creation,
  call: OrganizationsCall,
): Account {
  const id = BigInt(`0x${call.random.hex(14)}`)
    .toString()
    .padStart(12, '1')
    .slice(-12);
  return {
    kind: 'ACCOUNT',
    id,
    arn: call.arn(`account/${organization.id}/${id}`),
    name,
    parent: organization.rootId,
    tags,
    policies: initialPolicies(organization),
    email,
    state: 'ACTIVE',
    joinedMethod: 'CREATED',
    joinedAt: call.now(),
    delegated: new Map(),
  };
}

/** Made before the account is in the organization, whose policies could forbid it. */
async function makeEntrance(
  accountId: string,
  RoleName: string,
  call: OrganizationsCall,
): Promise<void> {
  const iam = call.client<IAM>('iam', { principal: rootOf(accountId) });
  const trust = {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${call.accountId}:root` },
    Action: 'sts:AssumeRole',
  };
  await iam.createRole({
    RoleName,
    AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
  });
  await iam.attachRolePolicy({
    RoleName,
    PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
  });
}
