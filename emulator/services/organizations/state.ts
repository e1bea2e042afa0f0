import type {
  AccountJoinedMethod,
  AccountState,
  CreateAccountStatus,
  OrganizationFeatureSet,
  Organizations,
  PolicyType,
} from '@aws-sdk/client-organizations';
import type { Call } from '../../call';
import type { Handlers } from '../../service';

/** Whatever hangs in the tree: the root, a unit, an account. */
export interface Node {
  kind: 'ROOT' | 'ORGANIZATIONAL_UNIT' | 'ACCOUNT';
  id: string;
  arn: string;
  name: string;
  /** Of all but the root. */
  parent?: string | undefined;
  tags: Record<string, string>;
  /** Ids of attached policies, in order. */
  policies: Set<string>;
}

export interface Account extends Node {
  kind: 'ACCOUNT';
  email: string;
  state: AccountState;
  joinedMethod: AccountJoinedMethod;
  joinedAt: Date;
  /** Services for which it stands in, and since when. */
  delegated: Map<string, Date>;
}

export interface Policy {
  id: string;
  arn: string;
  name: string;
  description: string;
  type: PolicyType;
  content: string;
  awsManaged: boolean;
  tags: Record<string, string>;
}

export interface Organization {
  id: string;
  masterAccountId: string;
  masterEmail: string;
  featureSet: OrganizationFeatureSet;
  rootId: string;
  enabledTypes: Set<PolicyType>;
  /** By id: `r-…`, `ou-…`, account ids. */
  nodes: Map<string, Node | Account>;
  policies: Map<string, Policy>;
  /** Service principals with trusted access, and since when. */
  services: Map<string, Date>;
  creations: Map<
    string,
    CreateAccountStatus & { email: string; roleName: string; tags: Record<string, string> }
  >;
}

/** Kept by the management account alone. */
export interface OrganizationsState {
  organization?: Organization | undefined;
}

export const createState = (): OrganizationsState => ({});

export type OrganizationsHandlers = Handlers<Organizations, OrganizationsState>;
export type OrganizationsCall = Call<OrganizationsState>;
