import type { IAM } from '@aws-sdk/client-iam';
import type { Call } from '../../call';
import type { Handlers } from '../../service';

/** What users, groups and roles have in common: policies in both forms. */
export interface PolicyHolder {
  kind: 'role' | 'user' | 'group';
  name: string;
  id: string;
  path: string;
  createdAt: Date;
  /** Inline policies by name. */
  inline: Map<string, string>;
  /** ARNs of attached managed policies. */
  attached: Set<string>;
}

interface Principal extends PolicyHolder {
  tags: Record<string, string>;
  /** ARN of the managed policy that bounds it. */
  boundary?: string | undefined;
}

export interface Role extends Principal {
  kind: 'role';
  trustPolicy: string;
  description?: string | undefined;
  maxSessionDuration: number;
}

export interface AccessKey {
  id: string;
  secret: string;
  status: 'Active' | 'Inactive';
  createdAt: Date;
}

export interface User extends Principal {
  kind: 'user';
  accessKeys: AccessKey[];
}

export interface Group extends PolicyHolder {
  kind: 'group';
  members: Set<string>;
}

export interface PolicyVersion {
  id: string;
  document: string;
  createdAt: Date;
}

export interface ManagedPolicy {
  arn: string;
  name: string;
  id: string;
  path: string;
  description?: string | undefined;
  tags: Record<string, string>;
  createdAt: Date;
  updatedAt: Date;
  defaultVersion: string;
  /** Oldest first; numbers are never used again. */
  versions: PolicyVersion[];
  nextVersion: number;
}

export interface InstanceProfile {
  name: string;
  id: string;
  path: string;
  createdAt: Date;
  role?: string | undefined;
  tags: Record<string, string>;
}

/** Of one account, by name; managed policies by ARN. AWS's own policies are not kept here. */
export interface IamState {
  roles: Map<string, Role>;
  users: Map<string, User>;
  groups: Map<string, Group>;
  policies: Map<string, ManagedPolicy>;
  instanceProfiles: Map<string, InstanceProfile>;
  alias?: string | undefined;
  /** Finished deletions of service-linked roles, by task id. */
  deletions: Set<string>;
}

export const createState = (): IamState => ({
  roles: new Map(),
  users: new Map(),
  groups: new Map(),
  policies: new Map(),
  instanceProfiles: new Map(),
  deletions: new Set(),
});

export type IamHandlers = Handlers<IAM, IamState>;
export type IamCall = Call<IamState>;
