import type { PolicyType } from '@aws-sdk/client-organizations';
import type { Membership } from '../../service';
import { policiesOf } from './attachments';
import { organizationWith, pathTo } from './find';
import type { Organization, OrganizationsCall } from './state';

/** What an account's organization says of it; the management account is beyond its policies. */
export function membership(accountId: string, call: OrganizationsCall): Membership | undefined {
  const organization = organizationWith(accountId, call);
  if (!organization) return undefined;
  const above = pathTo(organization, accountId).slice(0, -1);
  const place = {
    organizationId: organization.id,
    path: `${[organization.id, ...above.map(({ id }) => id)].join('/')}/`,
  };
  if (accountId === organization.masterAccountId) return place;
  return {
    ...place,
    serviceControls: levels('SERVICE_CONTROL_POLICY', accountId, organization),
    resourceControls: levels('RESOURCE_CONTROL_POLICY', accountId, organization),
  };
}

/** Documents from the root down to the account; nothing while the type is not enabled. */
function levels(
  type: PolicyType,
  accountId: string,
  organization: Organization,
): string[][] | undefined {
  if (!organization.enabledTypes.has(type)) return undefined;
  return pathTo(organization, accountId).map((node) =>
    policiesOf(node, organization)
      .filter((policy) => policy.type === type)
      .map(({ content }) => content),
  );
}
