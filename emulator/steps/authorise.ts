import { accessDenied, evaluate } from '../authorisation';
import { openCall } from '../calls';
import type { Core } from '../core';
import { rootOf } from '../principal';
import type { Identity, Permission } from '../service';
import type { LoadedService } from '../services';
import type { Decoded } from './exchange';

const nobody: Identity = { policies: [], tags: {} };

/**
 * The one place where IAM decides, for every principal that is not root. A service that acts for
 * itself needs a resource policy where the target has such policies (topics, queues, buckets,
 * roles); elsewhere AWS gives it a service-linked role, which is not modelled.
 */
export function authorise(exchange: Decoded, core: Core): void {
  const { principal } = exchange.caller;
  if (principal.type === 'root') return;
  for (const permission of permissionsOf(exchange)) {
    for (const resource of permission.resources) check(exchange, core, { permission, resource });
  }
}

/** What an operation asks of IAM for this input. */
export function permissionsOf({ service, operation, input, call }: Decoded): Permission[] {
  const table = service.definition.permissions as
    | Record<string, ((input: unknown, call: unknown) => Permission | Permission[]) | undefined>
    | undefined;
  const asked = table?.[operation.name]?.(input, call);
  if (asked) return Array.isArray(asked) ? asked : [asked];
  return [{ action: `${service.card.iam}:${operation.name}`, resources: ['*'] }];
}

function check(
  exchange: Decoded,
  core: Core,
  { permission, resource }: { permission: Permission; resource: string },
): void {
  const { caller, service } = exchange;
  const { principal } = caller;
  const policy = resourcePolicyOf(exchange, core, { permission, resource });
  if (principal.type === 'service' && !policy.supported) return;
  const identity = identityOf(exchange, core);
  const request = {
    principal,
    action: permission.action,
    resource,
    context: contextOf(exchange, { permission, resource, identity }),
  };
  const decision = evaluate(
    {
      identityPolicies: identity.policies,
      ...(policy.document === undefined ? {} : { resourcePolicy: policy.document }),
      ...(identity.boundary === undefined ? {} : { boundary: identity.boundary }),
      ...(caller.sessionPolicies === undefined ? {} : { sessionPolicies: caller.sessionPolicies }),
    },
    request,
  );
  if (decision.decision !== 'allowed') throw accessDenied(service.card.name, request, decision);
}

/** The policy on the resource itself, kept by the service that owns its ARN. */
function resourcePolicyOf(
  exchange: Decoded,
  core: Core,
  { permission, resource }: { permission: Permission; resource: string },
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

function identityOf(exchange: Decoded, core: Core): Identity {
  const { principal } = exchange.caller;
  const iam = principal.type === 'service' ? undefined : core.services.load('iam');
  return iam?.definition.identity?.(principal, lookInto(iam, exchange, core)) ?? nobody;
}

function contextOf(
  { caller, region, call }: Decoded,
  asked: { permission: Permission; resource: string; identity: Identity },
): Record<string, string | string[]> {
  const { principal } = caller;
  const tags = call.resources.byArn(asked.resource)?.tags ?? {};
  return {
    ...prefixed('aws:ResourceTag/', tags),
    ...prefixed('aws:PrincipalTag/', { ...asked.identity.tags, ...caller.tags }),
    ...(asked.identity.userId === undefined ? {} : { 'aws:userid': asked.identity.userId }),
    'aws:ResourceAccount': asked.resource.split(':')[4] || principal.accountId,
    'aws:RequestedRegion': region,
    'aws:CurrentTime': call.now().toISOString(),
    ...sourceOf(caller),
    ...asked.permission.context,
  };
}

function sourceOf({ principal, sourceArn }: Decoded['caller']): Record<string, string> {
  return {
    ...(sourceArn === undefined ? {} : { 'aws:SourceArn': sourceArn }),
    ...(principal.type === 'service' ? { 'aws:SourceAccount': principal.accountId } : {}),
  };
}

const prefixed = (prefix: string, tags: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [prefix + key, value]));
