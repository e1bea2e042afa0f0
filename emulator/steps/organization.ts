import { openCall } from '../calls';
import type { Core } from '../core';
import { rootOf } from '../principal';
import type { Membership } from '../service';

/** Finds an account's place in an organization, quickly where there is none: each request asks. */
export const createMembership =
  (core: () => Core): Core['membershipOf'] =>
  (accountId, region) => {
    const { stores, services } = core();
    const [key] = stores.ofService('organizations');
    if (key === undefined) return undefined;
    const service = services.load('organizations');
    if (!service?.definition.membership) return undefined;
    const caller = { principal: rootOf(key.split('/')[0] ?? '') };
    const call = openCall(core(), { service, operation: 'GetMembership', region, caller });
    return service.definition.membership(accountId, call);
  };

/** Condition keys about an account's place, `aws:PrincipalOrgID` and `aws:PrincipalOrgPaths`. */
export const organizationKeys = (
  whose: 'Principal' | 'Resource' | 'Source',
  membership: Membership | undefined,
): Record<string, string | string[]> =>
  membership
    ? {
        [`aws:${whose}OrgID`]: membership.organizationId,
        [`aws:${whose}OrgPaths`]: [membership.path],
      }
    : {};
