import { accessDenied, type AccessRequest, evaluate, type Policies } from '../authorisation';
import { openCall } from '../calls';
import type { Core } from '../core';
import { rootOf } from '../principal';
import type { Identity, Permission } from '../service';
import type { LoadedService } from '../services';
import type { Decoded } from './exchange';
import { requestKeys } from './request-keys';
import { controlsOn } from './controls';

const nobody: Identity = { policies: [], tags: {} };

/** Root may do everything in its own account; what binds it comes from elsewhere. */
const everything: Identity = {
  policies: [
    JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
    }),
  ],
  tags: {},
};

/** One action on one resource of the request. */
export interface Asked {
  permission: Permission;
  resource: string;
}

/**
 * The one place where IAM decides. A service that acts for itself needs a resource policy where the
 * target has such policies (topics, queues, buckets, keys, roles); elsewhere AWS gives it a
 * service-linked role, which is not modelled.
 */
export function authorise(
  exchange: Decoded,
  core: Core,
  permissions: () => Permission[] = () => permissionsOf(exchange),
): void {
  const { principal } = exchange.caller;
  if (principal.type === 'root' && isUnrestricted(exchange, core)) return;
  for (const permission of permissions()) {
    for (const resource of permission.resources) check(exchange, core, { permission, resource });
  }
}

/**
 * An account's root is restricted by its organization, by the policies of keys, and by all
 * resource policies when IAM is enforced for every caller.
 */
const isUnrestricted = (exchange: Decoded, core: Core): boolean =>
  !isBound(exchange, core) &&
  !core.membershipOf(exchange.caller.principal.accountId, exchange.region)?.serviceControls;

const isBound = ({ service, caller }: Decoded, core: Core): boolean =>
  caller.principal.type !== 'root' ||
  service.definition.bindsRoot === true ||
  core.iam === 'enforce';

/** What an operation asks of IAM for this input. */
export function permissionsOf({ service, operation, input, call }: Decoded): Permission[] {
  const table = service.definition.permissions as
    | Record<string, ((input: unknown, call: unknown) => Permission | Permission[]) | undefined>
    | undefined;
  const asked = table?.[operation.name]?.(input, call);
  if (asked) return Array.isArray(asked) ? asked : [asked];
  return [{ action: `${service.card.iam}:${operation.name}`, resources: ['*'] }];
}

function check(exchange: Decoded, core: Core, asked: Asked): void {
  const { caller, service } = exchange;
  const { principal } = caller;
  const bound = isBound(exchange, core);
  const policy = bound ? resourcePolicyOf(exchange, core, asked) : { supported: true };
  if (principal.type === 'service' && !policy.supported) return;
  const identity = identityOf(exchange, core);
  const request: AccessRequest = {
    principal,
    action: asked.permission.action,
    resource: asked.resource,
    context: requestKeys(exchange, core, { ...asked, identity }),
    controlsOnly: !bound,
  };
  const policies: Policies = {
    identityPolicies: identity.policies,
    resourcePolicy: policy.document,
    boundary: identity.boundary,
    sessionPolicies: caller.sessionPolicies,
    ...controlsOn(exchange, core, asked),
  };
  const decision = evaluate(policies, request);
  if (decision.decision === 'allowed') return;
  const { named = asked.resource } = asked.permission;
  throw accessDenied(service.card.name, { ...request, resource: named }, decision);
}

/** The policy on the resource itself, kept by the service that owns its ARN. */
function resourcePolicyOf(
  exchange: Decoded,
  core: Core,
  { permission, resource }: Asked,
): { supported: boolean; document?: string } {
  const owner = ownerOf(permission.action, resource, core);
  if (!owner?.definition.resourcePolicy) return { supported: false };
  const document = owner.definition.resourcePolicy(resource, lookInto(owner, exchange, core));
  return document === undefined ? { supported: true } : { supported: true, document };
}

/** The service whose resource it is, when the action is one that the resource's policy speaks of. */
function ownerOf(action: string, resource: string, core: Core): LoadedService | undefined {
  const card = core.services.byArnService(resource.split(':')[2] ?? '');
  if (!card) return undefined;
  // A role's policy is about assuming it; IAM's own actions never ask it.
  const prefix = card.name === 'iam' ? 'sts' : card.iam;
  return action.startsWith(`${prefix}:`) ? core.services.load(card.name) : undefined;
}

/** A call into another service's state, in the account that the request is about. */
function lookInto(service: LoadedService, { region, caller }: Decoded, core: Core) {
  return openCall(core, {
    service,
    operation: 'GetPolicies',
    region,
    caller: { principal: rootOf(caller.principal.accountId) },
  });
}

/** What IAM knows of the caller. */
export function identityOf(exchange: Decoded, core: Core): Identity {
  const { principal } = exchange.caller;
  if (principal.type === 'root') return everything;
  const iam = principal.type === 'service' ? undefined : core.services.load('iam');
  return iam?.definition.identity?.(principal, lookInto(iam, exchange, core)) ?? nobody;
}
