import type { StackResourceDrift } from '@aws-sdk/client-cloudformation';
import type { Call } from '../../call';
import type { Resource } from '../../changes/resource';
import { sent } from '../deployment/run';
import { isThere, type Stack, type StackResource } from '../stack';
import type { CloudFormationState } from '../state';
import type { Properties } from '../provider';
import { actualOf, expectedOf } from './actual';
import { differencesBetween } from './compare';
import { canDrift } from './types';

type StackCall = Call<CloudFormationState>;

/** Everything that the account's services show, found by type and physical id. */
export type Views = Map<string, Resource>;

const keyOf = (type: string, id: string): string => `${type} ${id}`;

/** Looks at all resources once, so that a stack's size does not matter. */
export const viewsOf = (call: StackCall): Views =>
  new Map(call.resources.all().map((each) => [keyOf(each.type, each.id), each]));

/** Compares a stack's resources with what is really there; types without a view are left out. */
export function detectDrift(
  call: StackCall,
  stack: Stack,
  logicalIds: string[],
): StackResourceDrift[] {
  const views = viewsOf(call);
  const wanted = [...stack.resources.values()].filter(
    ({ logicalId }) => logicalIds.length === 0 || logicalIds.includes(logicalId),
  );
  const drifts = wanted.flatMap((resource) => driftOf({ call, stack, views }, resource) ?? []);
  const known = (stack.drifts ??= new Map());
  for (const drift of drifts) known.set(drift.LogicalResourceId ?? '', drift);
  for (const logicalId of known.keys()) {
    if (!isThere(stack.resources.get(logicalId))) known.delete(logicalId);
  }
  return drifts;
}

interface Surroundings {
  call: StackCall;
  stack: Stack;
  views: Views;
}

/** Drift of one resource; nothing for one that is not there or whose type cannot be looked at. */
function driftOf(
  { call, stack, views }: Surroundings,
  resource: StackResource,
): StackResourceDrift | undefined {
  const { type, logicalId, physicalId = '' } = resource;
  if (!isThere(resource) || !canDrift(type)) return undefined;
  const common = {
    StackId: stack.id,
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
    Timestamp: call.now(),
  };
  const view = views.get(keyOf(type, physicalId));
  if (!view) return { ...common, StackResourceDriftStatus: 'DELETED', PropertyDifferences: [] };
  const expected = expectedOf(sent(resource));
  const actual = actualOf(call, { stack, resource, view, expected });
  return { ...common, ...verdict(expected, actual) };
}

function verdict(expected: Properties, actual: Properties) {
  const differences = differencesBetween(expected, actual);
  return {
    StackResourceDriftStatus: differences.length > 0 ? ('MODIFIED' as const) : ('IN_SYNC' as const),
    ExpectedProperties: JSON.stringify(expected),
    ActualProperties: JSON.stringify(actual),
    PropertyDifferences: differences,
  };
}
