import { evaluate } from './evaluate';
import { transformError } from './language-extensions';
import { checkRetention, isRetention } from './resource-policies';
import type { Scope } from './scope';
import { isRecord, type ResourceDeclaration } from './template';

/** A resource with the functions in its policies evaluated, which the language extensions allow. */
export function withPolicies(
  logicalId: string,
  resource: ResourceDeclaration,
  scope: Scope,
): ResourceDeclaration {
  const resolved = { ...resource };
  for (const name of ['DeletionPolicy', 'UpdateReplacePolicy'] as const) {
    if (!isRecord(resource[name])) continue;
    const policy = evaluate(resource[name], scope);
    if (typeof policy !== 'string') {
      throw transformError(`Unsupported expression for ${name} in resource ${logicalId}`);
    }
    if (!isRetention(name, policy)) {
      throw transformError(`Unrecognized ${name} ${policy} for resource ${logicalId}`);
    }
    checkRetention(name, { logicalId, type: resource.Type, policy });
    resolved[name] = policy;
  }
  return resolved;
}
