import { notFound } from './errors';
import { managedKey } from './managed-keys';
import type { Key, KmsCall } from './state';

/** What a KeyId names: a key or an alias, in some account and Region. */
interface Named {
  accountId: string;
  region: string;
  name: string;
}

/** A key by id, ARN, alias name or alias ARN. */
export function findKey(id: string | undefined, call: KmsCall): Key {
  const { accountId, region, name } = named(id, call);
  if (region !== call.region) throw notFound(`Invalid arn ${region}`);
  const arn = `arn:aws:kms:${region}:${accountId}:${name}`;
  const key = keyAt({ accountId, region, name }, call);
  if (key) return key;
  if (name.startsWith('alias/')) throw notFound(`Alias ${arn} is not found.`);
  throw notFound(
    /^key\/([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/.test(name)
      ? `Key '${arn}' does not exist`
      : `Invalid keyId '${id ?? ''}'`,
  );
}

/** The same, or nothing where there is no such key. */
export function lookUpKey(id: string | undefined, call: KmsCall): Key | undefined {
  const place = named(id, call);
  return place.region === call.region ? keyAt(place, call) : undefined;
}

/** A key by ARN or id only, as operations that manage keys want it. */
export function findKeyById(id: string | undefined, call: KmsCall): Key {
  if (/(^|:)alias\//.test(id ?? '')) throw notFound(`Invalid keyId '${id}'`);
  return findKey(id, call);
}

function named(id = '', { accountId, region }: KmsCall): Named {
  const [, ownRegion = region, owner = accountId, resource] =
    /^arn:aws[\w-]*:kms:([^:]+):(\d{12}):(.+)$/.exec(id) ?? [];
  if (resource !== undefined) return { accountId: owner, region: ownRegion, name: resource };
  return { accountId, region, name: id.startsWith('alias/') ? id : `key/${id}` };
}

function keyAt({ accountId, region, name }: Named, call: KmsCall): Key | undefined {
  const state = accountId === call.accountId ? call.state : call.stateOf(accountId, region);
  if (!name.startsWith('alias/')) return state.keys.get(name.replace(/^key\//, ''));
  const alias = state.aliases.get(name);
  if (alias) return state.keys.get(alias.keyId);
  return accountId === call.accountId ? managedKey(name, call) : undefined;
}
