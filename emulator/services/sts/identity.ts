import type { IAM } from '@aws-sdk/client-iam';
import { InvalidAuthorizationMessageException } from '@aws-sdk/client-sts';
import { decodeFailure } from '../../authorisation';
import { awsError } from '../../errors';
import { type Principal, rootOf } from '../../principal';
import { refuse } from '../../refuse';
import { openSession } from './sessions';
import type { StsCall, StsHandlers } from './state';

/** Who one is. */
export const identity = {
  async GetCallerIdentity(_input, call) {
    const { accountId, arn } = call.principal;
    return { UserId: await userIdOf(call), Account: accountId, Arn: arn };
  },

  async GetSessionToken({ DurationSeconds: seconds = 43_200 }, call) {
    const { principal } = call;
    if (principal.type === 'role' || principal.type === 'service')
      throw awsError('AccessDenied', 'Cannot call GetSessionToken with session credentials', {
        status: 403,
      });
    if (seconds < 900 || seconds > 129_600)
      throw awsError(
        'ValidationError',
        `1 validation error detected: Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value ${seconds < 900 ? 'greater than or equal to 900' : 'less than or equal to 129600'}`,
      );
    const userId = await userIdOf(call);
    const session = { principal, userId, seconds, sessionPolicies: [], tags: {} };
    return { Credentials: openSession(call, session) };
  },

  async GetAccessKeyInfo({ AccessKeyId: id = '' }, call) {
    if (/^\d{12}$/.test(id)) return { Account: id };
    const places = call.states();
    const session = places.find(({ state }) => state.sessions.has(id));
    return { Account: session?.accountId ?? (await accountOfUserKey(id, call)) };
  },

  DecodeAuthorizationMessage({ EncodedMessage: encoded = '' }, { accountId }) {
    const message = decodeFailure(encoded, accountId);
    if (message === undefined)
      throw refuse(InvalidAuthorizationMessageException, 'Message is not valid'); // text unverified
    return { DecodedMessage: message };
  },
} satisfies StsHandlers;

async function userIdOf(call: StsCall): Promise<string> {
  const { principal, state } = call;
  if (principal.type === 'root') return principal.accountId;
  if (principal.type === 'service') return principal.service;
  const known = [...state.sessions.values()].findLast(
    (session) => session.principal.arn === principal.arn,
  );
  return known?.userId ?? idOf(principal, iamOf(principal.accountId, call));
}

async function idOf(principal: Issued, iam: IAM): Promise<string> {
  if (principal.type === 'user') {
    const { User: user } = await iam.getUser({ UserName: principal.userName });
    return user?.UserId ?? '';
  }
  const name = principal.roleArn.slice(principal.roleArn.lastIndexOf('/') + 1);
  const { Role: role } = await iam.getRole({ RoleName: name });
  return `${role?.RoleId}:${principal.sessionName}`;
}

/** Only what IAM made has an id of IAM's. */
type Issued = Extract<Principal, { type: 'user' | 'role' }>;

const iamOf = (accountId: string, call: StsCall): IAM =>
  call.client<IAM>('iam', { principal: rootOf(accountId) });

async function accountOfUserKey(id: string, call: StsCall): Promise<string> {
  for (const { accountId } of call.states()) {
    try {
      await iamOf(accountId, call).getAccessKeyLastUsed({ AccessKeyId: id });
      return accountId;
    } catch (error) {
      if (!(error instanceof Error && error.name === 'NoSuchEntityException')) throw error;
    }
  }
  throw awsError('ValidationError', `Invalid AccessKeyId: ${id}`);
}
