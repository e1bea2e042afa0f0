import {
  DuplicateOrganizationalUnitException,
  OrganizationalUnitNotEmptyException,
} from '@aws-sdk/client-organizations';
import { refuse } from '../../refuse';
import { tagRecord } from '../../tags';
import { childrenOf, managed, parentIn, pathTo, readable, unitIn } from './find';
import { initialPolicies } from './full-access';
import { paged } from './listing';
import type { Node, Organization, OrganizationsCall, OrganizationsHandlers } from './state';
import { violation } from './errors';

const deepest = 5;

/** Organizational units. */
export const units = {
  CreateOrganizationalUnit({ ParentId: parentId, Name: name = '', Tags: tags }, call) {
    const organization = managed(call);
    const parent = parentIn(organization, parentId);
    refuseDuplicate(organization, parent.id, name);
    // The root itself is the first on the path.
    if (pathTo(organization, parent.id).length > deepest)
      throw violation('OU_DEPTH_LIMIT_EXCEEDED', 'You have exceeded the allowed depth of OUs.'); // text unverified
    const id = `ou-${organization.rootId.slice(2)}-${call.random.hex(8)}`;
    const unit: Node = {
      kind: 'ORGANIZATIONAL_UNIT',
      id,
      arn: call.arn(`ou/${organization.id}/${id}`),
      name,
      parent: parent.id,
      tags: tagRecord(tags),
      policies: initialPolicies(organization),
    };
    organization.nodes.set(id, unit);
    announce('CREATE', id, call);
    return { OrganizationalUnit: shapeOf(unit) };
  },

  DescribeOrganizationalUnit: ({ OrganizationalUnitId: id }, call) => ({
    OrganizationalUnit: shapeOf(unitIn(readable(call), id)),
  }),

  UpdateOrganizationalUnit({ OrganizationalUnitId: id, Name: name }, call) {
    const organization = managed(call);
    const unit = unitIn(organization, id);
    if (name !== undefined && name !== unit.name) {
      refuseDuplicate(organization, unit.parent, name);
      unit.name = name;
    }
    announce('UPDATE', unit.id, call);
    return { OrganizationalUnit: shapeOf(unit) };
  },

  DeleteOrganizationalUnit({ OrganizationalUnitId: id }, call) {
    const organization = managed(call);
    const unit = unitIn(organization, id);
    if (childrenOf(organization, unit.id).length > 0)
      throw refuse(
        OrganizationalUnitNotEmptyException,
        'The specified OU is not empty. Move all accounts to another root or to other OUs, remove all child OUs, and try the operation again.', // text unverified
      );
    organization.nodes.delete(unit.id);
    announce('DELETE', unit.id, call);
  },

  ListOrganizationalUnitsForParent({ ParentId: parentId, ...paging }, call) {
    const organization = readable(call);
    const below = childrenOf(organization, parentIn(organization, parentId).id);
    const { page, end } = paged(
      below.filter(({ kind }) => kind === 'ORGANIZATIONAL_UNIT'),
      paging,
    );
    return { OrganizationalUnits: page.map(shapeOf), ...end };
  },
} satisfies OrganizationsHandlers;

const announce = (
  kind: 'CREATE' | 'UPDATE' | 'DELETE',
  id: string,
  call: OrganizationsCall,
): void => call.announce({ kind, type: 'AWS::Organizations::OrganizationalUnit', id });

const shapeOf = ({ id, arn, name }: Node) => ({ Id: id, Arn: arn, Name: name });

function refuseDuplicate(organization: Organization, parentId = '', name: string): void {
  const same = childrenOf(organization, parentId).some(
    (node) => node.kind === 'ORGANIZATIONAL_UNIT' && node.name === name,
  );
  if (same)
    throw refuse(DuplicateOrganizationalUnitException, 'An OU with the same name already exists.');
}
