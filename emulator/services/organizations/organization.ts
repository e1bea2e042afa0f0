import {
  AlreadyInOrganizationException,
  type Organization as Shape,
  OrganizationNotEmptyException,
} from '@aws-sdk/client-organizations';
import { refuse } from '../../refuse';
import { managed, organizationWith, ownOrganization, readable } from './find';
import { enableType } from './full-access';
import { paged } from './listing';
import type {
  Account,
  Node,
  Organization,
  OrganizationsCall,
  OrganizationsHandlers,
} from './state';

/** The organization as a whole. */
export const organization = {
  CreateOrganization({ FeatureSet: featureSet = 'ALL' }, call) {
    if (organizationWith(call.accountId, call))
      throw refuse(
        AlreadyInOrganizationException,
        'The provided account is already a member of an organization.',
      );
    const made = newOrganization(call, featureSet);
    // With all features, service control policies are on from the start.
    if (featureSet === 'ALL') enableType(made, 'SERVICE_CONTROL_POLICY');
    call.state.organization = made;
    call.announce({ kind: 'CREATE', type: 'AWS::Organizations::Organization', id: made.id });
    return { Organization: shapeOf(made) };
  },

  DescribeOrganization: (_input, call) => ({ Organization: shapeOf(ownOrganization(call)) }),

  DeleteOrganization(_input, call) {
    const { id, nodes } = managed(call);
    if (nodes.size > 2)
      throw refuse(
        OrganizationNotEmptyException,
        'To delete an organization you must first remove all member accounts (except the master).',
      );
    call.state.organization = undefined;
    call.announce({ kind: 'DELETE', type: 'AWS::Organizations::Organization', id });
  },

  ListRoots(input, call) {
    const { rootId, nodes, enabledTypes } = readable(call);
    const root = nodes.get(rootId);
    const { page, end } = paged(root ? [root] : [], input);
    return {
      Roots: page.map(({ id, arn, name }) => ({
        Id: id,
        Arn: arn,
        Name: name,
        PolicyTypes: [...enabledTypes].map((Type) => ({ Type, Status: 'ENABLED' as const })),
      })),
      ...end,
    };
  },
} satisfies OrganizationsHandlers;

function newOrganization(
  call: OrganizationsCall,
  featureSet: Organization['featureSet'],
): Organization {
  const id = `o-${call.random.hex(10)}`;
  const root = newRoot(id, call);
  const master = newMaster({ id, rootId: root.id }, call);
  return {
    id,
    masterAccountId: master.id,
    masterEmail: master.email,
    featureSet,
    rootId: root.id,
    enabledTypes: new Set(),
    nodes: new Map<string, Node | Account>([
      [root.id, root],
      [master.id, master],
    ]),
    policies: new Map(),
    services: new Map(),
    creations: new Map(),
  };
}

function newRoot(organizationId: string, call: OrganizationsCall): Node {
  const id = `r-${call.random.hex(4)}`;
  return {
    kind: 'ROOT',
    id,
    arn: call.arn(`root/${organizationId}/${id}`),
    name: 'Root',
    tags: {},
    policies: new Set(),
  };
}

const newMaster = (
  { id, rootId }: { id: string; rootId: string },
  call: OrganizationsCall,
): Account => ({
  kind: 'ACCOUNT',
  id: call.accountId,
  arn: call.arn(`account/${id}/${call.accountId}`),
  name: 'Management',
  parent: rootId,
  tags: {},
  policies: new Set(),
  email: `management+${call.accountId}@example.com`,
  state: 'ACTIVE',
  joinedMethod: 'INVITED',
  joinedAt: call.now(),
  delegated: new Map(),
});

/** AWS still tells of the one type that there was when the member was made. */
const shapeOf = ({ id, masterAccountId, masterEmail, featureSet }: Organization): Shape => ({
  Id: id,
  Arn: `arn:aws:organizations::${masterAccountId}:organization/${id}`,
  FeatureSet: featureSet,
  MasterAccountId: masterAccountId,
  MasterAccountArn: `arn:aws:organizations::${masterAccountId}:account/${id}/${masterAccountId}`,
  MasterAccountEmail: masterEmail,
  AvailablePolicyTypes:
    featureSet === 'ALL' ? [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }] : [],
});
