import {
  AccountAlreadyRegisteredException,
  AccountNotRegisteredException,
} from '@aws-sdk/client-organizations';
import { refuse } from '../../refuse';
import { shapeOf } from './accounts';
import { invalidInput, violation } from './errors';
import { accountIn, isAccount, managed, readable } from './find';
import { paged } from './listing';
import type { Organization, OrganizationsHandlers } from './state';

/** Services that work across the organization, and the accounts that stand in for it. */
export const trustedServices = {
  EnableAWSServiceAccess({ ServicePrincipal: service = '' }, call) {
    const { services } = managed(call);
    checkPrincipal(service);
    if (!services.has(service)) services.set(service, call.now());
  },

  DisableAWSServiceAccess({ ServicePrincipal: service = '' }, call) {
    const { services } = managed(call);
    checkPrincipal(service);
    services.delete(service);
  },

  ListAWSServiceAccessForOrganization(input, call) {
    const { page, end } = paged([...readable(call).services], input);
    return {
      EnabledServicePrincipals: page.map(([ServicePrincipal, DateEnabled]) => ({
        ServicePrincipal,
        DateEnabled,
      })),
      ...end,
    };
  },

  RegisterDelegatedAdministrator({ AccountId: id, ServicePrincipal: service = '' }, call) {
    const organization = managed(call);
    checkPrincipal(service);
    const account = accountIn(organization, id);
    if (account.id === organization.masterAccountId)
      throw violation(
        'CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR',
        'You cannot register master account/yourself as delegated administrator for your organization.',
      );
    checkAccess(service, organization);
    if (account.delegated.has(service))
      throw refuse(
        AccountAlreadyRegisteredException,
        'The provided account is already a delegated administrator for your organization.',
      );
    account.delegated.set(service, call.now());
  },

  DeregisterDelegatedAdministrator({ AccountId: id, ServicePrincipal: service = '' }, call) {
    const account = accountIn(managed(call), id);
    if (!account.delegated.delete(service))
      throw refuse(
        AccountNotRegisteredException,
        'The provided account is not a registered delegated administrator for your organization.',
      );
  },

  ListDelegatedAdministrators({ ServicePrincipal: service, ...paging }, call) {
    const organization = readable(call);
    if (service !== undefined) checkPrincipal(service);
    const wanted = [...organization.nodes.values()]
      .filter(isAccount)
      .filter(({ delegated }) =>
        service === undefined ? delegated.size > 0 : delegated.has(service),
      );
    const { page, end } = paged(wanted, paging);
    return {
      DelegatedAdministrators: page.map((account) => {
        const { Paths: _paths, ...shown } = shapeOf(account, organization);
        const [first] = account.delegated.values();
        return {
          ...shown,
          DelegationEnabledDate: service === undefined ? first : account.delegated.get(service),
        };
      }),
      ...end,
    };
  },

  ListDelegatedServicesForAccount({ AccountId: id, ...paging }, call) {
    const account = accountIn(readable(call), id);
    if (account.delegated.size === 0)
      throw refuse(
        AccountNotRegisteredException,
        'The provided account is not a registered delegated administrator for your organization.',
      );
    const { page, end } = paged([...account.delegated], paging);
    return {
      DelegatedServices: page.map(([ServicePrincipal, DelegationEnabledDate]) => ({
        ServicePrincipal,
        DelegationEnabledDate,
      })),
      ...end,
    };
  },
} satisfies OrganizationsHandlers;

function checkPrincipal(service: string): void {
  if (!/^[a-z0-9.-]+\.amazonaws\.com$/.test(service))
    throw invalidInput(
      'UNRECOGNIZED_SERVICE_PRINCIPAL',
      'You specified an unrecognized service principal.',
    );
}

function checkAccess(service: string, { services }: Organization): void {
  if (!services.has(service))
    throw violation(
      'SERVICE_ACCESS_NOT_ENABLED',
      'You must enable service access for the service before you register a delegated administrator.', // text unverified
    );
}
