import {
  EntityAlreadyExistsException,
  NoSuchEntityException,
  UnmodifiableEntityException,
} from '@aws-sdk/client-iam';
import { refuse } from '../../refuse';
import type { Group, IamCall, IamState, InstanceProfile, PolicyHolder, Role, User } from './state';

export const roleNamed = (state: IamState, name = ''): Role => {
  const role = state.roles.get(name);
  if (!role) throw noSuch('role', name);
  return role;
};

export const userNamed = (state: IamState, name = ''): User => {
  const user = state.users.get(name);
  if (!user) throw noSuch('user', name);
  return user;
};

export const groupNamed = (state: IamState, name = ''): Group => {
  const group = state.groups.get(name);
  if (!group) throw noSuch('group', name);
  return group;
};

export const profileNamed = (state: IamState, name = ''): InstanceProfile => {
  const profile = state.instanceProfiles.get(name);
  if (!profile) throw refuse(NoSuchEntityException, `Instance Profile ${name} cannot be found.`);
  return profile;
};

const noSuch = (noun: string, name: string) =>
  refuse(NoSuchEntityException, `The ${noun} with name ${name} cannot be found.`);

/** Names are unique without regard to letter case. */
export function refuseTaken(names: Iterable<string>, name: string, text: string): void {
  for (const taken of names)
    if (taken.toLowerCase() === name.toLowerCase())
      throw refuse(EntityAlreadyExistsException, text);
}

/** A service-linked role is changed by its service only. */
export function refuseProtected({ path, name }: PolicyHolder): void {
  if (path.startsWith('/aws-service-role/'))
    throw refuse(
      UnmodifiableEntityException,
      `Cannot perform the operation on the protected role '${name}' - this role is only modifiable by AWS`,
    );
}

/** `arn:aws:iam::<account>:role/path/name` */
export const arnIn = (
  accountId: string,
  kind: PolicyHolder['kind'] | 'policy' | 'instance-profile',
  { path, name }: { path: string; name: string },
): string => `arn:aws:iam::${accountId}:${kind}${path}${name}`;

/** Last part of an IAM ARN or path, the name. */
export const nameIn = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

const types = { role: 'AWS::IAM::Role', user: 'AWS::IAM::User', group: 'AWS::IAM::Group' };

/** Tells the feed that a role, user or group changed. */
export const announceChange = (
  call: IamCall,
  { kind, name }: PolicyHolder,
  change: 'CREATE' | 'UPDATE' | 'DELETE' = 'UPDATE',
): void => call.announce({ kind: change, type: types[kind], id: name });
