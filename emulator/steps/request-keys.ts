import type { GivenContext } from '../authorisation';
import type { Core } from '../core';
import type { Caller } from '../principal';
import type { Identity, Permission } from '../service';
import type { Decoded } from './exchange';
import { organizationKeys } from './organization';

/** The account that a resource belongs to, as far as its ARN or the service tells. */
export function resourceAccountOf(permission: Permission, resource: string): string | undefined {
  const told = permission.context?.['aws:ResourceAccount'];
  return typeof told === 'string' ? told : resource.split(':')[4] || undefined;
}

/** Condition keys that follow from the request, its caller and the resource that it is about. */
export function requestKeys(
  { caller, region, call, request }: Decoded,
  core: Core,
  asked: { permission: Permission; resource: string; identity: Identity },
): GivenContext {
  const { principal } = caller;
  const tags = call.resources.byArn(asked.resource)?.tags ?? {};
  const owner = resourceAccountOf(asked.permission, asked.resource) ?? principal.accountId;
  const ownMembership = core.membershipOf(principal.accountId, region);
  return {
    ...prefixed('aws:ResourceTag/', tags),
    ...prefixed('aws:PrincipalTag/', { ...asked.identity.tags, ...caller.tags }),
    ...(asked.identity.userId === undefined ? {} : { 'aws:userid': asked.identity.userId }),
    ...organizationKeys(principal.type === 'service' ? 'Source' : 'Principal', ownMembership),
    ...organizationKeys('Resource', core.membershipOf(owner, region)),
    'aws:ResourceAccount': owner,
    'aws:RequestedRegion': region,
    'aws:CurrentTime': call.now().toISOString(),
    'aws:EpochTime': String(Math.floor(call.now().getTime() / 1000)),
    ...connectionKeys(caller, request.headers['user-agent']),
    ...sourceOf(caller),
    ...asked.permission.context,
  };
}

/**
 * The emulator listens without TLS on the learner's own machine; policies that ask for TLS are
 * about AWS and hold here.
 */
function connectionKeys(caller: Caller, agent: string | undefined): GivenContext {
  const { principal, via } = caller;
  const common = {
    'aws:SecureTransport': 'true',
    'aws:ViaAWSService': String(via !== undefined),
    // Sessions of roles can be told apart from those with MFA; long-lived keys say nothing.
    ...(principal.type === 'role' ? { 'aws:MultiFactorAuthPresent': 'false' } : {}),
  };
  if (via !== undefined)
    return {
      ...common,
      'aws:CalledVia': [via],
      'aws:CalledViaFirst': via,
      'aws:CalledViaLast': via,
    };
  if (principal.type === 'service') return common;
  return {
    ...common,
    'aws:SourceIp': '127.0.0.1',
    ...(agent === undefined ? {} : { 'aws:UserAgent': agent }),
  };
}

function sourceOf({ principal, sourceArn }: Caller): Record<string, string> {
  return {
    ...(sourceArn === undefined ? {} : { 'aws:SourceArn': sourceArn }),
    ...(principal.type === 'service' ? { 'aws:SourceAccount': principal.accountId } : {}),
  };
}

const prefixed = (prefix: string, tags: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [prefix + key, value]));
