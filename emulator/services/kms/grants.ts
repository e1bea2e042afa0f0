import {
  type CreateGrantRequest,
  type GrantListEntry,
  InvalidGrantTokenException,
} from '@aws-sdk/client-kms';
import { refuse } from '../../refuse';
import { checkEnabled, checkPresent, endDryRun, invalid, notFound } from './errors';
import { findKeyById } from './find-key';
import { listed } from './listing';
import type { Grant, Key, KmsCall, KmsHandlers, Party } from './state';

/** Permissions on one key that last until they are retired or revoked. */
export const grants = {
  CreateGrant(input, call) {
    const key = checkEnabled(findKeyById(input.KeyId, call));
    const grant = newGrant(input, call);
    const same = [...key.grants.values()].find(
      (known) => input.Name !== undefined && isSame(known, grant),
    );
    endDryRun(input);
    if (same) return { GrantId: same.id, GrantToken: same.token };
    key.grants.set(grant.id, grant);
    return { GrantId: grant.id, GrantToken: grant.token };
  },

  ListGrants(input, call) {
    const key = findKeyById(input.KeyId, call);
    const wanted = [...key.grants.values()].filter(
      ({ id, grantee }) =>
        (input.GrantId === undefined || id === input.GrantId) &&
        isNamed(grantee, input.GranteePrincipal ?? input.GranteeServicePrincipal),
    );
    const { page, end } = listed(wanted, input);
    return { Grants: page.map((grant) => entryOf(grant, key)), ...end };
  },

  ListRetirableGrants({ RetiringPrincipal: principal, ...paging }, { state }) {
    const wanted = [...state.keys.values()].flatMap((key) =>
      [...key.grants.values()]
        .filter(({ retiring }) => retiring !== undefined && isNamed(retiring, principal))
        .map((grant) => entryOf(grant, key)),
    );
    const { page, end } = listed(wanted, paging);
    return { Grants: page, ...end };
  },

  RevokeGrant(input, call) {
    const key = checkPresent(findKeyById(input.KeyId, call));
    const grant = grantIn(key, input.GrantId);
    endDryRun(input);
    key.grants.delete(grant.id);
  },

  RetireGrant(input, call) {
    const { key, grant } = retired(input, call);
    endDryRun(input);
    checkPresent(key).grants.delete(grant.id);
  },
} satisfies KmsHandlers;

interface Retirement {
  GrantToken?: string | undefined;
  KeyId?: string | undefined;
  GrantId?: string | undefined;
}

/** The grant that a RetireGrant is about, by its token or by key and id. */
export function retired({ GrantToken: token, ...input }: Retirement, call: KmsCall) {
  if (token === undefined) {
    const key = findKeyById(input.KeyId, call);
    return { key, grant: grantIn(key, input.GrantId) };
  }
  for (const key of call
    .states()
    .flatMap(({ state }) => [...(state as KmsCall['state']).keys.values()])) {
    const grant = [...key.grants.values()].find((each) => each.token === token);
    if (grant) return { key, grant };
  }
  throw refuse(InvalidGrantTokenException, 'Grant token is not valid.'); // text unverified
}

function grantIn(key: Key, id: string | undefined): Grant {
  const grant = key.grants.get(id ?? '');
  if (!grant) throw notFound(`Grant ID ${id} not found`);
  return grant;
}

function newGrant(input: CreateGrantRequest, call: KmsCall): Grant {
  const grantee = partyOf(input.GranteePrincipal, input.GranteeServicePrincipal);
  if (!grantee) throw invalid('GranteePrincipal is required.'); // text unverified
  return {
    id: call.random.hex(64),
    token: Buffer.from(call.random.hex(96)).toString('base64'),
    name: input.Name,
    createdAt: call.now(),
    grantee,
    retiring: partyOf(input.RetiringPrincipal, input.RetiringServicePrincipal),
    issuingAccount: `arn:aws:iam::${call.accountId}:root`,
    operations: input.Operations ?? [],
    constraints: input.Constraints,
  };
}

const partyOf = (arn: string | undefined, service: string | undefined): Party | undefined =>
  arn !== undefined
    ? { type: 'AWS', principal: arn }
    : service === undefined
      ? undefined
      : { type: 'Service', principal: service };

const isNamed = ({ principal }: Party, wanted: string | undefined): boolean =>
  wanted === undefined || principal === wanted;

const comparable = ({ name, grantee, retiring, operations, constraints }: Grant): string =>
  JSON.stringify([name, grantee, retiring, operations, constraints]);

const isSame = (left: Grant, right: Grant): boolean => comparable(left) === comparable(right);

const member = (role: 'Grantee' | 'Retiring', party: Party | undefined) =>
  party ? { [`${role}${party.type === 'AWS' ? '' : 'Service'}Principal`]: party.principal } : {};

const entryOf = (grant: Grant, { arn }: Key): GrantListEntry => ({
  KeyId: arn,
  GrantId: grant.id,
  Name: grant.name,
  CreationDate: grant.createdAt,
  ...member('Grantee', grant.grantee),
  ...member('Retiring', grant.retiring),
  IssuingAccount: grant.issuingAccount,
  Operations: grant.operations,
  ...(grant.constraints ? { Constraints: grant.constraints } : {}),
});
