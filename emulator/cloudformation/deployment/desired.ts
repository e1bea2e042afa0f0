import { isDeepStrictEqual } from 'node:util';
import { templateError } from '../errors';
import type { Properties } from '../provider';
import { factsOf, recreationFor } from '../resource-types';
import type { StackResource } from '../stack';
import { resolveDynamic } from '../template/dynamic-references';
import { evaluate } from '../template/evaluate';
import { type Model, scopeOf } from '../template/model';
import { unheeded } from '../template/resource-policies';
import type { ResourceDeclaration } from '../template/template';
import { knowledgeOf } from './knowledge';
import { aliasUpdateOf } from './alias-update';
import { groupSizesOf } from './group-sizes';
import { readReference } from './read-reference';
import { canUpdate, providerFor, type Run, sent } from './run';

/** One resource in its turn: what the template says of it, in the model of this deployment. */
export interface Step {
  run: Run;
  model: Model;
  logicalId: string;
  declaration: ResourceDeclaration;
}

/** A resource as this deployment wants it. */
export type Desired = Pick<
  StackResource,
  | 'logicalId'
  | 'type'
  | 'properties'
  | 'resolved'
  | 'dependsOn'
  | 'deletionPolicy'
  | 'metadata'
  | 'stackTags'
  | 'aliasUpdate'
  | 'keepsSize'
> & { updateReplacePolicy: string };

/** Resolves everything that the template says of a resource. */
export async function desiredOf({ run, model, logicalId, declaration }: Step): Promise<Desired> {
  refuseUnsupported(declaration);
  const scope = scopeOf(model, knowledgeOf(run.stack));
  const properties = evaluate(declaration.Properties ?? {}, scope) as Properties;
  const resolved = await resolveDynamic(properties, (reference) => readReference(run, reference));
  return {
    logicalId,
    type: declaration.Type,
    properties,
    ...(resolved === properties ? {} : { resolved }),
    dependsOn: [...(model.dependencies.get(logicalId) ?? [])],
    deletionPolicy: policy(evaluate(declaration.DeletionPolicy, scope)),
    updateReplacePolicy: policy(evaluate(declaration.UpdateReplacePolicy, scope)),
    ...aliasUpdateOf(declaration, scope),
    ...groupSizesOf(declaration, scope),
    ...(isTagged(declaration.Type) ? { stackTags: run.stack.settings.tags } : {}),
    ...(declaration.Metadata === undefined
      ? {}
      : { metadata: evaluate(declaration.Metadata, scope) }),
  };
}

const policy = (value: unknown): string => (typeof value === 'string' ? value : 'Delete');

function refuseUnsupported(declaration: ResourceDeclaration): void {
  const attribute = unheeded(declaration.Type, declaration);
  if (!attribute) return;
  throw templateError(`the resource attribute ${attribute} of ${declaration.Type} is not emulated`);
}

/** Top-level properties in which two versions of a resource differ. */
export const changedProperties = (before: Properties, after: Properties): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => !isDeepStrictEqual(before[key], after[key]),
  );

/** Whether what is there has to make room for a new physical resource. */
export function needsReplacement(run: Run, current: StackResource, desired: Desired): boolean {
  const changed = changedProperties(current.properties, desired.properties);
  if (changed.length === 0) return false;
  if (!canUpdate(run.call, current.type)) return true;
  const change = { properties: sent(desired), previous: sent(current) };
  return (
    providerFor(run, current.type).replaces?.(change) ??
    changed.some((property) => recreationFor(current.type, property) === 'Always')
  );
}

/** The custom name that stays the same although the resource has to be replaced. */
export function nameInTheWay(current: StackResource, desired: Desired): string | undefined {
  const [identifier, ...more] = factsOf(current.type)?.primaryIdentifier ?? [];
  if (identifier === undefined || more.length > 0) return undefined;
  const name = desired.properties[identifier];
  const isSame = typeof name === 'string' && name === current.properties[identifier];
  return isSame ? name : undefined;
}

/** Whether a change of the stack's tags reaches this type. */
export const isTagged = (type: string): boolean => factsOf(type)?.tags !== undefined;
