import type { StackResourceDrift } from '@aws-sdk/client-cloudformation';
import type { Call } from '../../call';
import type { Resource, ResourceIndex } from '../../changes/resource';
import { currentProperties } from '../current-properties';
import { createHold } from '../deployment/hold';
import { contextFor, sent } from '../deployment/run';
import type { Properties, ProviderContext } from '../provider';
import { isThere, type Stack, type StackResource } from '../stack';
import type { CloudFormationState } from '../state';
import { actualOf } from './actual';
import { differencesBetween } from './compare';

type StackCall = Call<CloudFormationState>;

/** Whether drift detection looks at resources of this type; the others stay NOT_CHECKED. */
export const canDrift = (call: Pick<Call, 'providers'>, type: string): boolean =>
  call.providers(type) !== undefined;

/** Compares a stack's resources with what is really there; types without a view are left out. */
export async function detectDrift(
  call: StackCall,
  stack: Stack,
  logicalIds: string[],
): Promise<StackResourceDrift[]> {
  const surroundings = { call, stack, resources: onceFrom(call.resources) };
  const found: StackResourceDrift[] = [];
  for (const resource of stack.resources.values()) {
    const isWanted = logicalIds.length === 0 || logicalIds.includes(resource.logicalId);
    const drift = isWanted ? await driftOf(surroundings, resource) : undefined;
    if (drift) found.push(drift);
  }
  remember(stack, found);
  return found;
}

/** What a stack knows of its resources' drift, without those that are no more. */
function remember(stack: Stack, found: StackResourceDrift[]): void {
  const known = (stack.drifts ??= new Map());
  for (const drift of found) known.set(drift.LogicalResourceId ?? '', drift);
  for (const logicalId of known.keys()) {
    if (!isThere(stack.resources.get(logicalId))) known.delete(logicalId);
  }
}

/** Asks each view once, so that a stack's size does not matter. */
function onceFrom(index: ResourceIndex): ResourceIndex {
  const byType = new Map<string, Resource[]>();
  let all: Resource[] | undefined;
  return {
    ...index,
    all: () => (all ??= index.all()),
    ofType(type) {
      const known = byType.get(type) ?? index.ofType(type);
      byType.set(type, known);
      return known;
    },
  };
}

interface Surroundings {
  call: StackCall;
  stack: Stack;
  resources: ResourceIndex;
}

/** Drift of one resource; nothing for one that is not there or whose type cannot be looked at. */
async function driftOf(
  surroundings: Surroundings,
  resource: StackResource,
): Promise<StackResourceDrift | undefined> {
  const { call, stack } = surroundings;
  const { type, logicalId, physicalId = '' } = resource;
  if (!isThere(resource) || !canDrift(call, type)) return undefined;
  return {
    StackId: stack.id,
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
    Timestamp: call.now(),
    ...(await verdict(surroundings, resource)),
  };
}

type Verdict = Pick<
  StackResourceDrift,
  | 'StackResourceDriftStatus'
  | 'DriftStatusReason'
  | 'ExpectedProperties'
  | 'ActualProperties'
  | 'PropertyDifferences'
>;

async function verdict(surroundings: Surroundings, resource: StackResource): Promise<Verdict> {
  const { call, stack, resources } = surroundings;
  const { type, physicalId = '', logicalId } = resource;
  const expected = sent(resource);
  const context = { ...contextOf(call, stack, logicalId), resources };
  try {
    const asked = { type, physicalId, properties: expected };
    const current = await currentProperties(asked, call.providers(type), context);
    if (!current) return { StackResourceDriftStatus: 'DELETED', PropertyDifferences: [] };
    return compared(expected, actualOf(call, { stack, resource, current, expected }));
  } catch (error) {
    if (!(error instanceof Error) || !('$metadata' in error)) throw error;
    return { StackResourceDriftStatus: 'UNKNOWN', DriftStatusReason: error.message };
  }
}

/** Looks with the eyes of whoever asks. */
const contextOf = (call: StackCall, stack: Stack, logicalId: string): ProviderContext =>
  contextFor(
    {
      call,
      stack,
      caller: { principal: call.principal },
      release: () => {},
      hold: createHold(),
      builtIn: () => undefined,
    },
    logicalId,
  );

function compared(expected: Properties, actual: Properties): Verdict {
  const differences = differencesBetween(expected, actual);
  return {
    StackResourceDriftStatus: differences.length > 0 ? 'MODIFIED' : 'IN_SYNC',
    ExpectedProperties: JSON.stringify(expected),
    ActualProperties: JSON.stringify(actual),
    PropertyDifferences: differences,
  };
}
