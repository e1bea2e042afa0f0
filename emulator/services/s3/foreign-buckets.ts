import { evaluate } from '../../authorisation';
import type { Permission } from '../../service';
import { errors } from './errors';
import { permissions, resourcePolicy } from './requirements';
import type { S3Call, S3Handlers } from './state';

type AnyHandler = (input: object, call: S3Call) => unknown;
type AnyRequirement = (input: object, call: S3Call) => Permission | Permission[];

const allowEverything = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
});

const isForeign =
  (call: S3Call) =>
  ({ context }: Permission) => {
    const owner = context?.['aws:ResourceAccount'];
    return owner !== undefined && owner !== call.accountId;
  };

function check(call: S3Call, { action, resources, context = {} }: Permission) {
  for (const resource of resources) {
    const { decision } = evaluate(
      { identityPolicies: [allowEverything], resourcePolicy: resourcePolicy(resource, call) },
      { principal: call.principal, action, resource, context },
    );
    if (decision !== 'allowed') throw errors.AccessDenied();
  }
}

/**
 * Nothing restricts a root user in its own account, so no one has asked yet; in another account's
 * bucket that bucket's policy decides about it as about everybody.
 */
export function withForeignBuckets(handlers: S3Handlers): S3Handlers {
  const requirements = permissions as Record<string, AnyRequirement | undefined>;
  // One wrapper for handlers of every shape: it only passes the input on.
  const entries = Object.entries(handlers as Record<string, AnyHandler>);
  return Object.fromEntries(
    entries.map(([name, handler]) => [
      name,
      (input: object, call: S3Call) => {
        if (call.principal.type === 'root' && name !== 'CreateBucket') {
          const asked = [requirements[name]?.(input, call) ?? []].flat();
          asked.filter(isForeign(call)).forEach((permission) => check(call, permission));
        }
        return handler(input, call);
      },
    ]),
  );
}
