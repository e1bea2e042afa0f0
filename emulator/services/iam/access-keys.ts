import { LimitExceededException, NoSuchEntityException } from '@aws-sdk/client-iam';
import { awsError } from '../../errors';
import { refuse } from '../../refuse';
import type { Caller } from '../../principal';
import { arnIn } from './entities';
import { listed } from './listing';
import type { AccessKey, IamCall, IamHandlers, IamState, User } from './state';
import { namedOrCaller } from './users';

const quota = 2;

/** Access keys of users: they can be used, also against the emulator itself. */
export const accessKeys = {
  CreateAccessKey({ UserName: name }, call) {
    const user = namedOrCaller(call, name);
    if (user.accessKeys.length >= quota)
      throw refuse(LimitExceededException, `Cannot exceed quota for AccessKeysPerUser: ${quota}`);
    const key: AccessKey = {
      id: `AKIA${call.random.upper(16)}`,
      secret: call.random.hex(40),
      status: 'Active',
      createdAt: call.now(),
    };
    user.accessKeys.push(key);
    return { AccessKey: { ...metadata(user, key), SecretAccessKey: key.secret } };
  },

  ListAccessKeys(input, call) {
    const user = namedOrCaller(call, input.UserName);
    const { page, end } = listed(user.accessKeys, input);
    return { AccessKeyMetadata: page.map((key) => metadata(user, key)), ...end };
  },

  UpdateAccessKey({ UserName: name, AccessKeyId: id, Status: status }, call) {
    const key = keyOf(namedOrCaller(call, name), id);
    if (status !== 'Active' && status !== 'Inactive')
      throw awsError(
        'ValidationError',
        `1 validation error detected: Value '${status}' at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Active, Inactive]`,
      );
    key.status = status;
  },

  DeleteAccessKey({ UserName: name, AccessKeyId: id }, call) {
    const user = namedOrCaller(call, name);
    const gone = keyOf(user, id);
    user.accessKeys = user.accessKeys.filter((key) => key !== gone);
  },

  GetAccessKeyLastUsed({ AccessKeyId: id = '' }, { state }) {
    const user = ownerOf(state, id);
    if (!user) throw unknownKey(id);
    return {
      UserName: user.name,
      AccessKeyLastUsed: { LastUsedDate: undefined, ServiceName: 'N/A', Region: 'N/A' },
    };
  },
} satisfies IamHandlers;

/** Whose key this is; one that was made inactive is refused. */
export function principalOf(accessKeyId: string, call: IamCall): Caller | undefined {
  const user = ownerOf(call.state, accessKeyId);
  if (!user) return undefined;
  if (keyOf(user, accessKeyId).status !== 'Active')
    throw awsError(
      'InvalidClientTokenId',
      'The security token included in the request is invalid.',
      { status: 403 },
    );
  const { accountId } = call;
  const arn = arnIn(accountId, 'user', user);
  return { principal: { type: 'user', accountId, arn, userName: user.name } };
}

const ownerOf = (state: IamState, accessKeyId: string): User | undefined =>
  [...state.users.values()].find((user) => user.accessKeys.some(({ id }) => id === accessKeyId));

function keyOf({ accessKeys: keys }: User, id = ''): AccessKey {
  const key = keys.find((candidate) => candidate.id === id);
  if (!key) throw unknownKey(id);
  return key;
}

const unknownKey = (id: string) =>
  refuse(NoSuchEntityException, `The Access Key with id ${id} cannot be found.`);

const metadata = ({ name }: User, { id, status, createdAt }: AccessKey) => ({
  UserName: name,
  AccessKeyId: id,
  Status: status,
  CreateDate: createdAt,
});
