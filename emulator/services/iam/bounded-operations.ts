import type { IAM, Tag } from '@aws-sdk/client-iam';
import type { Properties, ProviderContext } from '../../cloudformation/provider';
import { tagsOf, text } from './resource-properties';

interface BoundedOperations {
  bound: (name: string, arn: string) => Promise<unknown>;
  unbound: (name: string) => Promise<unknown>;
  tag: (name: string, tags: Tag[]) => Promise<unknown>;
  untag: (name: string, keys: string[]) => Promise<unknown>;
}

/** Boundary and tags of a role. */
export const boundedRole = (iam: IAM): BoundedOperations => ({
  bound: (RoleName, PermissionsBoundary) =>
    iam.putRolePermissionsBoundary({ RoleName, PermissionsBoundary }),
  unbound: (RoleName) => iam.deleteRolePermissionsBoundary({ RoleName }),
  tag: (RoleName, Tags) => iam.tagRole({ RoleName, Tags }),
  untag: (RoleName, TagKeys) => iam.untagRole({ RoleName, TagKeys }),
});

/** Boundary and tags of a user. */
export const boundedUser = (iam: IAM): BoundedOperations => ({
  bound: (UserName, PermissionsBoundary) =>
    iam.putUserPermissionsBoundary({ UserName, PermissionsBoundary }),
  unbound: (UserName) => iam.deleteUserPermissionsBoundary({ UserName }),
  tag: (UserName, Tags) => iam.tagUser({ UserName, Tags }),
  untag: (UserName, TagKeys) => iam.untagUser({ UserName, TagKeys }),
});

interface Update {
  name: string;
  previous: Properties;
  properties: Properties;
}

/** Brings `PermissionsBoundary` and `Tags` from what they were to what they shall be. */
export async function applyBoundaryAndTags(
  operations: BoundedOperations,
  { name, previous, properties }: Update,
  context: ProviderContext,
): Promise<void> {
  const before = text(previous, 'PermissionsBoundary');
  const after = text(properties, 'PermissionsBoundary');
  if (after !== undefined) await operations.bound(name, after);
  else if (before !== undefined) await operations.unbound(name);
  const tags = tagsOf(properties, context);
  const kept = new Set(tags.map(({ Key: key }) => key));
  const gone = tagsOf(previous, context).flatMap(({ Key: key = '' }) => (kept.has(key) ? [] : key));
  if (gone.length > 0) await operations.untag(name, gone);
  if (tags.length > 0) await operations.tag(name, tags);
}
