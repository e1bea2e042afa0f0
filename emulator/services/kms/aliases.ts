import { AlreadyExistsException, InvalidAliasNameException } from '@aws-sdk/client-kms';
import { awsError } from '../../errors';
import { refuse } from '../../refuse';
import { checkPresent, constraint, invalid, notFound } from './errors';
import { findKeyById } from './find-key';
import { listed } from './listing';
import { managedAliases } from './managed-keys';
import type { Alias, Key, KmsCall, KmsHandlers } from './state';

/** Names that stand for keys and can be moved from one to another. */
export const aliases = {
  CreateAlias({ AliasName: name = '', TargetKeyId: target }, call) {
    checkName(name);
    const key = targetOf(target, call);
    if (call.state.aliases.has(name))
      throw refuse(
        AlreadyExistsException,
        `An alias with the name ${call.arn(name)} already exists`,
      );
    const now = call.now();
    call.state.aliases.set(name, { name, keyId: key.id, createdAt: now, updatedAt: now });
    announce('CREATE', name, call);
  },

  UpdateAlias({ AliasName: name = '', TargetKeyId: target }, call) {
    const alias = findAlias(name, call);
    const key = targetOf(target, call);
    const before = call.state.keys.get(alias.keyId);
    if (before && (before.usage !== key.usage || kindOf(before.spec) !== kindOf(key.spec)))
      // Text unverified.
      throw awsError(
        'ValidationException',
        'The alias can only be associated with a key of the same type and key usage.',
      );
    alias.keyId = key.id;
    alias.updatedAt = call.now();
    announce('UPDATE', name, call);
  },

  DeleteAlias({ AliasName: name = '' }, call) {
    findAlias(name, call);
    call.state.aliases.delete(name);
    announce('DELETE', name, call);
  },

  ListAliases({ KeyId: id, ...paging }, call) {
    const key = id === undefined ? undefined : findKeyById(id, call);
    const known = [...call.state.aliases.values()].filter(
      ({ keyId }) => key === undefined || keyId === key.id,
    );
    // AWS reserves these names before there is a key.
    const reserved = managedAliases.filter(
      (name) => key === undefined && !call.state.aliases.has(name),
    );
    const all = [
      ...known.map((alias) => entryOf(alias, call)),
      ...reserved.map((name) => ({ AliasName: name, AliasArn: call.arn(name) })),
    ];
    const { page, end } = listed(all, paging);
    return { Aliases: page, ...end };
  },
} satisfies KmsHandlers;

const kindOf = (spec: string): string => spec.split('_')[0] ?? spec;

const announce = (kind: 'CREATE' | 'UPDATE' | 'DELETE', id: string, call: KmsCall): void =>
  call.announce({ kind, type: 'AWS::KMS::Alias', id });

const entryOf = ({ name, keyId, createdAt, updatedAt }: Alias, call: KmsCall) => ({
  AliasName: name,
  AliasArn: call.arn(name),
  TargetKeyId: keyId,
  CreationDate: createdAt,
  LastUpdatedDate: updatedAt,
});

function checkName(name: string): void {
  if (name.length > 256)
    throw constraint(name, 'aliasName', 'have length less than or equal to 256');
  if (!/^[\w:/-]+$/.test(name))
    throw constraint(name, 'aliasName', 'satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$');
  if (!name.startsWith('alias/'))
    throw invalid(
      'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    );
  if (name === 'alias/') throw refuse(InvalidAliasNameException, 'Invalid identifier'); // text unverified
  if (name.includes(':')) throw invalid(`${name} contains invalid characters for an alias`);
  if (name.startsWith('alias/aws/')) throw awsError('NotAuthorizedException', '');
}

function targetOf(id: string | undefined, call: KmsCall): Key {
  if (/(^|:)alias\//.test(id ?? '')) throw invalid('Aliases must refer to keys. Not aliases');
  return checkPresent(findKeyById(id, call));
}

function findAlias(name: string, call: KmsCall): Alias {
  checkName(name);
  const alias = call.state.aliases.get(name);
  if (!alias) throw notFound(`Alias ${call.arn(name)} is not found.`);
  return alias;
}
